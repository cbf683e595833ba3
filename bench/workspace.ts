import { networkOf } from './network.js';
import { Random } from './random.js';
import { recordOf } from './records.js';

/** A made-up workspace: its files in memory, by path, and what they hold. */
export interface WorkspaceSample {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly records: number;
  readonly entities: number;
}

/** How many registry entities go with a number of records; in between it grows evenly. */
const ENTITIES: readonly (readonly [records: number, entities: number])[] = [
  [100, 300],
  [1_000, 1_000],
  [10_000, 5_000],
  [100_000, 20_000],
];

/** Entities for so many records: as in a company whose archive grows faster than its network. */
export function entitiesFor(records: number): number {
  const above = ENTITIES.findIndex(([size]) => records <= size);
  if (above === 0) return ENTITIES[0]![1];
  if (above < 0) return ENTITIES.at(-1)![1];
  const [low, fewer] = ENTITIES[above - 1]!;
  const [high, more] = ENTITIES[above]!;
  return Math.round(fewer + ((more - fewer) * (records - low)) / (high - low));
}

/** A workspace of so many change records; the same seed gives the same bytes. */
export function workspaceOf(records: number, seed: number): WorkspaceSample {
  const random = new Random(seed);
  const network = networkOf(entitiesFor(records), random);
  const files = [{ path: 'entail.jsonc', text: CONFIGURATION }];
  for (const [section, text] of network.sections) files.push({ path: `registry/${section}.yaml`, text });
  for (let number = 1; number <= records; number++) {
    const id = `CC-${String(number).padStart(6, '0')}`;
    const folder = `changes/${id.slice(0, 6)}`;
    files.push({ path: `${folder}/${id}.change`, text: recordOf(id, network.products, random) });
  }
  return { files, records, entities: network.entities };
}

const CONFIGURATION = `{
  // Written by the generator of the benchmarks.
  "packs": ["us-drugs", "eu-2025", "gmp"]
}
`;
