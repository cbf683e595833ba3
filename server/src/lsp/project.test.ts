import assert from 'node:assert/strict';
import { parseDate } from '../base/date.js';
import { shippedPacks } from '../checks/testing.js';
import type { Host } from '../workspace/host.js';
import { Workspace } from '../workspace/workspace.js';
import { Project } from './project.js';

const AS_OF = parseDate('2026-11-22')!;

const REGISTRY = `sites: { A: {} }
products: { P: {} }
materials: { M: { stage: drug-substance, product: P } }
steps: { S: { sites: [A], produces: [M], parameters: { size: 5 kg } } }
validations: { PV: { kind: process, covers: [S], site: A } }
filings: { NDA: { market: US, type: NDA, product: P, status: approved, registers: [S] } }
`;

const record = (id: string, rest = ''): string =>
  `change ${id} "Size" {\n  status: assessing\n  raised: 2026-01-01\n  modify S { size: 5 kg -> 6 kg }\n  ${rest}\n}\n`;

const SHOWN = 'changes/shown.change';

const FILES: Readonly<Record<string, string>> = {
  'entail.jsonc': '{ "packs": ["us-drugs", "gmp"] }',
  'registry/r.yaml': REGISTRY,
  'changes/below.change': record('CC-0'),
  [SHOWN]: record('CC-1', 'after: CC-0'),
  'changes/part.change': record('CC-2', 'parent: CC-1 revalidate PV by 2027-01-01'),
  'changes/twin.change': record('CC-1'),
  'changes/other.change': record('CC-3', 'reason: "to be looked at after the holidays"'),
  'changes/twin-of-other.change': record('CC-3'),
  'changes/alone.change': record('CC-4'),
};

const host: Host = {
  kindOf: async (path) => (path.slice(3) in FILES ? 'file' : 'missing'),
  realPath: async (path) => path,
  read: async (_, as) => ({ path: as, text: FILES[as]! }),
  readAll: async (_, wants) =>
    Object.entries(FILES).flatMap(([path, text]) => (wants.matches(path) ? [{ path, text }] : [])),
  write: async () => {},
  create: async () => {},
};

async function read(shown: readonly string[]): Promise<Project> {
  const packs = shippedPacks().filter(({ path }) => /^(?:us-drugs|gmp)\b/.test(path));
  const project = new Project('/w', {
    host,
    shippedPacks: async () => packs,
    openWorkspace: (options) => new Workspace(options),
  });
  await project.read(AS_OF, () => new Map(shown.map((path) => [path, FILES[path]!])));
  return project;
}

function complete(project: Project): void {
  while (project.isPartial) project.readOn();
}

describe('a project that is not read to the end', () => {
  it('knows all that is found in what is open, and leaves the rest', async () => {
    const project = await read([SHOWN]);
    assert.equal(project.isPartial, true);
    assert.equal(project.snapshot?.file('changes/alone.change'), undefined);
    const found = project.snapshot!.findingsOf(SHOWN);
    complete(project);
    assert.deepEqual(found, project.snapshot!.findingsOf(SHOWN));
    const codes = found.map(({ code }) => code);
    assert.ok(codes.includes('filing/missing'));
    assert.ok(!codes.includes('record/unknown-reference'), 'the record that it comes after is known');
  });

  it('takes in what a file that is opened meanwhile has to do with', async () => {
    const project = await read([SHOWN]);
    const path = 'changes/twin-of-other.change';
    project.edit(path, FILES[path]!);
    assert.equal(project.isPartial, true);
    const found = project.snapshot!.findingsOf(path);
    assert.ok(found.some(({ code }) => code === 'record/duplicate-id'));
    complete(project);
    assert.deepEqual(found, project.snapshot!.findingsOf(path));
  });

  it('ends with every file', async () => {
    const project = await read([]);
    complete(project);
    assert.deepEqual(project.snapshot!.paths, Object.keys(FILES).sort());
  });
});
