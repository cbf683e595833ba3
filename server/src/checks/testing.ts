/** What the tests of the findings share: the base workspace, the format of fixtures and pages, the run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDate } from '../base/date.js';
import { CLONE } from '../testing.js';
import { type SourceFile, Workspace } from '../workspace/workspace.js';
import type { Finding } from './finding.js';

export const CHECKS_FOLDER = join(CLONE, 'server/src/checks');

/** The day on which every fixture, page and sample is judged. */
export const AS_OF = '2026-11-22';

/** The packs that ship with Entail, named as hosts name them. */
export function shippedPacks(): readonly SourceFile[] {
  const folder = join(CLONE, 'server/packs');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.rules'))
    .sort()
    .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The findings of the base workspace with these files put in (those of the same path take its place). */
export function findingsWith(files: readonly SourceFile[]): readonly Finding[] {
  const all = new Map([...base(), ...files].map((file) => [file.path, file]));
  const shipped = [...all.values()].filter((file) => file.path.startsWith('shipped/'));
  const workspace = new Workspace({
    asOf: parseDate(AS_OF)!,
    shippedPacks: shipped.map((file) => ({ ...file, path: file.path.slice('shipped/'.length) })),
  });
  workspace.apply({ set: [...all.values()].filter((file) => !shipped.includes(file)) });
  return workspace.snapshot().findings();
}

/** Every file below a folder, relative to it, with `/`, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

let cachedBase: readonly SourceFile[] | null = null;

function base(): readonly SourceFile[] {
  cachedBase ??= splitFiles(readFileSync(join(CHECKS_FOLDER, 'base.txt'), 'utf8'));
  return cachedBase;
}

/**
 * The files of a text in which `=== PATH` begins each; what comes before the first is a remark. `=== PATH |
 * FAULT` is a file that could not be read.
 */
export function splitFiles(text: string): readonly SourceFile[] {
  const parts = text.split(/^=== (.*)\n/m).slice(1);
  return parts.flatMap((head, index) => {
    if (index % 2 === 1) return [];
    const [path = '', fault] = head.split(' | ').map((word) => word.trim());
    const content = (parts[index + 1] ?? '').replace(/\n+$/, '');
    return [fault === undefined ? { path, text: content } : { path, text: content, fault }];
  });
}
