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
      { path: 'entail.jsonc', text: '{ "packs": ["gmp", "us-drugs"] }' },
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

  it('has the edits that the record proposes', () => {
    assert.deepEqual(
      change.edits.map(({ key }) => key),
      [
        'LRG-S5:TOR-B2>DAB-4',
        'LRG-S5.batch-size@DAB-4',
        'LRG-S5.cleavage-temperature@DAB-4',
        'LRG-S5:EQ-TOR-CLV1>EQ-DAB-CLV2',
        'FMOC-LEU:>SUP-NOVA',
        'SPEC-LRG-DS.assay.limit',
        'SPEC-LRG-DS.ndma',
      ],
    );
    assert.deepEqual(change.edits[0]?.range, {
      start: { line: 12, character: 2 },
      end: { line: 12, character: 38 },
    });
  });

  it('reaches both sites, the validation of the step, the product and its filings', () => {
    assert.deepEqual(change.reached, {
      sites: ['DAB-4', 'TOR-B2'],
      validations: ['PV-LRG-S5'],
      filings: ['DMF-33', 'NDA-215866'],
      products: ['LRG'],
    });
  });

  it('repeats the process validation of the old site at the new one', () => {
    const { state, target, site, validationKind, range } = owed('revalidation:PV-LRG-S5@DAB-4');
    assert.deepEqual([state, target, site, validationKind], ['met', 'PV-LRG-S5', 'DAB-4', 'process']);
    assert.equal(range?.start.line, 26);
  });

  it('qualifies the reactor and the supplier that are put in, and waives the method', () => {
    assert.equal(owed('revalidation:new:equipment-qualification:EQ-DAB-CLV2@DAB-4').state, 'unmet');
    assert.equal(owed('revalidation:new:supplier-qualification:SUP-NOVA@TOR-B2').state, 'unmet');
    assert.equal(owed('assessment:MV-LRG-01@TOR-B2').state, 'waived');
  });

  it('is filed in the highest category, which is enough whatever is still open', () => {
    const nda = owed('filing:NDA-215866');
    assert.equal(nda.state, 'met');
    assert.deepEqual(nda.category, { lowest: 'CBE-30', highest: 'PAS', declared: 'PAS' });
    assert.equal(nda.judgedOn, '2027-06-15');
    const rulesOf = (edit: string): readonly string[] =>
      nda.items.filter((item) => item.edit === edit).map(({ rule, category }) => `${category} ${rule}`);
    assert.deepEqual(rulesOf('LRG-S5.cleavage-temperature@DAB-4'), ['CBE-30 agreed-category']);
    assert.deepEqual(rulesOf('LRG-S5:EQ-TOR-CLV1>EQ-DAB-CLV2'), ['none not-registered']);
    assert.ok(
      nda.questions.some(
        (asked) => asked.condition === 'us-drugs/substantial-effect' && asked.for === 'LRG-S5.batch-size',
      ),
    );
  });

  it('leaves the master file open, since no pack speaks of one', () => {
    assert.deepEqual(owed('filing:DMF-33').category, { lowest: null, highest: null, declared: null });
    assert.equal(owed('filing:DMF-33').state, 'open');
  });

  it('is notified to and approved by the sponsor under the quality agreement', () => {
    for (const duty of ['notification', 'approval']) {
      const found = owed(`${duty}:NOVARA`);
      assert.equal(found.state, 'met');
      assert.ok(found.because.some(({ rule }) => rule === 'QAG-12'));
    }
  });

  it('reports no error', () => {
    assert.deepEqual(
      report.findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(report.summary.errors, 0);
  });
});
