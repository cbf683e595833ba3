import assert from 'node:assert/strict';
import { formatDate, parseDate } from '../base/date.js';
import { recordsOf } from '../model/record.js';
import { buildNetwork } from '../network/build.js';
import { readRegistry } from '../registry/read.js';
import { Registry } from '../registry/registry.js';
import { compileRules } from '../rules/compile.js';
import { parseChange, parseRules } from '../syntax/parser.js';
import { analyse } from './analyse.js';
import { planOf } from './clockPlan.js';
import type { World } from './world.js';

const REGISTRY = `products:
  P: { name: Plain, modality: small-molecule }
sites:
  S1: { name: One }
materials:
  DP: { stage: drug-product, product: P }
steps:
  MAKE: { activity: compression, sites: [S1], consumes: [], produces: [DP], parameters: { speed: 10..20 rpm } }
validations:
  PV-1: { kind: process, covers: [MAKE], site: S1, status: current }
filings:
  ONE: { market: AA, type: T, product: P, status: approved, registers: { MAKE: {} } }
  TWO: { market: AA, type: T, product: P, status: approved, registers: { MAKE: {} } }
`;

const RULES = `
pack aa "Market AA" {
  market: AA filings: T source: "Act" categories: none < LOW < HIGH
  clock LOW: wait 31 days
  clock HIGH: approval, wait 30 days for MRP, typical 2..3 months
  otherwise: other
}
condition large "Is it large?" {}
rule other "Anything" { on any edit report HIGH when large report LOW otherwise cite "Act, 1" basis secondary }
pack duties "Duties" { source: "Guide" lead process: 1..2 months }
rule again "Again" { on any edit revalidate process direct cite "Guide, 1" basis official }
`;

/** `FILING CATEGORY EARLIEST CERTAINTY` of each filing, then `MARKET ships DAY CERTAINTY: WHAT IT WAITS FOR`. */
function plan(statements: string): readonly string[] {
  const registry = new Registry([readRegistry('registry.yaml', REGISTRY)]);
  const rules = compileRules([{ file: 'p.rules', tree: parseRules(RULES), shipped: false }]);
  const text = `change CC-1 "x" { status: assessing raised: 2026-10-01 modify MAKE { speed: 10..20 rpm -> 10..30 rpm } ${statements} }`;
  const [record] = recordsOf('a.change', parseChange(text));
  const world: World = {
    registry,
    rules,
    network: buildNetwork(registry),
    asOf: parseDate('2026-11-22')!,
    record: () => record,
    childrenOf: () => [],
  };
  const words = (day: number | null): string => (day === null ? '-' : formatDate(day));
  return planOf(analyse(record!, world), world).flatMap((market) => [
    ...market.filings.map(
      ({ filing, category, earliest, provisional, procedureMissing }) =>
        `${filing} ${category} ${words(earliest.day)} ${earliest.certainty}${provisional ? ' provisional' : ''}${procedureMissing ? ' procedure?' : ''}`,
    ),
    `${market.market} ships ${words(market.ships.day)} ${market.ships.certainty}: ${market.waitsFor.join(', ')}`,
  ]);
}

describe('the plan of a change', () => {
  it('takes the highest category where none is declared, and the longest of typical times', () => {
    assert.deepEqual(plan(''), [
      'ONE HIGH 2027-03-24 expected procedure?',
      'TWO HIGH 2027-03-24 expected procedure?',
      'AA ships 2027-03-24 expected: ONE, TWO',
    ]);
  });

  it('takes what is declared, if it may be enough, and says that it is provisional', () => {
    assert.deepEqual(plan('file ONE, TWO as LOW on 2026-12-01 revalidate PV-1 done 2026-11-20'), [
      'ONE LOW 2027-01-01 set provisional',
      'TWO LOW 2027-01-01 set provisional',
      'AA ships 2027-01-01 set: ONE, TWO',
    ]);
  });

  it('does not plan by a category that is too low', () => {
    const answers =
      'confirm large because "so" file ONE, TWO as LOW on 2026-12-01 approval ONE on 2027-02-01';
    assert.deepEqual(plan(`${answers} revalidate PV-1 by 2027-06-30`), [
      'ONE HIGH 2027-03-03 set procedure?',
      'TWO HIGH 2027-03-31 expected procedure?',
      'AA ships 2027-06-30 expected: PV-1 at S1',
    ]);
  });

  it('counts a validation that is not dated as long as it typically takes', () => {
    assert.deepEqual(plan('deny large because "so" file ONE, TWO as LOW on 2026-12-01'), [
      'ONE LOW 2027-01-01 set',
      'TWO LOW 2027-01-01 set',
      'AA ships 2027-01-22 expected: PV-1 at S1',
    ]);
  });
});
