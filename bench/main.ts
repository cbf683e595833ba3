/** `npm run bench`: see the usage below. Exits with 1 where a target was not reached. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CheckMeasures, measureCheck } from './check.js';
import { type EditorMeasures, measureEditor } from './editor.js';
import { editorGrowthLines, editorLines, editorTargetsOf } from './editorPrint.js';
import { checkLines, growthLines, targetLines, throughputLines } from './print.js';
import { STATUS_MIX } from './records.js';
import { isReached, type Target, targetsOf } from './targets.js';
import { measureThroughput, type Throughput } from './throughput.js';
import { type WorkspaceSample, workspaceOf } from './workspace.js';

const USAGE = `Usage: npm run bench -- [OPTIONS]

Measures Entail on made-up workspaces, each in a process of its own.

  --sizes LIST   numbers of change records, with commas (default 100,1000,10000,100000)
  --only PART    check (the command line and the readers) or editor (the language server)
  --quick        100 and 1000 records, and fewer rounds
  --seed N       another made-up world (default 20261122)
  --keep FOLDER  write the workspaces there and leave them, to try things on
`;

const SELF = fileURLToPath(import.meta.url);
const SIZES = [100, 1_000, 10_000, 100_000];
const QUICK_SIZES = [100, 1_000];
/** Workspaces with the entities of the largest of them, so that only the records differ. */
const EDITOR_SIZES = [100, 10_000];
const THROUGHPUT_RECORDS = 2_000;
const ROUNDS = 15;
const QUICK_ROUNDS = 5;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261122' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
    // What a process is started for that measures one thing and prints it as JSON.
    check: { type: 'string' },
    throughput: { type: 'string' },
    editor: { type: 'string' },
  },
});
const seed = Number(values.seed);
const sizes = values.sizes?.split(',').map(Number) ?? (values.quick ? QUICK_SIZES : SIZES);

const PARTS = [undefined, 'check', 'editor'];

if (
  values.help ||
  !PARTS.includes(values.only) ||
  ![seed, ...sizes].every((number) => Number.isSafeInteger(number) && number > 0)
) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (values.check !== undefined) {
  process.stdout.write(JSON.stringify(await measureCheck(values.check)));
} else if (values.throughput !== undefined) {
  process.stdout.write(
    JSON.stringify(measureThroughput(THROUGHPUT_RECORDS, seed, Number(values.throughput))),
  );
} else if (values.editor !== undefined) {
  process.stdout.write(JSON.stringify(await measureEditor(values.editor)));
} else {
  run();
}

function run(): void {
  const mix = STATUS_MIX.map(([status, share]) => `${share} % ${status}`).join(', ');
  print([`Seed ${seed}, Node ${process.versions.node}, one thread.`, `Records: ${mix}.`, '']);
  const targets = [
    ...(values.only === 'editor' ? [] : runChecks()),
    ...(values.only === 'check' ? [] : runEditor()),
  ];
  print(targetLines(targets));
  if (!targets.every(isReached)) process.exitCode = 1;
}

function runChecks(): readonly Target[] {
  const throughput = measured<Throughput>('--throughput', String(values.quick ? QUICK_ROUNDS : ROUNDS));
  print([...throughputLines(throughput), '']);
  const checks = sizes.map((size) => {
    const sample = workspaceOf(size, seed);
    const check = inFolder(`${size}`, sample.files, (folder) => measured<CheckMeasures>('--check', folder));
    print([...checkLines(check, sample.entities), '']);
    return check;
  });
  print(growthLines(checks));
  return targetsOf(throughput, checks);
}

function runEditor(): readonly Target[] {
  const editorSizes = values.quick ? QUICK_SIZES : EDITOR_SIZES;
  const sample = workspaceOf(editorSizes.at(-1)!, seed);
  const isRecord = (file: { readonly path: string }): boolean => file.path.endsWith('.change');
  const rest = sample.files.filter((file) => !isRecord(file));
  const all = editorSizes.map((size) => {
    const files = [...rest, ...sample.files.filter(isRecord).slice(0, size)];
    const one = inFolder(`editor-${size}`, files, (folder) => measured<EditorMeasures>('--editor', folder));
    print([...editorLines(one, sample.entities), '']);
    return one;
  });
  print([...editorGrowthLines(all[0]!, all.at(-1)!), '']);
  return editorTargetsOf(all);
}

/** Writes files to a folder on disk and measures something there. */
function inFolder<T>(name: string, files: WorkspaceSample['files'], measure: (folder: string) => T): T {
  const folder = values.keep ? join(values.keep, name) : mkdtempSync(join(tmpdir(), 'entail-bench-'));
  try {
    for (const file of files) {
      mkdirSync(dirname(join(folder, file.path)), { recursive: true });
      writeFileSync(join(folder, file.path), file.text);
    }
    return measure(folder);
  } finally {
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** What a process of its own prints that is started with an option. */
function measured<T>(option: string, value: string): T {
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, SELF, option, value, '--seed', String(seed)],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (child.status !== 0)
    throw new Error(`Measuring ${option} ${value} ended with ${child.status ?? child.signal}.`);
  return JSON.parse(child.stdout) as T;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
