import { resolve } from 'node:path';
import { LineIndex } from '../base/lineIndex.js';
import { format } from '../syntax/format.js';
import { Kind } from '../syntax/kinds.js';
import { lex } from '../syntax/lexer.js';
import { type Language, parse } from '../syntax/parser.js';
import { compileGlobs } from '../workspace/glob.js';
import { shown } from './opened.js';
import { CannotRun, COULD_NOT_RUN, type Context, NOTHING_FOUND, SOMETHING_FOUND } from './services.js';
import { counted, printable, styleFor } from './style.js';

export interface FmtOptions {
  readonly check?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly language?: Language;
}

/** `entail fmt`: lays out change records and rule packs. Gives the exit status. */
export async function fmt(context: Context, paths: readonly string[], options: FmtOptions): Promise<number> {
  return options.stdin || options.stdinFilename !== undefined
    ? formatStdin(context, paths, options)
    : formatFiles(context, paths, options);
}

const ENDINGS = compileGlobs(['**/*.change', '**/*.rules']);

async function formatStdin({ io }: Context, paths: readonly string[], options: FmtOptions): Promise<number> {
  if (paths.length > 0)
    throw new CannotRun('With --stdin there is no PATH: the text comes from standard input.');
  const name = options.stdinFilename ?? 'standard input';
  const text = await io.readStdin();
  const language =
    options.language ?? (options.stdinFilename ? languageOf(name) : null) ?? languageOfText(text);
  const fault = faultOf(text, language);
  if (fault !== null) {
    // An editor that pipes a text through must get it back whole.
    if (!options.check) io.stdout.write(text);
    io.stderr.write(`${printable(name)}:${fault}\n`);
    return SOMETHING_FOUND;
  }
  const formatted = format(text, language);
  if (!options.check) io.stdout.write(formatted);
  else if (formatted !== text) io.stderr.write(`${printable(name)} is not formatted.\n`);
  return options.check && formatted !== text ? SOMETHING_FOUND : NOTHING_FOUND;
}

/** Where nothing else says it, the first word does: packs, conditions and rules don't begin a change record. */
function languageOfText(text: string): Language {
  const first = lex(text).tokens.kinds[0];
  return first === Kind.Pack || first === Kind.Condition || first === Kind.Rule ? 'rules' : 'change';
}

async function formatFiles(context: Context, paths: readonly string[], options: FmtOptions): Promise<number> {
  const { io, services } = context;
  const style = styleFor(io.stdout, io.environment);
  const files = (
    await Promise.all((paths.length > 0 ? paths : ['.']).map((path) => filesAt(context, path)))
  ).flat();
  let changed = 0;
  let faulty = 0;
  let refused: string | null = null;
  const seen = new Set<string>();
  for (const { full, text, fault: unread } of files) {
    if (seen.has(full)) continue;
    seen.add(full);
    const place = printable(shown(io.cwd, full));
    if (unread !== undefined) {
      refused ??= `${place}: ${unread}`;
      continue;
    }
    const language = languageOf(full)!;
    const fault = faultOf(text, language);
    if (fault !== null) {
      faulty++;
      io.stdout.write(`${place}:${fault} ${style.faint('The file was left as it is.')}\n`);
      continue;
    }
    const formatted = format(text, language);
    if (formatted === text) continue;
    changed++;
    io.stdout.write(`${place}${options.check ? ' is not formatted.' : ''}\n`);
    if (options.check) continue;
    try {
      await services.host.write(full, formatted);
    } catch {
      throw new CannotRun(`${place} can not be written: is it protected, or the disk full?`);
    }
  }
  const verb = options.check ? 'not formatted' : 'formatted';
  const broken = faulty > 0 ? `, ${counted(faulty, 'file')} with faults` : '';
  io.stdout.write(style.faint(`${changed} of ${counted(seen.size, 'file')} ${verb}${broken}.\n`));
  if (refused !== null) {
    io.stderr.write(`entail: ${refused}\n`);
    return COULD_NOT_RUN;
  }
  return faulty > 0 || (options.check && changed > 0) ? SOMETHING_FOUND : NOTHING_FOUND;
}

interface Found {
  readonly full: string;
  readonly text: string;
  readonly fault?: string;
}

async function filesAt({ io, services }: Context, asked: string): Promise<readonly Found[]> {
  const full = resolve(io.cwd, asked);
  const kind = await services.host.kindOf(full);
  if (kind === 'missing') throw new CannotRun(`There is no file or folder ${asked}.`);
  if (kind === 'folder') {
    const files = await services.host.readAll(full, ENDINGS);
    return files.map((file) => ({ ...file, full: resolve(full, file.path) }));
  }
  if (languageOf(full) === null)
    throw new CannotRun(
      `${asked} is neither a .change nor a .rules file, so there is nothing to format in it.`,
    );
  return [{ ...(await services.host.read(full, asked)), full }];
}

function languageOf(path: string): Language | null {
  if (path.endsWith('.change')) return 'change';
  return path.endsWith('.rules') ? 'rules' : null;
}

/** `LINE:CHARACTER: message` of the first syntax fault, or null. */
function faultOf(text: string, language: Language): string | null {
  const [fault] = parse(text, language).faults;
  if (!fault) return null;
  const { line, character } = new LineIndex(text).position(fault.span.start);
  const end = /[.?!]$/.test(fault.message) ? '' : '.';
  return `${line + 1}:${character + 1}: ${printable(fault.message)}${end}`;
}
