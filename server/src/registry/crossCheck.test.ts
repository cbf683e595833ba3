import assert from 'node:assert/strict';
import { CONTRACT_EXAMPLE } from './contractExample.js';
import { crossCheck } from './crossCheck.js';
import { readRegistry } from './read.js';
import { references } from './references.js';
import { Registry } from './registry.js';

/** `file source: message` for each problem that several entities together show. */
function found(files: Readonly<Record<string, string>>): readonly string[] {
  const registry = new Registry(Object.entries(files).map(([file, text]) => readRegistry(file, text)));
  const source = (path: string, at: number) => {
    const file = registry.files.find((one) => one.file === path)!;
    return {
      text: files[path]!.slice(file.starts[at], file.ends[at]),
      before: files[path]!.slice(0, file.starts[at]),
    };
  };
  const lineOf = (path: string, at: number) => source(path, at).before.split('\n').length;
  return crossCheck(registry, lineOf).map(
    ({ file, problem }) => `${file} ${source(file, problem.at).text}: ${problem.message}`,
  );
}

describe('registry: what only several entities show', () => {
  it('an ID twice, in another section', () => {
    assert.deepEqual(found({ 'r.yaml': 'sites:\n  A: {}\nsteps:\n  A: {}\n' }), [
      'r.yaml A: `A` is the ID of a site already (line 2). Every ID names one thing: give this step another one, or remove it.',
    ]);
  });

  it('an ID twice, in the same section and in another file', () => {
    assert.deepEqual(found({ 'b.yaml': 'sites:\n  A: {}\n', 'a.yaml': '\n\nsites:\n  A: {}\n  A: {}\n' }), [
      'a.yaml A: `A` is the ID of a site already (line 4). Every ID names one thing: give this site another one, or remove it.',
      'b.yaml A: `A` is the ID of a site already (a.yaml, line 4). Every ID names one thing: give this site another one, or remove it.',
    ]);
  });

  it('the first place goes with it', () => {
    const registry = new Registry([readRegistry('r.yaml', 'sites:\n  A: {}\n  A: {}\n')]);
    const [{ problem }] = crossCheck(registry, () => 2) as [ReturnType<typeof crossCheck>[number]];
    assert.deepEqual(problem.related, { file: 'r.yaml', at: registry.get('A')!.at });
  });

  const near = 'sites: { TOR-B2: {} }\nsteps: { LRG-S5: { sites: TOR-B2 } }\n';
  const cases: readonly (readonly [name: string, text: string, found: string])[] = [
    [
      'a misspelt reference',
      'equipment: { E: { site: TOR-B3 } }',
      'TOR-B3: `TOR-B3` names no site in the registry. Did you mean `TOR-B2`?',
    ],
    [
      'a reference to nothing',
      'equipment: { E: { site: WUXI } }',
      'WUXI: `WUXI` names no site in the registry. Add it under `sites:`, or correct the name.',
    ],
    [
      'a reference to something else',
      'equipment: { E: { site: LRG-S5 } }',
      'LRG-S5: `LRG-S5` is a step; a site is meant here.',
    ],
    [
      'one of two kinds',
      'steps: { S: { consumes: [MANNITOL] } }',
      'MANNITOL: `MANNITOL` names no material or packaging component in the registry.',
    ],
    [
      'several names without the brackets of a list',
      'steps: { S: { name: x } }\nvalidations:\n  V:\n    covers: LRG-S5, S and LRG-S6\n',
      'LRG-S5, S and LRG-S6: Several names stand in a list: write `[LRG-S5, S, LRG-S6]`, not `LRG-S5, S and LRG-S6`.',
    ],
    [
      'a site of a value',
      'steps: { S: { parameters: { size: { value: 5 kg, at: { TOR-B4: 6 kg } } } } }',
      'TOR-B4: `TOR-B4` names no site in the registry. Did you mean `TOR-B2`?',
    ],
    [
      'a component',
      'materials: { M: { composition: { N: 5 % } } }',
      'N: `N` names no material in the registry. Add it under `materials:`, or correct the name.',
    ],
    [
      'what a filing registers',
      'filings: { F: { market: US, registers: { LRG-S6: {} } } }',
      'LRG-S6: `LRG-S6` names nothing in the registry. Did you mean `LRG-S5`?',
    ],
    [
      'what a filing registers, as a list',
      'filings: { F: { market: US, registers: [LRG-S6] } }',
      'LRG-S6: `LRG-S6` names nothing in the registry. Did you mean `LRG-S5`?',
    ],
    [
      'what a validation covers',
      'validations: { V: { kind: process, covers: LRG-S6 } }',
      'LRG-S6: `LRG-S6` names nothing in the registry. Did you mean `LRG-S5`?',
    ],
    [
      'what a protocol covers',
      'protocols: { P: { covers: [replace site of LRG-S6, modify parameter of step] } }',
      'replace site of LRG-S6: `LRG-S6` names nothing in the registry. Did you mean `LRG-S5`?',
    ],
    [
      'a method of a test',
      'specifications: { S: { tests: { assay: { method: M-1 } } } }',
      'M-1: `M-1` names no method in the registry. Add it under `methods:`, or correct the name.',
    ],
    [
      'a site that a filing registers',
      'filings: { F: { market: US, registers: { LRG-S5: { sites: { value: [TOR-B4] } } } } }',
      'TOR-B4: `TOR-B4` names no site in the registry. Did you mean `TOR-B2`?',
    ],
    [
      'a misspelt attribute that a filing registers',
      'filings: { F: { market: US, registers: { LRG-S5: { sties: [TOR-B2] } } } }',
      'sties: `sties` is no attribute and no parameter of the step `LRG-S5`, so registering it says nothing. Did you mean `sites`?',
    ],
    [
      'a misspelt test that a filing registers',
      'specifications: { S: { tests: { assay: 95 % } } }\nfilings: { F: { market: US, registers: { S: { asay: 95 % } } } }',
      'asay: `asay` is no attribute and no test of the specification `S`, so registering it says nothing. Did you mean `assay`?',
    ],
    [
      'an attribute that a filing registers and the entity never has',
      'filings: { F: { market: US, registers: { TOR-B2: { viscosity: 3, report: PAS, part: restricted, x-a: b } } } }',
      'viscosity: `viscosity` is no attribute of the site `TOR-B2`, so registering it says nothing. What it has is name, status, organisation, country, campus, address, activities, containment, inspections, authorisations, lead, order.',
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      assert.deepEqual(found({ 'a.yaml': near, 'b.yaml': text }), [`b.yaml ${expected}`]);
    });
  }

  it('every reference of an entity is found, with its place', () => {
    const registry = new Registry([readRegistry('r.yaml', CONTRACT_EXAMPLE)]);
    const named = (id: string) => [...references(registry.get(id)!)].map((reference) => reference.id);
    assert.deepEqual(named('LRG-S5'), ['TOR-B2', 'LRG-RESIN', 'LRG-CRUDE', 'EQ-TOR-CLV1', 'DAB-4']);
    assert.deepEqual(named('LRG-DP'), ['LRG', 'SPEC-LRG-DP', 'VIAL-10R', 'LRG-DS', 'MANNITOL']);
    assert.deepEqual(named('NDA-215866'), [
      'LRG',
      'NOVARA',
      'DMF-33',
      'SPEC-LRG-DS',
      'LRG-S5',
      'SPEC-LRG-DS',
    ]);
    assert.deepEqual(named('PACMP-3'), ['NDA-215866', 'LRG-S5']);
    assert.deepEqual(named('QAG-12'), ['NOVARA', 'SYNTHEX', 'DAB-4', 'TOR-B2']);
  });
});
