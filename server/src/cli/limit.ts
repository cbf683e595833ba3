import type { Report, ReportFinding } from '../workspace/report.js';
import { isBelow } from './opened.js';

/**
 * The part of a report that concerns some files or folders (relative to the workspace). What keeps the
 * whole check from being complete stays, wherever it stands. `recordFiles` are all that may hold records:
 * where some are asked for and hold none, that is said.
 */
export function limitTo(report: Report, paths: readonly string[], recordFiles: readonly string[]): Report {
  const isMeant = (file: string): boolean => paths.some((path) => isBelow(file, path));
  const changes = report.changes.filter((change) => isMeant(change.file));
  const found = report.findings.filter((finding) => ALWAYS.has(finding.code) || isMeant(finding.file));
  const empty = changes.length === 0 ? recordFiles.find(isMeant) : undefined;
  const findings = empty === undefined || found.length > 0 ? found : [nothingIn(empty)];
  const obligations = changes.flatMap((change) => change.obligations);
  const inState = (state: string): number => obligations.filter((one) => one.state === state).length;
  return {
    ...report,
    changes,
    findings,
    summary: {
      changes: changes.length,
      obligations: obligations.length,
      unmet: inState('unmet'),
      insufficient: inState('insufficient'),
      open: inState('open'),
      ...countBySeverity(findings),
    },
  };
}

/** The same report with one file under another name: the configuration that `--config` named. */
export function withFileRenamed(report: Report, from: string, to: string): Report {
  if (from === to) return report;
  const renamed = <Placed extends { readonly file: string }>(placed: Placed): Placed =>
    placed.file === from ? { ...placed, file: to } : placed;
  return {
    ...report,
    findings: report.findings.map((finding) => ({
      ...renamed(finding),
      related: finding.related.map(renamed),
    })),
  };
}

function nothingIn(file: string): ReportFinding {
  const start = { line: 0, character: 0 };
  return {
    code: 'workspace/nothing-to-check',
    severity: 'error',
    change: null,
    file,
    range: { start, end: start },
    message:
      'No change record was found here, so nothing was checked. Write one that begins `change ID "title" {`.',
    obligation: null,
    related: [],
  };
}

const ALWAYS: ReadonlySet<string> = new Set(['workspace/nothing-to-check', 'workspace/unreadable']);

function countBySeverity(findings: readonly ReportFinding[]): {
  errors: number;
  warnings: number;
  infos: number;
} {
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}
