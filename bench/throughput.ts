/** How many megabytes a second the readers and the formatter get through, on made-up files. */
import { recordsOf } from '../server/src/model/record.js';
import { readRegistry } from '../server/src/registry/read.js';
import { format } from '../server/src/syntax/format.js';
import { parseChange } from '../server/src/syntax/parser.js';
import { workspaceOf } from './workspace.js';

/** Megabytes (1,000,000 bytes of UTF-8) a second: the median of the rounds. */
export interface Throughput {
  readonly records: number;
  readonly bytes: number;
  readonly registryBytes: number;
  readonly parse: number;
  /** With the records made of the trees. */
  readonly model: number;
  readonly format: number;
  readonly registry: number;
  readonly json: number;
}

/** Reads and formats a made-up workspace so many times over. */
export function measureThroughput(records: number, seed: number, rounds: number): Throughput {
  const { files } = workspaceOf(records, seed);
  const changes = files.filter((file) => file.path.endsWith('.change'));
  const registry = files.filter((file) => file.path.endsWith('.yaml'));
  const json = changes.map((file) => asJson(file.text));
  const rate = (texts: readonly string[], run: (text: string, index: number) => unknown): number =>
    median(Array.from({ length: rounds }, () => timed(texts, run)));
  const texts = changes.map((file) => file.text);
  return {
    records,
    bytes: bytesOf(texts),
    registryBytes: bytesOf(registry.map((file) => file.text)),
    parse: rate(texts, parseChange),
    model: rate(texts, (text, index) => recordsOf(changes[index]!.path, parseChange(text))),
    format: rate(texts, (text) => format(text, 'change')),
    registry: rate(
      registry.map((file) => file.text),
      (text, index) => readRegistry(registry[index]!.path, text),
    ),
    json: rate(json, (text) => JSON.parse(text)),
  };
}

/** One round: all the texts once, in megabytes a second. */
function timed(texts: readonly string[], run: (text: string, index: number) => unknown): number {
  const start = performance.now();
  texts.forEach(run);
  return bytesOf(texts) / 1000 / (performance.now() - start);
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/**
 * A yardstick: a text of as many bytes, as JSON, that holds the words of the text, line by line. JSON needs
 * more quotes, so that the last lines are left out and what is missing is filled up.
 */
function asJson(text: string): string {
  const size = Buffer.byteLength(text);
  const lines = text.split('\n').map((line) => JSON.stringify(line.trim().split(' ')));
  const written = (count: number): string => `[${lines.slice(0, count).join(',')}]`;
  let count = lines.length;
  while (Buffer.byteLength(written(count)) > size) count--;
  return written(count).padEnd(size - Buffer.byteLength(written(count)) + written(count).length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
