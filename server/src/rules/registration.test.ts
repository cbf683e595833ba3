import assert from 'node:assert/strict';
import { registeredIn } from './registration.js';
import { contextOf } from './testContext.js';

const registryWith = (registers: string): string => `
organisations: { H: {}, I: {}, K: {} }
sites: { A: { organisation: K }, B: { organisation: I } }
suppliers: { U: {} }
products: { P: { dosage-form: tablet }, Q: { dosage-form: tablet } }
materials: { L: { stage: starting-material, specification: SPEC, suppliers: [U] }, M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], consumes: [L], produces: [M], parameters: { batch-size: 5 kg, time: 5 h } } }
specifications: { SPEC: { tests: { assay: 95.0..102.0 %, water: NMT 1 % } } }
filings:
  NDA: { market: US, product: P, holder: H, references: [DMF]${registers} }
  DMF: { market: US, type: DMF, material: L, holder: H, registers: { SPEC: { assay: { limit: 95.0..102.0 %, report: AR }, report: PAS } } }
protocols: { PACMP: { filing: NDA, report: AR }, NEW: { report: AR } }
`;

function registered(change: string, registers: string, filing = 'NDA'): unknown {
  const { registered, report } = registeredIn(
    contextOf({ registry: registryWith(registers), change, filing }),
  );
  const shown = typeof registered === 'boolean' || registered.op !== 'atom' ? registered : registered.facts;
  return report === null ? shown : [shown, report];
}

describe('what a filing registers', () => {
  const size = 'modify S { batch-size: 5 kg -> 6 kg }';
  const time = 'modify S { time: 5 h -> 6 h }';
  const move = 'transfer S from A to B';

  it('is unknown where it has no `registers`', () => {
    assert.deepEqual(registered(size, ''), [{ entity: 'NDA', attribute: 'registers' }]);
  });

  it('is the whole entity in a list and under an empty map', () => {
    assert.equal(registered(size, ', registers: [S]'), true);
    assert.equal(registered(size, ', registers: { S: {} }'), true);
    assert.deepEqual(registered(size, ', registers: { S: { report: AR } }'), [true, 'AR']);
    assert.equal(registered(size, ', registers: [M]'), false);
    assert.equal(registered(size, ', registers: {}'), false);
  });

  it('is only the attributes that are listed, with the category agreed for each', () => {
    const some = ', registers: { S: { sites: [A], batch-size: { value: 5 kg, report: CBE-30 } } }';
    assert.deepEqual(registered(size, some), [true, 'CBE-30']);
    assert.equal(registered(move, some), true);
    assert.equal(registered(time, some), false);
  });

  it('is what the DMF registers for a filing reached through it', () => {
    const assay = 'modify SPEC { assay.limit: 95.0..102.0 % -> 97.0..102.0 % }';
    const water = 'modify SPEC { water.limit: NMT 1 % -> NMT 2 % }';
    const context = contextOf({ registry: registryWith(', registers: []'), change: assay, filing: 'NDA' });
    const through = { ...context, reach: { ...context.reach, through: new Map([['NDA', ['DMF']]]) } };
    assert.deepEqual(registeredIn(through), { registered: true, report: 'AR' });
    assert.equal(registered(water, ', registers: []', 'DMF'), false);
  });

  it('is always the filing itself and its protocols', () => {
    assert.equal(registered('modify NDA { holder: H -> I }', ''), true);
    assert.equal(registered('add NEW to NDA', ', registers: []'), true);
    assert.equal(registered('modify PACMP { report: "AR" -> "CBE-30" }', ', registers: []'), true);
  });

  it('is always what the filing is about and who holds it', () => {
    assert.equal(registered('modify P { name: none -> "New" }', ', registers: []'), true);
    assert.equal(registered('modify H { name: none -> "New" }', ', registers: [S]'), true);
    assert.equal(registered('modify I { name: none -> "New" }', ', registers: [S]'), false);
    assert.equal(registered('modify P { dosage-form: tablet -> capsule }', ', registers: []'), true);
    assert.equal(registered('modify Q { dosage-form: tablet -> capsule }', ', registers: []'), false);
    assert.equal(registered('modify P { route: none -> oral }', ''), true);
    assert.equal(registered('modify P { containment: none -> OEB4 }', ', registers: []'), false);
  });

  it('is the name and the address of the sites and suppliers that something registered names', () => {
    const named = (change: string, registers: string) => registered(change, `, registers: ${registers}`);
    const name = (id: string) => `modify ${id} { name: none -> "New" }`;
    assert.equal(named(name('A'), '[S]'), true);
    assert.equal(named(name('A'), '{ S: { sites: [A] } }'), true);
    assert.equal(named('modify A { address: none -> "1 Street" }', '[S]'), true);
    assert.equal(named(name('A'), '{ S: { batch-size: 5 kg } }'), false);
    assert.equal(named(name('B'), '[S]'), false);
    assert.equal(named('modify A { campus: none -> "North" }', '[S]'), false);
    assert.equal(named(name('K'), '[S]'), true);
    assert.equal(named(name('U'), '[L]'), true);
    assert.equal(named(name('U'), '[M]'), false);
  });

  it('is nothing where there is no filing', () => {
    assert.equal(registered(size, '', ''), false);
  });
});
