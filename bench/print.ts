/** The figures as lines of text: absolute ones, with the ratios beside them. */
import { type CheckMeasures, recordWork, wholeTime } from './check.js';
import { isReached, type Target } from './targets.js';
import type { Throughput } from './throughput.js';

export function throughputLines(measured: Throughput): readonly string[] {
  const row = (name: string, rate: number): string =>
    `  ${name.padEnd(34)}${rate.toFixed(1).padStart(8)} MB/s${(rate / measured.json).toFixed(2).padStart(8)} of JSON.parse`;
  return [
    `Throughput on ${measured.records} records (${megabytes(measured.bytes)} MB; registry ${megabytes(measured.registryBytes)} MB):`,
    row('Parsing change records', measured.parse),
    row('Parsing, with the records made', measured.model),
    row('Formatting change records', measured.format),
    row('Reading the registry', measured.registry),
    row('JSON.parse of as many bytes', measured.json),
  ];
}

export function checkLines(check: CheckMeasures, entities: number): readonly string[] {
  const whole = wholeTime(check);
  const row = (name: string, time: number): string =>
    `  ${name.padEnd(34)}${time.toFixed(0).padStart(8)} ms  ${((100 * time) / whole).toFixed(0).padStart(3)} %`;
  const { phases } = check;
  return [
    `Cold check of ${check.records} records, ${entities} entities (${megabytes(check.bytes)} MB, ${check.obligations} obligations, ${check.findings} findings):`,
    row('Reading files', phases.read),
    row('Shipped packs', phases.packs),
    row('Registry', phases.registry),
    row('Parsing records', phases.parse),
    row('Network and rules', phases.derive),
    row('Analyses, checks, report', phases.report),
    row('Whole', whole),
    `  ${'Record work, each record'.padEnd(34)}${((1000 * recordWork(check)) / check.records).toFixed(0).padStart(8)} µs`,
    `  ${'Peak memory'.padEnd(34)}${check.peakResident.toFixed(0).padStart(8)} MB resident, ${check.peakHeap.toFixed(0)} MB heap`,
  ];
}

/** From each size to the next: records, record work, whole time and memory. */
export function growthLines(checks: readonly CheckMeasures[]): readonly string[] {
  const pairs = checks.slice(1).map((larger, index) => [checks[index]!, larger] as const);
  if (pairs.length === 0) return [];
  const times = (one: number, other: number): string => (other / one).toFixed(1).padStart(6);
  return [
    'Growth (times):                     records  work  whole  memory',
    ...pairs.map(
      ([one, other]) =>
        `  ${`${one.records} to ${other.records} records`.padEnd(34)}${times(one.records, other.records)}${times(recordWork(one), recordWork(other))} ${times(wholeTime(one), wholeTime(other))}  ${times(one.peakResident, other.peakResident)}`,
    ),
    '',
  ];
}

export function targetLines(targets: readonly Target[]): readonly string[] {
  return [
    'Targets:',
    ...targets.map((target) => {
      const verdict = isReached(target) ? 'reached' : 'NOT REACHED';
      return `  ${target.name.padEnd(46)}${target.actual.toFixed(1).padStart(8)} ${target.unit} (${target.bound} ${target.limit}): ${verdict}`;
    }),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
