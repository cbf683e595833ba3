import type { RegistryFile, RegistryProblem } from './entity.js';
import { NearestId } from './nearestId.js';
import { type Reference, references } from './references.js';
import { registeredReferences, unknownRegistrations } from './registered.js';
import type { Registry } from './registry.js';
import { oneOf, SCHEMA } from './schema.js';
import { quote } from './tree.js';

/** A problem that only several entities together show, with the file in which it is reported. */
export interface CrossProblem {
  readonly file: string;
  readonly problem: RegistryProblem;
}

/**
 * What no entity shows alone: IDs that stand twice, in whichever sections and files (reported at the later
 * one, which the registry leaves out), and names of nothing, or of something that can't stand there. In the
 * order of files, then of places.
 *
 * @param lineOf the line of a place, counted from one.
 */
export function crossCheck(
  registry: Registry,
  lineOf: (file: string, at: number) => number,
): readonly CrossProblem[] {
  const files = [...registry.files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return files.flatMap((file) =>
    [
      ...duplicates(registry, file, lineOf),
      ...unknownReferences(registry, file),
      ...unknownRegistrations(registry, file),
    ]
      .sort((a, b) => startOf(file, a) - startOf(file, b))
      .map((problem) => ({ file: file.file, problem })),
  );
}

/** The entities of a file whose ID another entity has already. */
export function duplicates(
  registry: Registry,
  file: RegistryFile,
  lineOf: (file: string, at: number) => number,
): readonly RegistryProblem[] {
  return file.entities.flatMap((entity) => {
    const first = registry.get(entity.id);
    if (!first || first === entity) return [];
    const where = `${first.file === entity.file ? '' : `${first.file}, `}line ${lineOf(first.file, first.at)}`;
    return [
      {
        code: 'registry/duplicate-id',
        at: entity.at,
        message: `${quote(entity.id)} is the ID of ${oneOf(first.kind)} already (${where}). Every ID names one thing: give this ${SCHEMA[entity.kind].title} another one, or remove it.`,
        related: { file: first.file, at: first.at },
      } satisfies RegistryProblem,
    ];
  });
}

/** The names in a file that stand for nothing, or for something of a kind that can't stand there. */
export function unknownReferences(registry: Registry, file: RegistryFile): readonly RegistryProblem[] {
  const problems: RegistryProblem[] = [];
  const known = new NearestId(registry);
  for (const entity of file.entities) {
    for (const found of [references(entity), registeredReferences(registry, entity)])
      for (const reference of found) {
        const problem = checkReference(known, reference);
        if (problem) problems.push(problem);
      }
  }
  return problems;
}

function checkReference(known: NearestId, { id, kinds, at }: Reference): RegistryProblem | null {
  const target = known.registry.get(id);
  if (target && (kinds === null || kinds.includes(target.kind))) return null;
  const wanted = kinds === null ? 'anything' : kinds.map(oneOf).join(' or ');
  const near = known.find(id, kinds);
  const replacement = near === null ? {} : { replacement: near };
  const advice = replacement.replacement ? ` Did you mean \`${near}\`?` : '';
  if (target) {
    const is = oneOf(target.kind);
    return {
      code: 'registry/unknown-reference',
      at,
      message: `${quote(id)} is ${is}; ${wanted} is meant here.${advice}`,
      ...replacement,
    };
  }
  const several = id.split(/\s*[,;]\s*|\s+and\s+/).filter((name) => name !== '');
  if (several.length > 1 && several.some((name) => known.registry.get(name))) {
    const list = `[${several.join(', ')}]`;
    return {
      code: 'registry/unknown-reference',
      at,
      message: `Several names stand in a list: write \`${list}\`, not ${quote(id)}.`,
      replacement: list,
    };
  }
  const where =
    kinds?.length === 1 && !advice
      ? ` Add it under \`${SCHEMA[kinds[0]!].section}:\`, or correct the name.`
      : advice;
  const what =
    kinds === null
      ? 'nothing in the registry'
      : `no ${kinds.map((kind) => SCHEMA[kind].title).join(' or ')} in the registry`;
  return {
    code: 'registry/unknown-reference',
    at,
    message: `${quote(id)} names ${what}.${where}`,
    ...replacement,
  };
}

function startOf(file: RegistryFile, problem: RegistryProblem): number {
  return file.starts[problem.at] ?? 0;
}
