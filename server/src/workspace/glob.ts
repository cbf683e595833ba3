/** Which files of a workspace a list of globs means. */
export interface Globs {
  /** Whether a file, relative to the workspace with `/`, is meant. */
  matches(path: string): boolean;
  /** Whether some file below a folder could be meant. */
  mayMatchBelow(folder: string): boolean;
}

/** More alternatives than this in one glob are a mistake, or an attempt to use up the memory. */
const MOST_ALTERNATIVES = 256;

/**
 * Compiles globs: `**` is any folders, `*` and `?` stay within one name, `{a,b}` is either. Matching walks
 * the pattern's parts beside the path's and so takes time in proportion to their lengths, for any input.
 */
export function compileGlobs(patterns: readonly string[]): Globs {
  const compiled = patterns.flatMap((pattern) =>
    (alternativesOf(pattern) ?? []).map((one) => one.replace(/^(?:\.\/)+/, '').split('/')),
  );
  return {
    matches: (path) => {
      const names = path.split('/');
      return compiled.some((parts) => reached(parts, names).has(parts.length));
    },
    mayMatchBelow: (folder) => {
      const names = folder === '' ? [] : folder.split('/');
      return compiled.some((parts) => [...reached(parts, names)].some((at) => at < parts.length));
    },
  };
}

/** What is wrong with a glob, in a sentence, or null. */
export function faultOfGlob(pattern: string): string | null {
  if (pattern === '') return 'An empty pattern means no file. Write one such as `changes/**/*.change`.';
  if (pattern.includes('\\'))
    return `Write \`/\` between folders, as on every system: \`${pattern.replaceAll('\\', '/')}\`.`;
  if (pattern.startsWith('/') || /^[A-Za-z]:/.test(pattern))
    return 'A pattern is relative to the folder of entail.jsonc; it can not begin at the root of the disk.';
  if (pattern.split('/').includes('..'))
    return 'This pattern leaves the workspace: only files below the folder of entail.jsonc can be checked. Take out the `..`, or move entail.jsonc up.';
  if (alternativesOf(pattern) === null)
    return `This pattern has more than ${MOST_ALTERNATIVES} alternatives in braces.`;
  return null;
}

/** The pattern without braces: `{a,b}.yaml` is `a.yaml` and `b.yaml`. Null where there are too many. */
function alternativesOf(pattern: string): readonly string[] | null {
  let done: string[] = [''];
  for (let at = 0; at < pattern.length; ) {
    const close = pattern[at] === '{' ? pattern.indexOf('}', at) : -1;
    if (close < 0) {
      const next = pattern.indexOf('{', at + 1);
      const plain = pattern.slice(at, next < 0 ? pattern.length : next);
      done = done.map((head) => head + plain);
      at += plain.length;
      continue;
    }
    const choices = pattern.slice(at + 1, close).split(',');
    if (done.length * choices.length > MOST_ALTERNATIVES) return null;
    done = done.flatMap((head) => choices.map((choice) => head + choice));
    at = close + 1;
  }
  return done;
}

/** The parts of the pattern at which one can stand once all names are used up (its length: at the end). */
function reached(parts: readonly string[], names: readonly string[]): ReadonlySet<number> {
  let at = withoutFolders(parts, new Set([0]));
  for (const name of names) {
    const next = new Set<number>();
    for (const index of at) {
      const part = parts[index];
      if (part === undefined) continue;
      if (part === '**') next.add(index);
      else if (matchesName(part, name)) next.add(index + 1);
    }
    at = withoutFolders(parts, next);
  }
  return at;
}

/** `**` also means no folder at all; at the end of a pattern it means every file below. */
function withoutFolders(parts: readonly string[], at: Set<number>): Set<number> {
  for (const index of at) if (parts[index] === '**') at.add(index + 1);
  return at;
}

/** `*` and `?` within one name: on a mismatch only the last `*` is tried further, so nothing multiplies. */
function matchesName(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
