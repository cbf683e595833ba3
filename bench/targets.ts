import { type CheckMeasures, recordWork, wholeTime } from './check.js';
import type { Throughput } from './throughput.js';

/** Something to be reached: a figure and what it may be at least or at most. */
export interface Target {
  readonly name: string;
  readonly unit: string;
  readonly actual: number;
  readonly limit: number;
  readonly bound: 'at least' | 'at most';
}

/** The sizes between which growth is looked at, and the larger of which has a target of its own. */
const SMALL = 1_000;
const LARGE = 10_000;

export function isReached({ actual, limit, bound }: Target): boolean {
  return bound === 'at least' ? actual >= limit : actual <= limit;
}

/** Every target for which something was measured. */
export function targetsOf(throughput: Throughput, checks: readonly CheckMeasures[]): readonly Target[] {
  const small = checks.find((check) => check.records === SMALL);
  const large = checks.find((check) => check.records === LARGE);
  const targets: Target[] = [
    { name: 'Parsing change records', unit: 'MB/s', actual: throughput.parse, limit: 20, bound: 'at least' },
  ];
  if (large) {
    const name = `Cold check of ${LARGE} records`;
    targets.push(
      { name: `${name}, time`, unit: 's', actual: wholeTime(large) / 1000, limit: 6, bound: 'at most' },
      { name: `${name}, peak memory`, unit: 'MB', actual: large.peakResident, limit: 400, bound: 'at most' },
    );
  }
  if (small && large) {
    targets.push({
      name: `Record work, ${LARGE} against ${SMALL} records`,
      unit: 'times',
      actual: recordWork(large) / recordWork(small),
      limit: 11,
      bound: 'at most',
    });
  }
  return targets;
}
