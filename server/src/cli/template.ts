/** The workspace that `entail init` writes, by path. Small, complete, and with something left to do in it. */
export const TEMPLATE: Readonly<Record<string, string>> = {
  'entail.jsonc': `{
  // Where the network stands as it is: organisations, sites, materials, steps, validations, filings.
  "registry": ["registry/**/*.yaml"],

  // Where the change records stand.
  "changes": ["changes/**/*.change"],

  // Whose rules hold: 21 CFR 314.70, and the validation duties of GMP.
  // A company's own rules are added by their files: "rules/**/*.rules".
  "packs": ["us-drugs", "gmp"],

  // How grave a finding is can be set here, for example "record/unused-answer": "off".
  "severity": {}
}
`,
  'registry/network.yaml': `# The network as it is today. Each entry has an ID that change records refer to.

organisations:
  NOVARA: { name: Novara Therapeutics, role: sponsor }

sites:
  BER-1:
    name: Berlin, tablet plant
    organisation: NOVARA
    country: DE
    campus: Berlin
    activities: [blending, compression, drug-product-testing]
    inspections: [{ authority: FDA, date: 2026-03-05, outcome: acceptable, activities: [blending, compression] }]

products:
  DLX:
    name: Delaxin 10 mg tablets
    modality: small-molecule
    dosage-form: tablet
    release: immediate
    containment: OEB2
    sterile: false
    phase: commercial

materials:
  DLX-DS: { name: Delaxin hydrochloride, stage: drug-substance, product: DLX }
  LACTOSE: { name: Lactose monohydrate, stage: excipient }
  DLX-BLEND: { name: Blend for compression, stage: intermediate, product: DLX }
  DLX-DP:
    name: Delaxin 10 mg tablets
    stage: drug-product
    product: DLX
    specification: SPEC-DLX-DP
    composition: { DLX-DS: 10 %, LACTOSE: { share: 90 %, function: filler } }

steps:
  DLX-S1:
    name: Blending
    activity: blending
    sites: [BER-1]
    consumes: [DLX-DS, LACTOSE]
    produces: [DLX-BLEND]
    equipment: [EQ-BLENDER]
  DLX-S2:
    name: Compression
    activity: compression
    sites: [BER-1]
    consumes: [DLX-BLEND]
    produces: [DLX-DP]
    equipment: [EQ-PRESS-1]
    critical: true
    parameters:
      compression-force: { value: 10..14 kN, critical: true }

equipment:
  EQ-BLENDER: { name: Bin blender, site: BER-1, class: blender, principle: diffusion }
  EQ-PRESS-1: { name: Rotary press of 2009, site: BER-1, class: tablet-press, principle: rotary }
  EQ-PRESS-2: { name: New rotary press, site: BER-1, class: tablet-press, principle: rotary, status: proposed }

methods:
  MTH-ASSAY: { name: Assay by HPLC, technique: RP-HPLC }

specifications:
  SPEC-DLX-DP:
    name: Specification of the tablets
    tests:
      assay: { limit: 95.0..105.0 %, method: MTH-ASSAY }

validations:
  PV-DLX-S1: { kind: process, covers: [DLX-S1], site: BER-1, status: current, completed: 2024-02-01 }
  PV-DLX-S2:
    kind: process
    covers: [DLX-S2]
    site: BER-1
    status: current
    completed: 2024-02-01
    ranges: { compression-force: 10..14 kN }
  EQV-PRESS-2: { kind: equipment-qualification, covers: [EQ-PRESS-2], site: BER-1, status: planned }

filings:
  NDA-200100:
    market: US
    type: NDA
    product: DLX
    holder: NOVARA
    status: approved
    approved: 2019-06-01
    registers:
      DLX-S2: { equipment: [EQ-PRESS-1], compression-force: 10..14 kN }
      SPEC-DLX-DP: {}
`,
  'changes/CC-0001.change': `// A change record says what is proposed, and then what it takes.
// \`entail check\` compares that with what the registry and the rules entail.

change CC-0001 "Replace the tablet press" {
  status: assessing
  raised: 2026-10-02
  owner: "Manufacturing Science"
  reason: "Spare parts for the press of 2009 are no longer made."

  // What is proposed: the new press is of the same class and principle as the old one.
  replace EQ-PRESS-1 with EQ-PRESS-2 in DLX-S2

  // What it takes. Run \`entail check\`: it names what is still missing here, and what to write.
  revalidate EQV-PRESS-2 at BER-1 by 2027-03-31 protocol "VP-0042"
  perform risk-assessment done 2026-10-20 evidence "RA-0117"
  perform assess-effects by 2027-04-30
  perform calibration by 2027-03-15
  perform product-quality-review by 2028-01-31
  deny new-controller because "both presses run the same control software, version 4.2"
}
`,
};
