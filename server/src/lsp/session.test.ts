import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, type Diagnostic, type Range } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import { CLONE, runIn } from '../testing.js';
import { ABLE, Editor } from './editor.testing.js';

const REQUESTS = ['hover', 'completion', 'definition', 'documentHighlight', 'prepareCallHierarchy'];
const CONFIGURATIONS = [
  '{ "packs": ["us-drugs", "gmp"] }',
  '{ "packs": ["us-drugs", "gmp", "eu-2025"], "severity": { "record/missing-grounds": "off" } }',
  '{ "packs": [',
];

/** An author at work for a while: the same seed does the same. */
class Session {
  readonly open = new Map<string, string>();
  readonly requests: Promise<unknown>[] = [];
  #state: number;

  constructor(
    readonly editor: Editor,
    readonly root: string,
    seed: number,
  ) {
    this.#state = seed;
  }

  /** A whole number from 0 to below `limit`. */
  number(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  one<T>(list: readonly T[]): T {
    return list[this.number(list.length)]!;
  }

  files(): string[] {
    const all = readdirSync(this.root, { recursive: true, encoding: 'utf8' });
    return all.filter((file) => /\.(?:change|yaml)$/.test(file)).sort();
  }

  async step(): Promise<void> {
    const file = this.one(this.files());
    const full = join(this.root, file);
    const text = this.open.get(file);
    const does = this.number(100);
    if (text === undefined && does < 50) await this.#show(file);
    else if (text !== undefined && does < 40) await this.#type(file, this.#changed(text));
    else if (text !== undefined && does < 48) {
      writeFileSync(full, text);
      await this.editor.tell('textDocument/didSave', { textDocument: { uri: this.#uri(file) } });
      await this.editor.onDisk(2, full);
    } else if (text !== undefined && does < 55) await this.#hide(file);
    else if (does < 75) this.#ask(file);
    else if (does < 80 && text === undefined) {
      const moved = `${full.slice(0, full.lastIndexOf('.'))}x${full.slice(full.lastIndexOf('.'))}`;
      renameSync(full, moved);
      await this.editor.onDisk(3, full);
      await this.editor.onDisk(1, moved);
    } else if (does < 83 && file.endsWith('.change')) {
      rmSync(full);
      await this.editor.onDisk(3, full);
    } else if (does < 88) {
      mkdirSync(join(this.root, 'changes/more'), { recursive: true });
      const made = join(this.root, `changes/more/m${this.number(3)}.change`);
      const type = existsSync(made) ? 2 : 1;
      writeFileSync(made, `change M-${this.number(3)} { status: draft raised: 2026-01-01 }\n`);
      await this.editor.onDisk(type, made);
    } else if (does < 92) {
      writeFileSync(join(this.root, 'entail.jsonc'), this.one(CONFIGURATIONS));
      await this.editor.onDisk(2, join(this.root, 'entail.jsonc'));
    } else if (does < 94) {
      await this.editor.tell('workspace/didChangeConfiguration', { settings: null });
    } else if (this.number(3) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** What is typed goes to disk, so that a fresh check sees it. */
  saveAll(): void {
    for (const [file, text] of this.open) writeFileSync(join(this.root, file), text);
  }

  async #show(file: string): Promise<void> {
    const text = readFileSync(join(this.root, file), 'utf8');
    this.open.set(file, text);
    await this.editor.show(join(this.root, file), text);
  }

  async #type(file: string, text: string): Promise<void> {
    this.open.set(file, text);
    await this.editor.type(join(this.root, file), text);
  }

  async #hide(file: string): Promise<void> {
    this.open.delete(file);
    await this.editor.hide(join(this.root, file));
  }

  /** Asks without waiting for the answer; now and then the question is taken back. */
  #ask(file: string): void {
    const position = { line: this.number(60), character: this.number(40) };
    const source = new CancellationTokenSource();
    const parameters = { textDocument: { uri: this.#uri(file) }, position };
    const method = `textDocument/${this.one(REQUESTS)}`;
    const asked = this.editor.connection.sendRequest(method, parameters, source.token);
    this.requests.push(asked.catch((error: { code: number }) => assert.equal(error.code, -32800)));
    if (this.number(3) === 0) source.cancel();
  }

  #changed(text: string): string {
    const at = this.number(text.length);
    switch (this.number(4)) {
      case 0:
        return (
          text.slice(0, at) + this.one(['x', '}', '{', '"', '\n', ' modify ', '"""', '5']) + text.slice(at)
        );
      case 1:
        return text.slice(0, at) + text.slice(at + this.number(30));
      case 2:
        return `// remark\n${text}`;
      default:
        return text.replace(/\d\d kg/, `${10 + this.number(90)} kg`);
    }
  }

  #uri(file: string): string {
    return URI.file(join(this.root, file)).toString();
  }
}

/** A finding of the command line's report. */
interface Reported extends Diagnostic {
  readonly file: string;
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[];
}

describe('a session', () => {
  for (const { seed, capabilities, name } of [
    { seed: 1, capabilities: ABLE, name: 'that pulls' },
    { seed: 2, capabilities: {}, name: 'that is pushed to' },
    { seed: 3, capabilities: {}, name: 'that is pushed to, otherwise' },
  ])
    it(`${name} ends with what a fresh check finds`, async () => {
      const root = mkdtempSync(join(tmpdir(), 'entail-session-'));
      cpSync(join(CLONE, 'samples/faults'), root, { recursive: true });
      const editor = new Editor(capabilities);
      await editor.open(root);
      const session = new Session(editor, root, seed);
      for (let step = 0; step < 150; step++) await session.step();
      await Promise.all(session.requests);
      session.saveAll();
      const { out } = await runIn(root, ['check', '--format', 'json', '--as-of', '2026-11-22']);
      const uriOf = (file: string): string => URI.file(join(root, file)).toString();
      const findings: Reported[] = JSON.parse(out).findings;
      const expected = findings
        .map(({ related, ...one }) => {
          const relatedInformation = related.map(({ message, file, range }) => ({
            message,
            location: { uri: uriOf(file), range },
          }));
          return lineOf(uriOf(one.file), { ...one, relatedInformation });
        })
        .sort();
      const shown = (): string[] =>
        [...editor.shown].flatMap(([uri, list]) => list.map((one) => lineOf(uri, one))).sort();
      if (capabilities === ABLE) {
        const { items } = await editor.ask('workspace/diagnostic', { previousResultIds: [] });
        const pulled = items.flatMap((one: { uri: string; items: Diagnostic[] }) =>
          one.items.map((item) => lineOf(one.uri, item)),
        );
        assert.deepEqual(pulled.sort(), expected);
        assert.deepEqual(shown(), []);
      } else {
        await editor.settled(() => shown().length === expected.length && shown().join() === expected.join());
      }
      await editor.close();
      rmSync(root, { recursive: true });
    });
});

/** All that a person sees of a diagnostic, the places that it leads to included. */
function lineOf(uri: string, { range, code, message, relatedInformation }: Diagnostic): string {
  const related = (relatedInformation ?? []).map(
    ({ location, message }) => `${location.uri} ${spanOf(location.range)} ${message}`,
  );
  return [`${uri} ${spanOf(range)} ${code} ${message}`, ...related].join(' | ');
}

function spanOf({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}
