import { Kind } from './kinds.js';
import type { EditNode, ModifyLineNode, ModifyNode, TransferNode, Word } from './nodes.js';
import { ParserCore } from './parserCore.js';
import { beginsValue } from './value.js';

/** Parses the edits of a change record: what is proposed. */
export class EditParser extends ParserCore {
  modify(): ModifyNode {
    const first = this.at++;
    const early = this.#siteBeforeSubject();
    const subjects = this.names('what is modified after `modify`');
    const sites = early ? [early] : this.#takesAt() ? this.names('a site after `at`') : [];
    const lines: ModifyLineNode[] = [];
    if (this.silent) this.#skipToBlock();
    if (this.kind === Kind.OpenBrace) {
      this.at++;
      this.recovered();
      this.#modifyLines(lines, first);
    } else if (!this.silent) {
      this.missing('expected `{` and the lines of what changes', ' {');
      // Lines that are there without their brace are still lines of this edit.
      if (this.#isModifyLine()) {
        while (this.#isModifyLine()) this.#modifyLine(lines);
        if (this.kind === Kind.CloseBrace && !this.#closesRecord()) this.at++;
      }
    }
    return { kind: 'modify', first, last: this.lastOf(first), subjects, sites, lines };
  }

  /** `to B from A`: what is meant is clear. */
  #turnedAround(): Pick<TransferNode, 'from' | 'to'> | null {
    const first = this.at;
    const isName = (index: number): boolean =>
      this.kindAt(index) === Kind.Word || this.kindAt(index) === Kind.Text;
    const isTurned =
      !this.silent &&
      this.kind === Kind.To &&
      isName(first + 1) &&
      this.kindAt(first + 2) === Kind.From &&
      isName(first + 3);
    if (!isTurned) return null;
    const right = `from ${this.textOf(first + 3)} to ${this.textOf(first + 1)}`;
    this.mended(first, first + 3, `write where it comes from first: \`${right}\``, right);
    this.at = first + 1;
    const to = this.name('a site after `to`');
    this.at++;
    return { from: this.name('a site after `from`'), to };
  }

  /** `modify at SITE SUBJECT`: what is meant is clear. */
  #siteBeforeSubject(): Word | null {
    const first = this.at;
    const isName = (index: number): boolean =>
      this.kindAt(index) === Kind.Word || this.kindAt(index) === Kind.Text;
    if (this.kind !== Kind.At || !isName(first + 1) || !isName(first + 2)) return null;
    const site = this.textOf(first + 1);
    this.mended(first, first + 1, `write what is modified first, and \`at ${site}\` behind it`);
    this.at++;
    return this.name('a site after `at`');
  }

  /** Takes `at`, or another small word that stands for it before a site and the block. */
  #takesAt(): boolean {
    const next = this.kindAt(this.at + 1);
    const isMeant =
      (this.kind === Kind.In || this.kind === Kind.On || this.kind === Kind.For) &&
      (next === Kind.Word || next === Kind.Text) &&
      this.kindAt(this.at + 2) === Kind.OpenBrace;
    return isMeant && !this.silent ? this.keyword(Kind.At, 'expected `at`') : this.takes(Kind.At);
  }

  #skipToBlock(): void {
    while (this.kind !== Kind.OpenBrace && !this.isSync(this.at)) this.at++;
  }

  #modifyLines(lines: ModifyLineNode[], first: number): void {
    for (;;) {
      const kind = this.kind;
      if (kind === Kind.CloseBrace) {
        this.at++;
        return;
      }
      if (kind === Kind.End || this.isHeader(this.at) || this.isStatement(this.at)) {
        this.missing(`the block of \`${this.textOf(first)}\` is not closed: expected \`}\``, '\n}');
        return;
      }
      const before = this.at;
      this.#modifyLine(lines);
      if (this.at === before) this.at++;
    }
  }

  /** One `PATH ":" values "->" values`. */
  #modifyLine(lines: ModifyLineNode[]): void {
    const first = this.at;
    const named = this.isWord(first) || this.kind === Kind.Section || this.kind === Kind.Text;
    if (!named) {
      this.wrong(
        `expected the name of what changes, such as \`batch-size: 50 kg -> 60 kg\`, not ${this.describe(this.at)}`,
      );
    } else {
      const path = this.kind === Kind.Text ? this.name('the name of what changes')! : this.word(this.at++);
      let current: ModifyLineNode['current'] = [];
      let proposed: ModifyLineNode['proposed'] = [];
      const isWhole = !this.#goesOnAsName();
      if (!this.takesColon(path.text)) this.missing(`expected \`:\` after \`${path.text}\``, ':');
      if (!this.silent) current = this.values(`expected the value as it is after \`${path.text}:\``);
      if (!this.silent) {
        if (this.kind === Kind.Arrow) {
          this.at++;
          proposed = this.values('expected the new value after `->`');
        } else if (this.isSync(this.at)) {
          this.missing('expected `->` and the new value', ' ->');
        } else if (beginsValue(this.kind) && this.kind < Kind.Word) {
          this.lacking(this.at - 1, 'expected `->` before the new value', ' ->');
          proposed = this.values('expected the new value');
        } else {
          this.wrong(`expected \`->\` and the new value, not ${this.describe(this.at)}`);
        }
      }
      if (isWhole)
        lines.push({ kind: 'modify-line', first, last: this.lastOf(first), path, current, proposed });
    }
    if (!this.silent && !this.isSync(this.at)) this.#behindValue();
    if (this.silent) {
      if (this.at === first) this.at++;
      this.skipToSync();
    }
    this.recovered();
  }

  /** `batch size: …`: a name of several words is reported and passed over. */
  #goesOnAsName(): boolean {
    const first = this.at;
    let end = first;
    while (this.kindAt(end) === Kind.Word && this.onSameLine(end)) end++;
    if (end === first || this.kindAt(end) !== Kind.Colon) return false;
    this.mended(
      first - 1,
      end - 1,
      'a name is written in one piece, as in the registry: `batch-size`, `assay.limit`',
    );
    this.at = end;
    return true;
  }

  /** Something stands behind a value that doesn't belong to it. */
  #behindValue(): void {
    const { starts, ends } = this.tokens;
    const before = this.at - 1;
    if (this.isWord(before) && LIMIT_WORDS.has(this.textOf(before).toLowerCase())) {
      this.at = before;
      this.wrong('write a limit as `NMT 0.2 %` (not more than) or `NLT 98.0 %` (not less than)');
    } else if (
      this.kind === Kind.Number &&
      this.kindAt(before) === Kind.Number &&
      starts[this.at]! > ends[before]!
    )
      this.wrong(`write a number without spaces: \`${this.textOf(before)}${this.textOf(this.at)}\``);
    else this.unexpected([]);
  }

  /** `NAME : … ->`: what only a block of `modify` holds. */
  #isModifyLine(): boolean {
    if (!this.isField(this.at)) return false;
    for (let index = this.at + 2; ; index++) {
      if (this.kindAt(index) === Kind.Arrow) return true;
      if (this.isSync(index)) return false;
    }
  }

  #closesRecord(): boolean {
    const next = this.at + 1;
    return this.kindAt(next) === Kind.End || this.isHeader(next);
  }

  partEdit(kind: number): EditNode {
    const first = this.at++;
    if (kind === Kind.Add || kind === Kind.Remove) {
      const [verb, link, linkKind] =
        kind === Kind.Add ? (['add', 'to', Kind.To] as const) : (['remove', 'from', Kind.From] as const);
      const parts = this.names(
        `what is ${kind === Kind.Add ? 'added' : 'removed'} after \`${verb}\``,
        linkKind,
      );
      const linked =
        !this.silent &&
        this.keyword(
          linkKind,
          `expected \`${link}\` and what it is ${kind === Kind.Add ? 'added to' : 'removed from'}`,
        );
      const subjects = linked
        ? this.names(`what it is ${kind === Kind.Add ? 'added to' : 'removed from'} after \`${link}\``)
        : [];
      return { kind: verb, first, last: this.lastOf(first), parts, subjects };
    }
    if (kind === Kind.Replace) {
      const out = this.name('what is replaced after `replace`');
      const into = this.part(
        Kind.With,
        '`with` and what takes its place',
        'what takes its place after `with`',
      );
      const linked = !this.silent && this.keyword(Kind.In, 'expected `in` and where it is replaced');
      const subjects = linked ? this.names('where it is replaced after `in`') : [];
      return { kind: 'replace', first, last: this.lastOf(first), out, in: into, subjects };
    }
    const subjects = this.names('what is transferred after `transfer`', Kind.From);
    const turned = this.#turnedAround();
    if (turned) return { kind: 'transfer', first, last: this.lastOf(first), subjects, ...turned };
    // `to B` alone is in its place; what it comes from is missing before it.
    if (!this.silent && this.kind === Kind.To) this.missing('expected `from` and a site', ' from');
    const from = this.part(Kind.From, '`from` and a site', 'a site after `from`');
    const to = this.part(Kind.To, '`to` and a site', 'a site after `to`');
    return { kind: 'transfer', first, last: this.lastOf(first), subjects, from, to };
  }
}

/** How a limit begins where it is written in words. */
const LIMIT_WORDS: ReadonlySet<string> = new Set(
  'max maximum min minimum not at up below above under over between'.split(' '),
);
