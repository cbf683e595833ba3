import { nearest } from '../base/nearest.js';
import { ExpressionParser } from './expressions.js';
import { Kind } from './kinds.js';
import type { TextLiteral, Word } from './nodes.js';

/** What the parts of rule packs share: words of vocabularies, which need no quotes here, and lists of texts. */
export class WordParser extends ExpressionParser {
  /** A word of a vocabulary; here every word is plain, but for one that begins the next line. */
  plainWord(what: string): Word | null {
    const index = this.at;
    const next = this.isStatement(index) || this.isHeader(index) || this.isField(index);
    if (this.isWord(index) && (!next || this.onSameLine(index))) {
      this.at++;
      return this.word(index);
    }
    return this.isWord(index) ? this.noName(what) : this.name(what);
  }

  /** The word that `lead` and `clock` are about: its own colon follows. */
  subject(what: string): Word | null {
    return this.isWord(this.at) && this.kindAt(this.at + 1) === Kind.Colon
      ? this.word(this.at++)
      : this.plainWord(what);
  }

  /** One of a few fixed words; a near miss is reported and taken. */
  fixedWord(words: readonly string[], message: string): string | null {
    const written = this.isWord(this.at) && !this.isField(this.at) ? this.textOf(this.at) : '';
    const meant = words.includes(written) ? written : written === '' ? null : nearest(written, words);
    if (meant === null) {
      this.missing(message);
      return null;
    }
    if (meant !== written) this.meant(this.at, meant);
    this.at++;
    return meant;
  }

  meant(index: number, word: string): void {
    this.mended(index, index, `\`${this.textOf(index)}\` is not known here: did you mean \`${word}\`?`, word);
  }

  colon(after: Word | null): boolean {
    if (this.kind === Kind.Colon) {
      this.at++;
      return true;
    }
    this.missing(`expected \`:\`${after ? ` after \`${after.text}\`` : ''}`, ':');
    return false;
  }

  texts(message: string): readonly TextLiteral[] {
    const texts: TextLiteral[] = [];
    let expected = message;
    for (;;) {
      const text = this.text(expected);
      if (!text) return texts;
      texts.push(text);
      if (this.silent || this.kind !== Kind.Comma) return texts;
      this.at++;
      expected = 'expected another text after `,`';
    }
  }
}
