/**
 * One whole check of a workspace on disk, measured phase by phase. It runs in a process of its own, which
 * has made nothing else before, so that the peaks of memory are those of the check.
 */
import { fileURLToPath } from 'node:url';
import { parseDate } from '../server/src/base/date.js';
import { TREES_OF_A_CHECK } from '../server/src/cli/opened.js';
import { readyForShortRun } from '../server/src/host/engine.js';
import { nodeHost } from '../server/src/host/node.js';
import { CONFIG_FILE, packOfFile, readConfig } from '../server/src/workspace/config.js';
import { compileGlobs } from '../server/src/workspace/glob.js';
import { Selection } from '../server/src/workspace/selection.js';
import { Workspace } from '../server/src/workspace/workspace.js';

/** Milliseconds of each phase, megabytes (1024 × 1024 bytes) of memory, and what was checked. */
export interface CheckMeasures {
  readonly records: number;
  readonly phases: {
    /** Files and shipped packs into strings. */
    readonly read: number;
    /** The shipped packs' trees. */
    readonly packs: number;
    readonly registry: number;
    readonly parse: number;
    /** Network and rules. */
    readonly derive: number;
    /** Analyses, checks and report. */
    readonly report: number;
  };
  readonly obligations: number;
  readonly findings: number;
  readonly bytes: number;
  readonly peakResident: number;
  readonly peakHeap: number;
}

/** Where the packs stand, seen from the folder that this file is compiled into. */
const PACKS = fileURLToPath(new URL('../../packs', import.meta.url));

/** The day that the made-up records are judged on. */
const AS_OF = '2026-11-22';

/** How often memory is looked at while records are analysed. */
const RECORDS_PER_SAMPLE = 50;

/** Checks the workspace in a folder, cold. */
export async function measureCheck(root: string): Promise<CheckMeasures> {
  readyForShortRun();
  const clock = new PhaseClock();
  const shippedPacks = await nodeHost.readAll(PACKS, compileGlobs(['*.rules']));
  const configuration = await nodeHost.read(`${root}/${CONFIG_FILE}`, CONFIG_FILE);
  const { config } = readConfig(
    configuration.text,
    shippedPacks.flatMap((pack) => packOfFile(pack.path) ?? []),
  );
  const files = await nodeHost.readAll(root, new Selection(config));
  const read = clock.lap();

  const workspace = new Workspace({ asOf: parseDate(AS_OF)!, shippedPacks, treesOf: TREES_OF_A_CHECK });
  const packs = clock.lap();
  const isRecord = (path: string): boolean => path.endsWith('.change');
  workspace.apply({ set: [configuration, ...files.filter((file) => !isRecord(file.path))] });
  const registry = clock.lap();
  workspace.apply({ set: files.filter((file) => isRecord(file.path)) });
  const parse = clock.lap();
  const snapshot = workspace.snapshot();
  const derive = clock.lap();
  const made = snapshot.report((done) => {
    if (done % RECORDS_PER_SAMPLE === 0) clock.sample();
  });
  const report = clock.lap();
  return {
    records: made.summary.changes,
    phases: { read, packs, registry, parse, derive, report },
    obligations: made.summary.obligations,
    findings: made.findings.length,
    bytes: files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0),
    // Kilobytes on every system that Node runs on.
    peakResident: process.resourceUsage().maxRSS / 1024,
    peakHeap: clock.peakHeap / 1024 / 1024,
  };
}

/** What a check costs because of its records: parsing, analysing, checking and reporting them. */
export function recordWork({ phases }: CheckMeasures): number {
  return phases.parse + phases.report;
}

/** The whole check, without the start of the process. */
export function wholeTime({ phases }: CheckMeasures): number {
  return Object.values(phases).reduce((sum, phase) => sum + phase, 0);
}

class PhaseClock {
  peakHeap = 0;
  #last = performance.now();

  /** Milliseconds since the last lap. */
  lap(): number {
    this.sample();
    const now = performance.now();
    const passed = now - this.#last;
    this.#last = now;
    return passed;
  }

  sample(): void {
    this.peakHeap = Math.max(this.peakHeap, process.memoryUsage().heapUsed);
  }
}
