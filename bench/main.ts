/** `npm run bench`: see the usage below. Exits with 1 where a target was not reached. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CheckMeasures, measureCheck } from './check.js';
import { checkLines, growthLines, targetLines, throughputLines } from './print.js';
import { STATUS_MIX } from './records.js';
import { isReached, targetsOf } from './targets.js';
import { measureThroughput, type Throughput } from './throughput.js';
import { workspaceOf } from './workspace.js';

const USAGE = `Usage: npm run bench -- [OPTIONS]

Measures Entail on made-up workspaces, each in a process of its own.

  --sizes LIST   numbers of change records, with commas (default 100,1000,10000,100000)
  --quick        100 and 1000 records, and fewer rounds
  --seed N       another made-up world (default 20261122)
  --keep FOLDER  write the workspaces there and leave them, to try things on
`;

const SELF = fileURLToPath(import.meta.url);
const SIZES = [100, 1_000, 10_000, 100_000];
const QUICK_SIZES = [100, 1_000];
const THROUGHPUT_RECORDS = 2_000;
const ROUNDS = 15;
const QUICK_ROUNDS = 5;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261122' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
    // What a process is started for that measures one thing and prints it as JSON.
    check: { type: 'string' },
    throughput: { type: 'string' },
  },
});
const seed = Number(values.seed);
const sizes = values.sizes?.split(',').map(Number) ?? (values.quick ? QUICK_SIZES : SIZES);

if (values.help || ![seed, ...sizes].every((number) => Number.isSafeInteger(number) && number > 0)) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else if (values.check !== undefined) {
  process.stdout.write(JSON.stringify(await measureCheck(values.check)));
} else if (values.throughput !== undefined) {
  process.stdout.write(
    JSON.stringify(measureThroughput(THROUGHPUT_RECORDS, seed, Number(values.throughput))),
  );
} else {
  run();
}

function run(): void {
  const mix = STATUS_MIX.map(([status, share]) => `${share} % ${status}`).join(', ');
  print([`Seed ${seed}, Node ${process.versions.node}, one thread.`, `Records: ${mix}.`, '']);
  const throughput = measured<Throughput>('--throughput', String(values.quick ? QUICK_ROUNDS : ROUNDS));
  print([...throughputLines(throughput), '']);
  const checks = sizes.map((size) => {
    const { check, entities } = checkOf(size);
    print([...checkLines(check, entities), '']);
    return check;
  });
  const targets = targetsOf(throughput, checks);
  print([...growthLines(checks), ...targetLines(targets)]);
  if (!targets.every(isReached)) process.exitCode = 1;
}

/** Writes a workspace of so many records to disk and checks it. */
function checkOf(size: number): { readonly check: CheckMeasures; readonly entities: number } {
  const folder = values.keep ? join(values.keep, String(size)) : mkdtempSync(join(tmpdir(), 'entail-bench-'));
  try {
    const { files, entities } = workspaceOf(size, seed);
    for (const file of files) {
      mkdirSync(dirname(join(folder, file.path)), { recursive: true });
      writeFileSync(join(folder, file.path), file.text);
    }
    return { check: measured<CheckMeasures>('--check', folder), entities };
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
