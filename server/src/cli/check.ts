import { resolve } from 'node:path';
import { formatDate, parseDate } from '../base/date.js';
import type { Severity } from '../checks/finding.js';
import { CONFIG_FILE } from '../workspace/config.js';
import type { Report } from '../workspace/report.js';
import { Selection } from '../workspace/selection.js';
import type { Snapshot } from '../workspace/workspace.js';
import { jsonReport } from './json.js';
import { limitTo, withFileRenamed } from './limit.js';
import { type Opened, openWorkspace, shown, TREES_OF_A_CHECK } from './opened.js';
import { type Page, prettyReport } from './pretty.js';
import { ProgressBar } from './progress.js';
import {
  CannotRun,
  COULD_NOT_RUN,
  type Context,
  NOTHING_FOUND,
  type Output,
  SOMETHING_FOUND,
} from './services.js';
import { styleFor } from './style.js';

export interface CheckOptions {
  readonly format: 'pretty' | 'json';
  readonly asOf?: string;
  readonly failOn: Severity;
  readonly config?: string;
}

/** `entail check`: the whole workspace is checked, what concerns `paths` is printed. Gives the exit status. */
export async function check(
  context: Context,
  paths: readonly string[],
  options: CheckOptions,
): Promise<number> {
  const { io } = context;
  const opened = await openWorkspace(context, paths, options.config);
  const report = reportOf(context, opened, options.asOf);
  const printed =
    opened.asked === null
      ? report
      : limitTo(report, [...opened.asked, opened.configPath ?? CONFIG_FILE], recordFilesOf(opened));
  const pieces =
    options.format === 'json' ? jsonReport(printed) : prettyReport(printed, pageOf(context, opened, 'short'));
  writeAll(io.stdout, pieces);
  const trouble = troubleOf(io.cwd, opened);
  if (trouble !== null) {
    io.stderr.write(`entail: ${trouble}\n`);
    return COULD_NOT_RUN;
  }
  return fails(printed, options.failOn) ? SOMETHING_FOUND : NOTHING_FOUND;
}

function recordFilesOf({ config, files }: Opened): readonly string[] {
  const selection = new Selection(config);
  return files.map(({ path }) => path).filter((path) => selection.roleOf(path) === 'changes');
}

/** Checks a workspace that was opened, with a progress bar. */
export function reportOf(context: Context, opened: Opened, asOf: string | undefined): Report {
  const bar = new ProgressBar(context.io);
  const report = snapshotOf(context, opened, asOf).report(bar.tick);
  bar.clear();
  return opened.configPath === null ? report : withFileRenamed(report, CONFIG_FILE, opened.configPath);
}

/** A workspace that was opened, as it stands on a day. */
export function snapshotOf(context: Context, opened: Opened, asOf: string | undefined): Snapshot {
  const workspace = context.services.openWorkspace({
    asOf: dayOf(context, asOf),
    shippedPacks: opened.shippedPacks,
    treesOf: TREES_OF_A_CHECK,
  });
  workspace.apply({ set: opened.files });
  return workspace.snapshot();
}

/** How the report of a workspace is laid out for the user's terminal. */
export function pageOf({ io }: Context, opened: Opened, detail: Page['detail']): Page {
  const files = new Map(opened.files.map((file) => [file.path, file]));
  const places = new Map<string, string>();
  if (opened.configPath !== null && opened.configPath !== CONFIG_FILE) {
    const config = files.get(CONFIG_FILE);
    if (config) files.set(opened.configPath, config);
  }
  return {
    style: styleFor(io.stdout, io.environment),
    width: Math.min(Math.max(io.stdout.columns ?? 110, 60), 120),
    text: (file) => {
      const found = files.get(file);
      return found?.fault === undefined ? found?.text : undefined;
    },
    place: (file) => {
      let place = places.get(file);
      if (place === undefined) places.set(file, (place = shown(io.cwd, resolve(opened.root, file))));
      return place;
    },
    detail,
  };
}

/** Writes pieces of any length; many short ones go out together, as each write is a call to the system. */
export function writeAll(output: Output, pieces: Iterable<string>): void {
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length < WRITTEN_TOGETHER) continue;
    output.write(held);
    held = '';
  }
  if (held !== '') output.write(held);
}

const WRITTEN_TOGETHER = 65_536;

/** What kept the check from being complete, in one line, or null. */
export function troubleOf(cwd: string, opened: Opened): string | null {
  if (opened.configFault !== null) return opened.configFault;
  const refused = opened.files.filter((file) => file.refused);
  const [first] = refused;
  if (!first) return null;
  const more = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
  return `${shown(cwd, resolve(opened.root, first.path))}: ${first.fault}${more}`;
}

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

function fails(report: Report, threshold: Severity): boolean {
  const least = SEVERITIES.indexOf(threshold);
  return report.findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= least);
}

/** The day of `--as-of`; without it, today where the user is. The only place that asks the clock what day it is. */
function dayOf({ io }: Context, asOf: string | undefined): number {
  if (asOf === undefined) {
    const now = io.now();
    return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000);
  }
  const day = parseDate(asOf);
  if (day !== null) return day;
  const today = formatDate(Math.floor(io.now().getTime() / 86_400_000));
  throw new CannotRun(`--as-of takes a day such as ${today}, and \`${asOf}\` is none.`);
}
