import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What the last build was made of; beside the bundle, so that deleting the output asks for a new build. */
export const stampFile = join(root, 'server', 'dist', '.sources');

const SOURCES = [
  'server/src',
  'server/packs',
  'samples/peptide',
  'client/src',
  'client/webview',
  'bench',
  'server/package.json',
  'package-lock.json',
  'tsconfig.json',
  'client/tsconfig.json',
  'client/webview/tsconfig.json',
  'scripts/build.mjs',
  'scripts/generate-pages.mjs',
];

/** A hash of everything that the build reads: file times would change with every checkout. */
export function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of filesBelow(join(root, source)))
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Every file at or below a path, sorted. */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const below = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(below) : [below];
  });
}
