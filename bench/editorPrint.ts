/** The figures of the language server as lines of text, and what they are to reach. */
import type { EditorMeasures, Waits } from './editor.js';
import type { Target } from './targets.js';

/** The size of a workspace that has targets, and the one beside which it is held. */
const SMALL = 100;
const LARGE = 10_000;

export function editorLines(measured: EditorMeasures, entities: number): readonly string[] {
  const once = (name: string, time: number): string =>
    `  ${name.padEnd(46)}${time.toFixed(0).padStart(8)} ms`;
  const waits = (name: string, { middle, high, longest }: Waits): string =>
    `  ${name.padEnd(46)}${[middle, high, longest].map((time) => time.toFixed(1).padStart(8)).join('')} ms`;
  const { peakResident } = measured;
  return [
    `Language server with ${measured.records} records, ${entities} entities:`,
    once('Cold start to the diagnostics of the open file', measured.coldStart),
    once('Cold start to the diagnostics of every file', measured.wholeStart),
    once('The list of everything that is owed', measured.obligations),
    `  ${''.padEnd(46)}  middle 95 of 100 longest`,
    waits('Keystroke, typing', measured.typing),
    waits('Keystroke after a pause', measured.hesitating),
    waits('Keystroke, with all that is beside the text', measured.crowded),
    waits('Completion after a keystroke', measured.completion),
    waits('Hover', measured.hover),
    waits('Registry edit to the open record', measured.registryToRecord),
    waits('Registry edit to the whole registry file', measured.registryToAll),
    `  ${'Peak memory'.padEnd(46)}${peakResident === null ? ' not told' : `${peakResident.toFixed(0).padStart(8)} MB`} resident`,
  ];
}

/** From the smaller workspace to the larger one: how many times as long an author waits. */
export function editorGrowthLines(small: EditorMeasures, large: EditorMeasures): readonly string[] {
  const row = (name: string, one: number, other: number): string =>
    `  ${name.padEnd(46)}${(other / one).toFixed(2).padStart(8)}`;
  return [
    `Language server, ${large.records} against ${small.records} records (times):`,
    row('Cold start to the diagnostics of the open file', small.coldStart, large.coldStart),
    row('Keystroke, typing', small.typing.high, large.typing.high),
    row('Keystroke after a pause', small.hesitating.high, large.hesitating.high),
    row('Completion after a keystroke', small.completion.high, large.completion.high),
    row('Hover', small.hover.high, large.hover.high),
    row('Registry edit to the open record', small.registryToRecord.high, large.registryToRecord.high),
    row('Registry edit to the whole registry file', small.registryToAll.high, large.registryToAll.high),
  ];
}

/** Every target for which something was measured. */
export function editorTargetsOf(measured: readonly EditorMeasures[]): readonly Target[] {
  const small = measured.find(({ records }) => records === SMALL);
  const large = measured.find(({ records }) => records === LARGE);
  if (!large) return [];
  const atMost = (name: string, unit: string, actual: number, limit: number): Target => ({
    name,
    unit,
    actual,
    limit,
    bound: 'at most',
  });
  // The rhythm that the server bears worse counts.
  const keystroke = ({ typing, hesitating }: EditorMeasures): number =>
    Math.max(typing.high, hesitating.high);
  const targets = [
    atMost('Editor: keystroke to diagnostics', 'ms', keystroke(large), 30),
    atMost('Editor: completion', 'ms', large.completion.high, 20),
    atMost('Editor: hover', 'ms', large.hover.high, 20),
    atMost('Editor: registry edit to fresh diagnostics', 'ms', large.registryToAll.high, 300),
    atMost('Editor: cold start to first diagnostics', 's', large.coldStart / 1000, 1.5),
  ];
  if (large.peakResident !== null) targets.push(atMost('Editor: peak memory', 'MB', large.peakResident, 500));
  if (small) {
    const ratio = keystroke(large) / keystroke(small);
    targets.push(atMost(`Editor: keystroke, ${LARGE} against ${SMALL} records`, 'times', ratio, 1.5));
  }
  return targets;
}
