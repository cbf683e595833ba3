import assert from 'node:assert/strict';
import { parseDate } from '../base/date.js';
import { shippedPacks } from '../checks/testing.js';
import { type SourceFile, Workspace } from './workspace.js';

const REGISTRY = `organisations: { OWNER: { role: sponsor } }
sites: { A: { organisation: OWNER } }
products: { P: {} }
materials: { M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], produces: [M], parameters: { size: { value: 5 kg } } } }
filings: { NDA: { market: US, type: NDA, product: P, holder: OWNER, status: approved, registers: [S] } }
`;

const record = (id: string, status = 'assessing'): string =>
  `change ${id} "Size" {\n  status: ${status}\n  raised: 2026-01-01\n  modify S { size: 5 kg -> 6 kg }\n}\n`;

const PACKS = shippedPacks().filter(({ path }) => /^(?:us-drugs|gmp)\b/.test(path));

const RECORDS = 20;

/** Twenty records, of which two share a file, and a registry with a fault. */
function opened(): Workspace {
  const workspace = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: PACKS });
  const files: SourceFile[] = [
    { path: 'entail.jsonc', text: '{ "packs": ["us-drugs", "gmp"] }' },
    { path: 'registry/r.yaml', text: REGISTRY },
    { path: 'changes/00.change', text: record('CC-0') + record('CC-00') },
  ];
  for (let number = 1; number < RECORDS - 1; number++)
    files.push({ path: `changes/${10 + number}.change`, text: record(`CC-${number}`) });
  workspace.apply({ set: files });
  return workspace;
}

describe('the work that a keystroke causes', () => {
  let workspace: Workspace;
  before(() => {
    workspace = opened();
    workspace.snapshot().findings();
  });

  /** How many records are analysed and checked, and in which files the list of findings is another one. */
  function after(file: SourceFile): { analysed: number; checked: number; changed: readonly string[] } {
    const { analysed, checked } = workspace;
    const before = workspace.snapshot().findingsByFile();
    workspace.apply({ set: [file] });
    const now = workspace.snapshot().findingsByFile();
    const paths = [...new Set([...before.keys(), ...now.keys()])];
    return {
      analysed: workspace.analysed - analysed,
      checked: workspace.checked - checked,
      changed: paths.filter((path) => before.get(path) !== now.get(path)),
    };
  }

  it('is one record where one changes, and no other file is touched', () => {
    assert.deepEqual(after({ path: 'changes/20.change', text: record('CC-10', 'draft') }), {
      analysed: 1,
      checked: 1,
      changed: ['changes/20.change'],
    });
    assert.deepEqual(after({ path: 'changes/00.change', text: record('CC-0') + record('CC-00', 'draft') }), {
      analysed: 1,
      checked: 1,
      changed: ['changes/00.change'],
    });
  });

  it('is none where a remark moves everything, and the findings move along', () => {
    const path = 'changes/00.change';
    const line = (): number | undefined => workspace.snapshot().findingsOf(path)[0]?.range.start.line;
    const before = line()!;
    const { text } = workspace.snapshot().file(path)!.source;
    assert.deepEqual(after({ path, text: `// a remark\n${text}` }), {
      analysed: 0,
      checked: 0,
      changed: [path],
    });
    assert.equal(line(), before + 1);
  });

  it('is none where a remark moves the registry, and the impact paths move along', () => {
    const { analysed, checked } = after({ path: 'registry/r.yaml', text: `# a remark\n${REGISTRY}` });
    assert.deepEqual([analysed, checked], [0, 0]);
    const [first] = workspace
      .snapshot()
      .findings()
      .filter(({ related }) => related.length > 0);
    assert.equal(first?.related[0]?.file, 'registry/r.yaml');
    assert.equal(first?.related[0]?.range.start.line, 5);
  });

  it('is one record for the findings of one file, in a workspace just opened', () => {
    const fresh = opened();
    const found = fresh.snapshot().findingsOf('changes/20.change');
    assert.equal(fresh.checked, 1);
    assert.deepEqual(found, fresh.snapshot().findingsByFile().get('changes/20.change'));
    assert.equal(fresh.checked, RECORDS);
  });

  it('always ends where a fresh start would', () => {
    const paths = workspace.snapshot().paths;
    const fresh = new Workspace({ asOf: parseDate('2026-11-22')!, shippedPacks: PACKS });
    fresh.apply({ set: paths.map((path) => workspace.snapshot().file(path)!.source) });
    assert.deepEqual(workspace.snapshot().report(), fresh.snapshot().report());
    for (const [path, findings] of fresh.snapshot().findingsByFile()) {
      assert.deepEqual(workspace.snapshot().findingsByFile().get(path), findings);
      assert.deepEqual(workspace.snapshot().findingsOf(path), findings);
    }
  });
});
