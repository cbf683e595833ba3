import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { nearest } from '../base/nearest.js';
import type { Span } from '../base/span.js';
import { CODES, type Code } from '../checks/codes.js';
import type { Severity } from '../checks/finding.js';
import { faultOfGlob } from './glob.js';

/** What entail.jsonc may say; each part has a default, so that a file need not say anything. */
export interface Config {
  /** Globs of the registry's files. */
  readonly registry: readonly string[];
  /** Globs of the files of change records. */
  readonly changes: readonly string[];
  /** IDs of shipped packs, and globs of a company's own `.rules` files. */
  readonly packs: readonly string[];
  readonly severity: Readonly<Partial<Record<Code, Severity | 'off'>>>;
  /** Lead times by validation kind (`"process": "6 months"`), for the timeline only. */
  readonly lead: Readonly<Record<string, string>>;
  /** What differs at a site. */
  readonly sites: Readonly<Record<string, SiteConfig>>;
}

export interface SiteConfig {
  readonly lead: Readonly<Record<string, string>>;
  /** Pairs of validation kinds: the first is done before the second. */
  readonly order: readonly (readonly [string, string])[];
}

/** A fault of entail.jsonc at its place. */
export interface ConfigProblem {
  readonly message: string;
  readonly span: Span;
  readonly replacement?: string;
}

export const CONFIG_FILE = 'entail.jsonc';

/** The configuration of a workspace without entail.jsonc: every shipped pack, and the usual places. */
export function defaultConfig(shippedPacks: readonly string[]): Config {
  return {
    registry: ['registry/**/*.yaml', '**/*.registry.yaml'],
    changes: ['**/*.change'],
    packs: shippedPacks,
    severity: {},
    lead: {},
    sites: {},
  };
}

/** The pack that a shipped file belongs to: `eu-2025` for `eu-2025.rules` as for `eu-2025.annex-i.rules`; null for other files. */
export function packOfFile(path: string): string | null {
  return /^([^/.]+)(?:\.[^/]+)?\.rules$/.exec(path)?.[1] ?? null;
}

/** Whether an entry of `packs` is a glob of `.rules` files, not the ID of a shipped pack. */
export function isPackGlob(entry: string): boolean {
  return /[*?{/]|\.rules$/.test(entry);
}

/**
 * Reads entail.jsonc; `shippedPacks` are the IDs of the packs that come with Entail. Never throws: what is
 * wrong is a problem at its place, and the rest still counts.
 */
export function readConfig(
  text: string,
  shippedPacks: readonly string[],
): { readonly config: Config; readonly problems: readonly ConfigProblem[] } {
  const reader = new ConfigReader(shippedPacks);
  return { config: reader.read(text), problems: reader.problems };
}

const KEYS = ['$schema', 'registry', 'changes', 'packs', 'severity', 'lead', 'sites'];
const SITE_KEYS = ['lead', 'order'];
const SEVERITIES = ['error', 'warning', 'info', 'off'];

/** Deeper nesting than this is no configuration, and would only exhaust the stack. */
const DEEPEST = 100;

class ConfigReader {
  readonly problems: ConfigProblem[] = [];

  constructor(readonly shippedPacks: readonly string[]) {}

  read(text: string): Config {
    const config = defaultConfig(this.shippedPacks);
    if (depthOf(text) > DEEPEST) {
      this.#report({ start: 0, end: 0 }, `entail.jsonc is nested more than ${DEEPEST} levels deep.`);
      return config;
    }
    const errors: ParseError[] = [];
    const byteOrderMark = text.charCodeAt(0) === 0xfeff ? ' ' : '';
    const source = byteOrderMark === '' ? text : byteOrderMark + text.slice(1);
    const root = parseTree(source, errors, { allowTrailingComma: true, allowEmptyContent: true });
    // One fault gives one message: what a parser says after the first is mostly its consequence.
    const first = errors[0];
    if (first) {
      const end = Math.max(first.offset + first.length, Math.min(first.offset + 1, text.length));
      this.#report({ start: first.offset, end }, SYNTAX[printParseErrorCode(first.error)] ?? SYNTAX_OTHER);
    }
    if (!root) return config;
    if (root.type !== 'object') {
      if (!first)
        this.#report(
          spanOf(root),
          'entail.jsonc holds one object: write `{` at its beginning and `}` at its end.',
        );
      return config;
    }
    const found = this.#entries(root, KEYS, 'entail.jsonc');
    return {
      registry: this.#globs(found.get('registry')) ?? config.registry,
      changes: this.#globs(found.get('changes')) ?? config.changes,
      packs: this.#packs(found.get('packs')) ?? config.packs,
      severity: this.#severity(found.get('severity')),
      lead: this.#texts(found.get('lead')),
      sites: this.#sites(found.get('sites')),
    };
  }

  /** The values of an object by key; an unknown key is a problem if `known` says what there is. */
  #entries(node: Node, known: readonly string[] | null, where: string): Map<string, Node> {
    const found = new Map<string, Node>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key) continue;
      const name = String(key.value);
      if (found.has(name)) {
        this.#report(spanOf(key), `\`${name}\` is given twice in ${where}; the first is used. Take one out.`);
        continue;
      }
      if (known && !known.includes(name)) {
        const near = nearest(name, known);
        const choice = near
          ? `Did you mean \`${near}\`?`
          : `Known: ${known.filter((one) => one !== '$schema').join(', ')}.`;
        this.#report(
          spanOf(key),
          `\`${name}\` is unknown in ${where}. ${choice}`,
          near ? JSON.stringify(near) : undefined,
        );
        continue;
      }
      if (value) found.set(name, value);
    }
    return found;
  }

  /** The texts of a list with their nodes, or null where it isn't one. */
  #list(node: Node | undefined, example: string): Node[] | undefined {
    if (!node) return undefined;
    if (node.type !== 'array') {
      this.#report(spanOf(node), `Expected a list of texts in brackets here, such as ${example}.`);
      return undefined;
    }
    return (node.children ?? []).filter((item) => {
      if (item.type === 'string') return true;
      this.#report(spanOf(item), 'Expected a text in double quotes here.');
      return false;
    });
  }

  #globs(node: Node | undefined): string[] | undefined {
    const items = this.#list(node, '["registry/**/*.yaml"]');
    return items?.filter((item) => this.#isGoodGlob(item)).map((item) => String(item.value));
  }

  #packs(node: Node | undefined): string[] | undefined {
    const items = this.#list(node, '["us-drugs", "rules/**/*.rules"]');
    return items
      ?.filter((item) => {
        const entry = String(item.value);
        if (isPackGlob(entry)) return this.#isGoodGlob(item);
        if (this.shippedPacks.includes(entry)) return true;
        const near = nearest(entry, this.shippedPacks);
        const choice = near ? `Did you mean \`${near}\`?` : `There are: ${this.shippedPacks.join(', ')}.`;
        const message = `No pack \`${entry}\` comes with Entail. ${choice} A company's own packs are given by their files, such as \`rules/**/*.rules\`.`;
        this.#report(spanOf(item), message, near ? JSON.stringify(near) : undefined);
        return false;
      })
      .map((item) => String(item.value));
  }

  #isGoodGlob(item: Node): boolean {
    const fault = faultOfGlob(String(item.value));
    if (fault) this.#report(spanOf(item), fault);
    return fault === null;
  }

  #severity(node: Node | undefined): Config['severity'] {
    const severity: Partial<Record<Code, Severity | 'off'>> = {};
    if (!this.#isObject(node, '{ "record/unused-answer": "off" }')) return severity;
    const codes = Object.keys(CODES);
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key) continue;
      const code = String(key.value);
      if (!codes.includes(code)) {
        const near = nearest(code, codes);
        const choice = near ? `Did you mean \`${near}\`?` : '`entail explain` lists the codes.';
        this.#report(
          spanOf(key),
          `There is no finding \`${code}\`. ${choice}`,
          near ? JSON.stringify(near) : undefined,
        );
      } else if (value && !SEVERITIES.includes(value.value as string)) {
        const near = value.type === 'string' ? nearest(String(value.value), SEVERITIES) : null;
        const message = 'A severity is "error", "warning", "info" or "off".';
        this.#report(spanOf(value), message, near ? JSON.stringify(near) : undefined);
      } else if (value) severity[code as Code] = value.value as Severity | 'off';
    }
    return severity;
  }

  #texts(node: Node | undefined): Record<string, string> {
    if (!this.#isObject(node, '{ "process": "6 months" }')) return {};
    const texts = [...this.#entries(node, null, '`lead`')].filter(([, value]) => {
      if (value.type === 'string') return true;
      const example = '"6 months" or "3..9 months"';
      this.#report(spanOf(value), `Expected a time in double quotes here, such as ${example}.`);
      return false;
    });
    return Object.fromEntries(texts.map(([name, value]) => [name, String(value.value)]));
  }

  #sites(node: Node | undefined): Record<string, SiteConfig> {
    if (!this.#isObject(node, '{ "SITE-1": { "lead": { "process": "6 months" } } }')) return {};
    const sites = [...this.#entries(node, null, '`sites`')].flatMap(([site, value]) => {
      if (!this.#isObject(value, '{ "lead": { "process": "6 months" } }')) return [];
      const found = this.#entries(value, SITE_KEYS, `site ${site}`);
      return [
        [site, { lead: this.#texts(found.get('lead')), order: this.#order(found.get('order')) }] as const,
      ];
    });
    return Object.fromEntries(sites);
  }

  #order(node: Node | undefined): [string, string][] {
    const pairs: [string, string][] = [];
    if (!node) return pairs;
    const example = '[["equipment-qualification", "process"]]';
    if (node.type !== 'array')
      this.#report(spanOf(node), `Expected a list of pairs here, such as ${example}.`);
    else
      for (const item of node.children ?? []) {
        const pair: unknown = getNodeValue(item);
        if (Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === 'string'))
          pairs.push([pair[0], pair[1]]);
        else
          this.#report(
            spanOf(item),
            `Expected two validation kinds here, what comes before and what after, such as ${example}.`,
          );
      }
    return pairs;
  }

  #isObject(node: Node | undefined, example: string): node is Node {
    if (node && node.type !== 'object')
      this.#report(spanOf(node), `Expected an object in braces here, such as ${example}.`);
    return node?.type === 'object';
  }

  #report(span: Span, message: string, replacement?: string): void {
    this.problems.push(replacement === undefined ? { message, span } : { message, span, replacement });
  }
}

const SYNTAX_OTHER = 'This is not valid JSON with comments.';

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Unknown word: a text stands in double quotes.',
  InvalidNumberFormat: 'This is not a number; a text stands in double quotes.',
  PropertyNameExpected: 'Expected a name in double quotes, such as "registry".',
  ValueExpected: 'Expected a value here: a text in double quotes, a list in brackets or an object in braces.',
  ColonExpected: 'Expected a `:` between a name and its value.',
  CommaExpected: 'Expected a `,` between two entries.',
  CloseBraceExpected: 'Expected a `}`: an object is not closed.',
  CloseBracketExpected: 'Expected a `]`: a list is not closed.',
  EndOfFileExpected: 'Nothing may follow the last `}`.',
  InvalidCommentToken: 'A comment begins with `//`, or stands between `/*` and `*/`.',
  UnexpectedEndOfComment: 'This comment is not closed: write `*/` at its end.',
  UnexpectedEndOfString: 'This text is not closed: write `"` at its end.',
  UnexpectedEndOfNumber: 'This number is not complete.',
  InvalidUnicode: 'After `\\u` come four digits of 0-9 and A-F.',
  InvalidEscapeCharacter: 'Unknown escape: write `\\\\` for a backslash, and `/` between folders.',
  InvalidCharacter: 'A character that may not stand in a text, such as a tab: write `\\t`.',
};

function spanOf(node: Node): Span {
  return { start: node.offset, end: node.offset + node.length };
}

/** Brackets open at once, at most; those inside texts count too, which does no harm in a limit so high. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
