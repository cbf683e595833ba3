import assert from 'node:assert/strict';
import { parseDate } from '../base/date.js';
import { shippedPacks } from '../checks/testing.js';
import { CONTRACT_EXAMPLE } from '../registry/contractExample.js';
import type { ReportObligation } from './report.js';
import { Workspace } from './workspace.js';

/** What the example names and doesn't show. */
const REST = `
organisations: { ANKA: { role: supplier } }
sites:
  TOR-B2: { name: Torrance B2, organisation: NOVARA, country: US, campus: Torrance, activities: [peptide-synthesis] }
materials: { LRG-RESIN: { stage: intermediate, product: LRG }, MANNITOL: { stage: excipient } }
steps:
  LRG-S1: { activity: peptide-synthesis, sites: [TOR-B2], consumes: [FMOC-LEU], produces: [LRG-RESIN] }
  LRG-S6: { activity: peptide-synthesis, sites: [TOR-B2], consumes: [LRG-CRUDE], produces: [LRG-DS] }
equipment: { EQ-DAB-CLV2: { site: DAB-4, class: reactor, principle: stirred-tank, status: proposed } }
suppliers: { SUP-NOVA: { country: US, status: proposed } }
methods: { MTH-GC-9: { technique: GC, status: proposed } }
specifications: { SPEC-FMOC-LEU: { tests: { assay: NLT 98.0 % } }, SPEC-LRG-DP: { tests: { assay: 95.0..105.0 % } } }
validations:
  MV-LRG-01: { kind: method, covers: [MTH-HPLC-01], site: TOR-B2, status: current, completed: 2024-03-01 }
`;

const RECORD = `
change CC-2026-014 "Move the cleavage step to Dabhasa and scale it up" {
  status: assessing
  raised: 2026-10-02
  implement: 2027-11-01
  owner: "Regulatory CMC"
  origin: CAPA-2026-031
  reason: """
    Torrance suite B2 closes at the end of 2027.
    """

  // what is proposed
  transfer LRG-S5 from TOR-B2 to DAB-4
  modify LRG-S5 at DAB-4 {
    batch-size: 120 kg -> 130 kg
    cleavage-temperature: 20..25 °C -> 18..27 °C
  }
  replace EQ-TOR-CLV1 with EQ-DAB-CLV2 in LRG-S5
  add SUP-NOVA to FMOC-LEU
  modify SPEC-LRG-DS {
    assay.limit: 95.0..102.0 % -> 97.0..102.0 %
    ndma.limit: none -> NMT 0.03 ppm
    ndma.method: none -> MTH-GC-9
  }

  // what it takes
  revalidate PV-LRG-S5 at DAB-4 by 2027-05-31 protocol "PPQ-0114 rev 2"
  unaffected MV-LRG-01 because "the methods do not see the resin" evidence "RPT-221"
  file NDA-215866 as PAS on 2027-06-15 in SUB-2027-03
  approval NDA-215866 on 2027-10-14 evidence "approval letter"
  implement NDA-215866 on 2027-11-01 from "batch 27K014"
  notify NOVARA on 2026-10-20
  approval NOVARA on 2026-11-30 evidence "QA-771"
}
`;

describe('the example of the language’s description', () => {
  const workspace = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: shippedPacks() });
  workspace.apply({
    set: [
      { path: 'registry/example.yaml', text: CONTRACT_EXAMPLE },
      { path: 'registry/rest.yaml', text: REST },
      { path: 'changes/CC-2026-014.change', text: RECORD },
    ],
  });
  const report = workspace.snapshot().report();
  const change = report.changes[0]!;
  const owed = (id: string): ReportObligation => {
    const found = change.obligations.find((one) => one.id === `CC-2026-014:${id}`);
    assert.ok(found, `${id} is among ${change.obligations.map((one) => one.id).join(', ')}`);
    return found;
  };
  it('debug', () => {
    console.log(JSON.stringify(report.changes, null, 1).slice(0, 100));
    for (const o of change.obligations)
      console.log(o.id, o.state, JSON.stringify(o.category), o.because.map((b) => b.rule).join(','));
    for (const f of report.findings) console.log(f.code, f.file, f.range.start.line, f.message.slice(0, 150));
    console.log(
      change.edits.map((e) => e.key),
      change.reached,
      owed('filing:NDA-215866').items,
    );
  });
});
