/**
 * How long an author waits for the language server, measured as the editor sees it: from a message sent to
 * its answer received. The server is a process of its own that has done nothing else before.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EditorClient } from './editorClient.js';
import {
  completionPlacesIn,
  hoverPlacesIn,
  isFit,
  type Keystroke,
  keystrokesIn,
  stepIn,
} from './editorTyping.js';

/** Milliseconds: the middle one of the sample, the 95th percentile and the longest. */
export interface Waits {
  readonly middle: number;
  readonly high: number;
  readonly longest: number;
}

export interface EditorMeasures {
  readonly records: number;
  /** From the start of the process to the diagnostics of the open record, in milliseconds; the middle one of the starts. */
  readonly coldStart: number;
  /** From the start of the process to the diagnostics of every file. */
  readonly wholeStart: number;
  /** From a keystroke to the fresh diagnostics of the open record, one keystroke after the other. */
  readonly typing: Waits;
  /** The same where the author pauses, so that the server has gone on to the files that are not open. */
  readonly hesitating: Waits;
  /** The same while the editor also asks for everything that it shows beside the text. */
  readonly crowded: Waits;
  /** From a keystroke to what can stand there. */
  readonly completion: Waits;
  readonly hover: Waits;
  /** From an edit of one step in the registry to the fresh diagnostics of the open record. */
  readonly registryToRecord: Waits;
  /** From an edit of one step in the registry to those of the registry's file, which any record may add to. */
  readonly registryToAll: Waits;
  /** The list of everything that is owed, asked for once. */
  readonly obligations: number;
  /** Megabytes (1024 × 1024 bytes); null where the system doesn't tell. */
  readonly peakResident: number | null;
}

/** The day that the made-up records are judged on. */
const AS_OF = '2026-11-22';

const STARTS = 3;
const KEYSTROKES = 60;
const REQUESTS = 60;
const REGISTRY_EDITS = 20;

/** Longer than the server waits before it goes through the files that are not open. In milliseconds. */
const HESITATION = 200;

const STEPS = 'registry/steps.yaml';

/** Opens the workspace in a folder in an editor, and works in one record of it. */
export async function measureEditor(root: string): Promise<EditorMeasures> {
  const records = recordsBelow(root);
  const record = recordToEdit(root, records);
  const starts: number[] = [];
  for (let count = 1; count < STARTS; count++) {
    const { client, time } = await coldStart(root, record);
    starts.push(time);
    await client.stop();
  }
  const began = performance.now();
  const { client, time } = await coldStart(root, record);
  starts.push(time);
  await client.workspaceDiagnostics();
  const wholeStart = performance.now() - began;

  const typing = await keystrokes(client, record, () => Promise.resolve());
  const hesitating = await keystrokes(client, record, () => wait(HESITATION));
  const crowded = await keystrokes(client, record, () => wait(HESITATION), 'with everything beside the text');
  const completion = await completions(client, record);
  const hover = await hovers(client, record);
  const registry = await registryEdits(client, record, stepIn(record.text));
  const asked = performance.now();
  await client.obligations();
  const obligations = performance.now() - asked;
  const peakResident = client.peakMemory();
  await client.stop();
  return {
    records: records.length,
    coldStart: waitsOf(starts).middle,
    wholeStart,
    typing,
    hesitating,
    crowded,
    completion,
    hover,
    registryToRecord: registry.record,
    registryToAll: registry.all,
    obligations,
    peakResident,
  };
}

interface OpenRecord {
  readonly path: string;
  readonly text: string;
}

function recordsBelow(root: string): readonly string[] {
  const paths = readdirSync(join(root, 'changes'), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => path.endsWith('.change'))
    .map((path) => `changes/${path.replaceAll('\\', '/')}`)
    .sort();
}

/** The first live record that changes a step and answers much of what that entails. */
function recordToEdit(root: string, paths: readonly string[]): OpenRecord {
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8');
    if (isFit(text)) return { path, text };
  }
  throw new Error('No record in the workspace is fit to be edited.');
}

async function coldStart(root: string, record: OpenRecord): Promise<{ client: EditorClient; time: number }> {
  const began = performance.now();
  const client = new EditorClient(root, AS_OF);
  await client.start();
  client.open(record.path, record.text);
  const diagnostics = await client.diagnostics(record.path);
  const time = performance.now() - began;
  if (diagnostics.length === 0) throw new Error('The open record was to have diagnostics.');
  return { client, time };
}

/** Types in the record and takes everything back, and holds every answer to what the text of the moment says. */
async function keystrokes(
  client: EditorClient,
  { path, text }: OpenRecord,
  pause: () => Promise<void>,
  besides: 'nothing besides' | 'with everything beside the text' = 'nothing besides',
): Promise<Waits> {
  const times: number[] = [];
  const sequence = keystrokesIn(text);
  for (let count = 0; count < KEYSTROKES; count++) {
    const keystroke = sequence[count % sequence.length]!;
    await pause();
    const began = performance.now();
    client.edit(path, keystroke);
    const surroundings = besides === 'nothing besides' ? null : client.surroundings(path);
    const diagnostics = await client.diagnostics(path);
    times.push(performance.now() - began);
    await surroundings;
    expect(keystroke, diagnostics);
  }
  restore(client, path, text);
  return waitsOf(times);
}

/** An answer about an older text would be a fast one. */
function expect({ expected }: Keystroke, diagnostics: readonly { readonly code?: unknown }[]): void {
  if (!expected) return;
  const isShown = diagnostics.some((one) => one.code === expected.code);
  if (isShown !== expected.isShown)
    throw new Error(`After a keystroke ${expected.code} ${isShown ? 'was still' : 'was not'} shown.`);
}

/** At places of every kind: one character is typed, and the editor asks at once. */
async function completions(client: EditorClient, { path, text }: OpenRecord): Promise<Waits> {
  const places = completionPlacesIn(text);
  const times: number[] = [];
  for (let count = 0; count < REQUESTS; count++) {
    const { offset, typed } = places[count % places.length]!;
    const began = performance.now();
    client.edit(path, { offset, length: 0, text: typed });
    const offered = await client.completion(path, offset + typed.length);
    times.push(performance.now() - began);
    if (offered === 0) throw new Error(`Nothing was offered after ${JSON.stringify(typed)}.`);
    restore(client, path, text);
    // The answer to this one is waited for, so that it does not delay the next.
    await client.diagnostics(path);
  }
  return waitsOf(times);
}

async function hovers(client: EditorClient, { path, text }: OpenRecord): Promise<Waits> {
  const places = hoverPlacesIn(text);
  const times: number[] = [];
  for (let count = 0; count < REQUESTS; count++) {
    const offset = places[count % places.length]!;
    const began = performance.now();
    const shown = await client.hover(path, offset);
    times.push(performance.now() - began);
    if (shown === null)
      throw new Error(`Nothing was shown at ${JSON.stringify(text.slice(offset, offset + 20))}.`);
  }
  return waitsOf(times);
}

/** Changes the duration of a step back and forth, which makes the value in the record stale and true again. */
async function registryEdits(
  client: EditorClient,
  record: OpenRecord,
  step: string,
): Promise<{ readonly record: Waits; readonly all: Waits }> {
  const text = readFileSync(join(client.root, STEPS), 'utf8');
  client.open(STEPS, text);
  await client.diagnostics(STEPS);
  const offset = text.indexOf('duration: ', text.indexOf(`\n  ${step}:`)) + 'duration: '.length;
  const toRecord: number[] = [];
  const toAll: number[] = [];
  for (let count = 0; count < REGISTRY_EDITS; count++) {
    const isStale = count % 2 === 0;
    await wait(HESITATION);
    const began = performance.now();
    client.edit(STEPS, { offset, length: isStale ? 0 : 1, text: isStale ? '9' : '' });
    const [diagnostics] = await Promise.all([
      client.diagnostics(record.path).then((found) => {
        toRecord.push(performance.now() - began);
        return found;
      }),
      client.diagnostics(STEPS).then(() => toAll.push(performance.now() - began)),
    ]);
    if (diagnostics.some(({ code }) => code === 'record/stale-value') !== isStale)
      throw new Error('The record was judged by a registry that is no longer so.');
  }
  return { record: waitsOf(toRecord), all: waitsOf(toAll) };
}

function restore(client: EditorClient, path: string, text: string): void {
  client.edit(path, { offset: 0, length: client.textOf(path).length, text });
}

function waitsOf(times: readonly number[]): Waits {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { middle: at(0.5), high: at(0.95), longest: sorted.at(-1)! };
}
