/**
 * Where in a YAML text the cursor stands, read from the lines above it by their indentation: a file that is being
 * typed in has no tree to ask.
 */
export interface YamlPlace {
  /** The keys above the cursor, outermost first; list items have none of their own. */
  readonly keys: readonly string[];
  /** A key may stand here, the value of the last of `keys`, or an item of its list. */
  readonly expects: 'key' | 'value' | 'item';
  /** The keys that stand beside it in the same map. */
  readonly siblings: readonly string[];
  /** What is typed before the cursor. */
  readonly prefix: string;
  /** Where what is typed begins, its opening quote included. */
  readonly start: number;
  readonly isQuoted: boolean;
  /** The map is written in braces. */
  readonly isFlow: boolean;
  /** A colon follows what is typed. */
  readonly hasColon: boolean;
  /** The offset behind the typed word. */
  readonly end: number;
}

/** The place of an offset; null in a comment, or where nothing can be told. */
export function yamlPlaceAt(text: string, offset: number): YamlPlace | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const above = linesAbove(text, lineStart);
  const line = text.slice(lineStart, offset);
  const flow = flowAt(above, line);
  if (flow === null) return null;
  const typed = /(?:^|[\s,[{])(["']?)([^\s"',:[\]{}#]*)$/.exec(line);
  if (!typed) return null;
  const prefix = typed[2]!;
  const isQuoted = typed[1] !== '';
  const start = offset - prefix.length - typed[1]!.length;
  const rest = /^[^\s"',:[\]{}#]*["']?/.exec(text.slice(offset, offset + 200))![0];
  const end = prefix === '' && !isQuoted ? offset : offset + rest.length;
  const common = { prefix, start, end, isQuoted, hasColon: /^\s*:(?=\s|$)/.test(text.slice(end, end + 20)) };
  if (flow.depth > 0) return { ...flowPlace(above, flow), ...common, isFlow: true };
  return blockPlace(text, above, lineStart, line.slice(0, start - lineStart), common);
}

interface Line {
  readonly text: string;
  readonly indent: number;
}

/** Farther up than this no bracket is looked for. */
const MOST_LINES_OF_FLOW = 60;

function linesAbove(text: string, lineStart: number): readonly Line[] {
  if (lineStart === 0) return [];
  return text
    .slice(0, lineStart - 1)
    .split('\n')
    .map((line) => ({ text: line, indent: line.search(/\S/) }));
}

// ---- block style --------------------------------------------------------------------------------

type Typed = Omit<YamlPlace, 'keys' | 'expects' | 'siblings' | 'isFlow'>;

function blockPlace(
  text: string,
  above: readonly Line[],
  lineStart: number,
  head: string,
  typed: Typed,
): YamlPlace | null {
  const own = /^(\s*)((?:- +)*)(?:("[^"]*"|'[^']*'|[^\s"'#][^:#]*?)\s*:(\s+|$))?(.*)$/.exec(head);
  if (own?.[5] !== '') return null;
  const key = own[3] === undefined ? null : unquoted(own[3]);
  // A dash makes its item as deep as what stands behind it.
  const indent = own[1]!.length + own[2]!.length;
  const isItem = own[2] !== '';
  const keys = keysAbove(above, isItem ? own[1]!.length : indent, isItem);
  if (key !== null) return { ...typed, keys: [...keys, key], expects: 'value', siblings: [], isFlow: false };
  const siblings = siblingsAt(text, above, lineStart, indent, isItem);
  return { ...typed, keys, expects: isItem ? 'item' : 'key', siblings, isFlow: false };
}

/** The keys that enclose a line of an indentation. A list may stand no deeper than its key. */
function keysAbove(above: readonly Line[], indent: number, isItem: boolean): readonly string[] {
  const keys: string[] = [];
  let limit = isItem ? indent + 1 : indent;
  for (let at = above.length - 1; at >= 0 && limit > 0; at--) {
    const { text, indent: own } = above[at]!;
    if (own < 0 || own >= limit || text[own] === '#') continue;
    const match = /^(\s*)((?:- +)*)("[^"]*"|'[^']*'|[^\s"'#-][^:#]*?)\s*:(?:\s|$)/.exec(text);
    if (match) {
      const keyIndent = match[1]!.length + match[2]!.length;
      if (keyIndent < limit) {
        keys.unshift(unquoted(match[3]!));
        limit = match[2] === '' ? keyIndent : match[1]!.length + 1;
        if (match[2] !== '' && match[1]!.length === 0) break;
        continue;
      }
      // The first key of an item: its siblings stand below it, its list above.
      limit = match[1]!.length + 1;
    } else if (text[own] !== '-') limit = own;
  }
  return keys;
}

/** The keys of the map that a line belongs to, above and below it. */
function siblingsAt(
  text: string,
  above: readonly Line[],
  lineStart: number,
  indent: number,
  isItem: boolean,
): readonly string[] {
  const keys: string[] = [];
  const keyOf = (line: string): string | null => {
    const match = /^(\s*)((?:- +)*)("[^"]*"|'[^']*'|[^\s"'#-][^:#]*?)\s*:(?:\s|$)/.exec(line);
    return match && match[1]!.length + match[2]!.length === indent ? unquoted(match[3]!) : null;
  };
  for (let at = above.length - 1; at >= 0 && !isItem; at--) {
    const line = above[at]!;
    if (line.indent < 0) continue;
    const key = keyOf(line.text);
    if (key !== null) keys.push(key);
    if (line.indent < indent) break;
  }
  const lineEnd = text.indexOf('\n', lineStart);
  for (let at = lineEnd; at >= 0; ) {
    const end = text.indexOf('\n', at + 1);
    const line = text.slice(at + 1, end < 0 ? text.length : end);
    const own = line.search(/\S/);
    if (own >= 0 && (own < indent || /^\s*- /.test(line.slice(0, indent)))) break;
    const key = keyOf(line);
    if (key !== null) keys.push(key);
    at = end;
  }
  return keys;
}

// ---- flow style ---------------------------------------------------------------------------------

interface Flow {
  readonly depth: number;
  /** How many lines above the cursor's the outermost bracket opens. */
  readonly linesUp: number;
  /** The text from that line to the cursor. */
  readonly text: string;
}

/** The brackets that are open at the cursor; null inside a comment. */
function flowAt(above: readonly Line[], line: string): Flow | null {
  const here = scan(line);
  if (here.isComment) return null;
  // A line that begins a key in block style ends every bracket before it, closed or not.
  let text = line;
  let best: Flow = { depth: here.stack.length, linesUp: 0, text };
  if (/^\s*(?:- +)*[^\s"'#{}[\],][^:#{}[\]]*:(?:\s|$)/.test(line)) return best;
  for (let up = 1; up <= Math.min(MOST_LINES_OF_FLOW, above.length); up++) {
    const { text: own } = above[above.length - up]!;
    text = `${own}\n${text}`;
    const isKey = /^\s*(?:- +)*[^\s"'#{}[\],][^:#{}[\]]*:(?:\s|$)/.test(own);
    if (!isKey && !/^\s*- /.test(own)) continue;
    const depth = scan(text).stack.length;
    if (depth > 0 && !/[,:]\s*(?:#.*)?$/.test(own) && !/[[{]\s*(?:#.*)?$/.test(own) && best.depth === 0) {
      // An unclosed bracket above a line that doesn't go on with it is a slip, not where the cursor stands.
      return best;
    }
    if (depth > best.depth) best = { depth, linesUp: up, text };
    break;
  }
  return best;
}

interface Scan {
  readonly stack: readonly Bracket[];
  readonly isComment: boolean;
}

interface Bracket {
  readonly isMap: boolean;
  readonly keys: string[];
  /** The key whose value is being written; null before its colon. */
  key: string | null;
}

function scan(text: string): Scan {
  const stack: Bracket[] = [];
  let word = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const top = stack.at(-1);
    if (character === '"' || character === "'") {
      if (word.trim() !== '') {
        word += character;
        continue;
      }
      const end = closingQuote(text, at);
      word = text.slice(at + 1, end);
      at = end;
    } else if (character === '#' && (at === 0 || /\s/.test(text[at - 1]!))) {
      const end = text.indexOf('\n', at);
      if (end < 0) return { stack, isComment: true };
      at = end;
    } else if (character === '{' || character === '[') {
      if (stack.length > 0 || /(?:^|[\s:])$/.test(text.slice(0, at))) {
        stack.push({ isMap: character === '{', keys: [], key: null });
      }
      word = '';
    } else if (character === '}' || character === ']') {
      stack.pop();
      word = '';
    } else if (character === ',') {
      if (top) top.key = null;
      word = '';
    } else if (character === ':' && (at + 1 >= text.length || /[\s,}\]]/.test(text[at + 1]!))) {
      if (top?.isMap) {
        top.key = word.trim();
        top.keys.push(top.key);
      }
      word = '';
    } else word += character;
  }
  return { stack, isComment: false };
}

/** The offset of the quote that closes one, or of the line's end. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[start] === '"') at++;
    else if (text[at] === text[start]) return at;
    else if (text[at] === '\n') return at;
  }
  return text.length;
}

function flowPlace(above: readonly Line[], flow: Flow): Pick<YamlPlace, 'keys' | 'expects' | 'siblings'> {
  const first = flow.linesUp === 0 ? flow.text : above[above.length - flow.linesUp]!.text;
  const own = /^(\s*)((?:- +)*)(?:("[^"]*"|'[^']*'|[^\s"'#{[][^:#{[]*?)\s*:\s)?/.exec(first)!;
  const isItem = own[2] !== '';
  const indent = own[1]!.length + own[2]!.length;
  const outer = keysAbove(
    above.slice(0, above.length - flow.linesUp),
    isItem ? own[1]!.length : indent,
    isItem,
  );
  const keys = [...outer, ...(own[3] === undefined ? [] : [unquoted(own[3])])];
  const { stack } = scan(flow.text);
  const inner = stack.flatMap(({ key }) => (key === null ? [] : [key]));
  const top = stack.at(-1)!;
  const expects = !top.isMap ? 'item' : top.key === null ? 'key' : 'value';
  return { keys: [...keys, ...inner], expects, siblings: top.isMap ? top.keys : [] };
}

function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key.trim();
}
