import assert from 'node:assert/strict';
import { runIn, Scratch } from '../testing.js';

const REGISTRY = `products:
  P: { name: Plain tablets, modality: small-molecule, dosage-form: tablet, sterile: false }
sites:
  S1: { name: One, country: IE }
  S2: { name: Two, country: DE }
materials:
  DP: { stage: drug-product, product: P }
steps:
  MAKE: { activity: compression, sites: [S1], consumes: [], produces: [DP], parameters: { speed: 10..20 rpm } }
validations:
  PV-1: { kind: process, covers: [MAKE], site: S1, status: current }
filings:
  A-CBE: { market: AA, type: T, product: P, status: approved, approved: 2022-05-01, registers: { MAKE: {} } }
  A-MRP: { market: BB, type: T, product: P, procedure: MRP, status: approved, registers: { MAKE: {} } }
  A-ANY: { market: CC, type: T, product: P, status: approved, registers: { MAKE: {} } }
  A-DO: { market: DD, type: T, product: P, status: approved, approved: 2022-05-01, registers: { MAKE: {} } }
  A-NOT: { market: EE, type: T, product: P, status: approved, registers: { MAKE: {} } }
`;

const rules = (market: string, clock: string, extra = ''): string => `
pack ${market.toLowerCase()} "Market ${market}" {
  market: ${market}
  filings: T
  source: "Act"
  categories: none < X
  clock X: ${clock}
  otherwise: other
}
rule other "Anything" { on any edit report X cite "Act, 1" basis official ${extra} }
`;

const RULES = [
  rules('AA', 'wait 30 days', 'revalidate process direct lead 3..4 months'),
  rules('BB', 'approval, wait 30 days for MRP, typical 60 days'),
  rules('CC', 'approval'),
  rules('DD', 'afterwards, within 60 days of anniversary'),
].join('');

const RECORD = (lines: string): string =>
  `change CC-1 "Faster" {\n status: assessing\n raised: 2026-10-02\n modify MAKE { speed: 10..20 rpm -> 10..30 rpm }\n${lines}\n}\n`;

describe('entail impact', () => {
  let scratch: Scratch;

  beforeEach(() => {
    scratch = new Scratch()
      .put('entail.jsonc', '{ "packs": ["rules/*.rules"] }')
      .put('registry/all.yaml', REGISTRY)
      .put('rules/all.rules', RULES);
  });

  afterEach(() => scratch.remove());

  type Plan = {
    market: string;
    ships: { date: string | null; certainty: string; waitsFor: string[] };
    filings: { submit: object; implement: { earliest: object; by: string | null } }[];
  };

  const plan = async (lines: string): Promise<ReadonlyMap<string, Plan>> => {
    scratch.put('changes/a.change', RECORD(lines));
    const { status, out, err } = await runIn(scratch.root, ['impact', 'CC-1', '--format', 'json']);
    assert.deepEqual([status, err], [0, '']);
    return new Map(JSON.parse(out).markets.map((one: Plan) => [one.market, one]));
  };

  it('counts from the day asked where nothing is declared', async () => {
    const markets = await plan('');
    assert.deepEqual(markets.get('AA')!.filings[0]!.implement.earliest, {
      date: '2026-12-22',
      certainty: 'assumed',
    });
    // The longest typical lead time of the validation that the market's own rule asks for.
    assert.deepEqual(markets.get('AA')!.ships, {
      date: '2027-03-22',
      certainty: 'expected',
      provisional: false,
      waitsFor: ['PV-1 at S1'],
    });
    // 60 days for the approval and 30 more after it.
    assert.deepEqual(markets.get('BB')!.filings[0]!.implement.earliest, {
      date: '2027-02-20',
      certainty: 'expected',
    });
    assert.equal(markets.get('CC')!.ships.certainty, 'unknown');
    assert.deepEqual(markets.get('DD')!.filings[0]!.submit, {
      on: null,
      from: '2027-05-01',
      by: '2027-06-30',
      assumed: true,
    });
    assert.deepEqual(markets.get('DD')!.ships, {
      date: null,
      certainty: 'any',
      provisional: false,
      waitsFor: [],
    });
    assert.deepEqual(markets.get('EE')!.ships, {
      date: null,
      certainty: 'unknown',
      provisional: false,
      waitsFor: ['A-NOT'],
    });
  });

  it('takes the dates that the record gives', async () => {
    const markets = await plan(`
      revalidate PV-1 by 2027-02-15
      file A-CBE as X on 2027-01-10
      file A-MRP as X on 2027-01-10
      approval A-MRP on 2027-03-01
      implement A-DO on 2027-06-01`);
    assert.deepEqual(markets.get('AA')!.ships, {
      date: '2027-02-15',
      certainty: 'set',
      provisional: false,
      waitsFor: ['PV-1 at S1'],
    });
    assert.deepEqual(markets.get('BB')!.ships, {
      date: '2027-03-31',
      certainty: 'set',
      provisional: false,
      waitsFor: ['A-MRP'],
    });
    assert.deepEqual(markets.get('DD')!.filings[0]!.submit, {
      on: null,
      from: '2028-05-01',
      by: '2028-06-30',
      assumed: false,
    });
  });

  it('prints the same for a person', async () => {
    scratch.put('changes/a.change', RECORD('file A-CBE as X on 2027-01-10'));
    const { status, out } = await runIn(scratch.root, ['impact', 'CC-1']);
    assert.equal(status, 0);
    assert.match(out, /^CC-1 {2}Faster\nassessing, as of 2026-11-22\n\nAA\n {2}A-CBE {2}X, as declared\n/);
    assert.match(out, /rules {6}X by aa\/other: Act, 1 \(official\)/);
    assert.match(out, /submit {5}on 2027-01-10\n {4}implement {2}from 2027-02-09\n/);
    assert.match(out, /implement {2}after approval, about 2027-02-20 if it takes as long as is typical/);
    assert.match(out, /submit {5}from 2027-05-01 by 2027-06-30, if implemented today/);
    assert.match(out, /implement {2}open: no category is known/);
    assert.match(out, /ships {6}not known yet/);
  });

  it('knows evidence, and says which change there is not', async () => {
    scratch.put('changes/a.change', RECORD('').replace('assessing', 'closed'));
    assert.match((await runIn(scratch.root, ['impact', 'CC-1'])).out, /It is closed: evidence/);
    const { status, err } = await runIn(scratch.root, ['impact', 'CC-2']);
    assert.deepEqual([status, err], [2, 'entail: There is no change `CC-2`. Did you mean `CC-1`?\n']);
    assert.equal((await runIn(scratch.root, ['impact'])).status, 2);
  });
});
