/** The registry that the language's description shows, word for word; tests hold the code to it. */
export const CONTRACT_EXAMPLE = `organisations:
  NOVARA: { name: Novara Therapeutics, role: sponsor }
  SYNTHEX: { name: Synthex CDMO, role: cdmo }
sites:
  DAB-4:
    name: Dabhasa, Suite 4
    organisation: SYNTHEX
    country: IN
    campus: Dabhasa
    activities: [peptide-synthesis, drug-substance-testing]   # what it may do
    containment: OEB4
    inspections: [{ authority: FDA, date: 2025-06-12, outcome: acceptable, activities: [peptide-synthesis] }]
    authorisations: [{ authority: EMA, activities: [peptide-synthesis], until: 2028-06-30 }]
products:
  LRG: { name: Liragen, modality: peptide, dosage-form: solution-for-injection, sterile: true, phase: commercial, containment: OEB3 }
materials:
  FMOC-LEU: { name: Fmoc-Leu-OH, stage: starting-material, suppliers: [SUP-ANKA], specification: SPEC-FMOC-LEU }
  LRG-CRUDE: { stage: intermediate, product: LRG }
  LRG-DS: { stage: drug-substance, product: LRG, specification: SPEC-LRG-DS, shelf-life: 24 months, storage: "-20 °C" }
  LRG-DP:
    stage: drug-product
    product: LRG
    specification: SPEC-LRG-DP
    packaging: [VIAL-10R]
    composition: { LRG-DS: 0.6 %, MANNITOL: { share: 4.2 %, function: tonicity-agent } }
steps:                       # making, testing, releasing, packing, shipping and collecting are all steps
  LRG-S5:
    name: Cleavage
    activity: peptide-synthesis
    sites: [TOR-B2]
    consumes: [LRG-RESIN]
    produces: [LRG-CRUDE]
    equipment: [EQ-TOR-CLV1]
    critical: true
    parameters:
      batch-size: { value: 50 kg, at: { DAB-4: 120 kg } }     # a value may differ by site
      cleavage-temperature: { value: 20..25 °C, critical: true }
equipment:
  EQ-TOR-CLV1: { site: TOR-B2, class: reactor, principle: stirred-tank, capacity: 400 L, shared: true, utilities: [UT-WFI-1], systems: [SYS-DCS-1] }
utilities: { UT-WFI-1: { site: TOR-B2, kind: water-for-injection } }
systems: { SYS-DCS-1: { site: TOR-B2, kind: process-control, gamp: 4 } }
suppliers: { SUP-ANKA: { name: Anka Amino, country: CN, qualified-until: 2027-12-31 } }
packaging: { VIAL-10R: { kind: vial, contact: primary, material: type-I-glass } }
methods: { MTH-HPLC-01: { technique: RP-HPLC, grade: control-strategy } }
specifications:
  SPEC-LRG-DS: { tests: { assay: { limit: 95.0..102.0 %, method: MTH-HPLC-01 } } }
validations:
  PV-LRG-S5: { kind: process, covers: [LRG-S5], site: TOR-B2, status: current, completed: 2024-03-01, due: 2029-03-01, ranges: { batch-size: 40..60 kg, cleavage-temperature: 20..25 °C } }
filings:
  NDA-215866:
    market: US
    type: NDA
    product: LRG
    holder: NOVARA
    status: approved
    approved: 2022-05-01
    references: [DMF-33]
    commitments: [{ id: PMC-1, covers: [SPEC-LRG-DS], due: 2027-01-31 }]
    registers:               # established conditions, registered particulars, approved matters
      LRG-S5: { sites: [TOR-B2], batch-size: 50 kg, cleavage-temperature: { value: 20..25 °C, report: CBE-30 } }
      SPEC-LRG-DS: {}
  DMF-33: { market: US, type: DMF, material: FMOC-LEU, holder: ANKA, authorised: [NOVARA] }
protocols:                   # approved comparability protocols and PACMPs
  PACMP-3: { filing: NDA-215866, covers: [replace site of LRG-S5], report: CBE-30 }
agreements:
  QAG-12: { between: [NOVARA, SYNTHEX], sites: [DAB-4, TOR-B2], notify: 90 days, approves: [replace site of step, modify parameter of step] }
`;
