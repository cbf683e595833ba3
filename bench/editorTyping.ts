/** What an author does in a record that changes a step: the keystrokes, and the places looked at. */
import type { TextEdit } from './editorClient.js';

/** A keystroke, or what an editor sends as one, and what must be true of the diagnostics after it. */
export interface Keystroke extends TextEdit {
  readonly expected?: { readonly code: string; readonly isShown: boolean };
}

/** A place at which something can be offered once a text was typed there. */
export interface CompletionPlace {
  readonly offset: number;
  readonly typed: string;
}

/** An edit of a step whose present value stands in the record, so that a change in the registry shows in it. */
const DURATION_EDIT = /^ {2}modify (\S+) \{\n(?:.*\n)?? {4}duration: (\d+) h -> (\d+) h\n {2}\}/m;
const FILE_LINE = /^ {2}file (\S+) as (\S+) on .*\n/m;
const CONFIRM_LINE = /^ {2}(?:confirm|deny) (\S+) because/m;
const UNAFFECTED_LINE = /^ {2}unaffected (\S+), /m;

/** Whether the record is live and holds a line of every kind that is worked on here. */
export function isFit(text: string): boolean {
  const needed = [/^ {2}status: assessing$/m, DURATION_EDIT, FILE_LINE, CONFIRM_LINE, UNAFFECTED_LINE];
  return needed.every((line) => line.test(text));
}

/** The step whose duration the record changes. */
export function stepIn(text: string): string {
  return found(DURATION_EDIT, text)[1]!;
}

/** Prose, values, references, broken and whole syntax; after the last keystroke the text is what it was. */
export function keystrokesIn(text: string): readonly Keystroke[] {
  const edit = found(DURATION_EDIT, text);
  const end = edit.index + edit[0].length;
  const present = edit.index + edit[0].indexOf('duration: ') + 'duration: '.length;
  const proposed = edit.index + edit[0].lastIndexOf(' h');
  const step = edit.index + edit[0].indexOf(' {');
  const file = found(FILE_LINE, text);
  const status = text.indexOf('assessing') + 'assessing'.length;
  const whole = { code: 'syntax', isShown: false };
  return [
    ...typed(text.indexOf('"""') + 3 + '\n    '.length, 'Also: '),
    ...backAndForth({ offset: present, length: 0, text: '9' }, 'record/stale-value'),
    ...backAndForth({ offset: end - 1, length: 1, text: '' }, 'syntax', '}'),
    ...typed(proposed, '05').map((keystroke) => ({ ...keystroke, expected: whole })),
    ...typed(step, '-X'),
    ...typed(end, '\n  deny compendial because "no"'.slice(0, 14)),
    { offset: file.index, length: file[0].length, text: '' },
    { offset: file.index, length: 0, text: file[0], expected: whole },
    ...typed(status, 'x'),
  ];
}

/** Statements, references, attributes, categories, conditions and kinds of validation. */
export function completionPlacesIn(text: string): readonly CompletionPlace[] {
  const edit = found(DURATION_EDIT, text);
  const offset = edit.index + edit[0].length;
  const [, filing, category] = found(FILE_LINE, text);
  return [
    '\n  r',
    '\n  modify P',
    '\n  replace E',
    `\n  file ${filing} as ${category![0]}`,
    '\n  confirm s',
    '\n  revalidate new e',
  ]
    .map((line): CompletionPlace => ({ offset, typed: line }))
    .concat({ offset: offset - '\n  }'.length, typed: '\n    t' });
}

/** An edit, references, quantities, answers, a category and a condition. */
export function hoverPlacesIn(text: string): readonly number[] {
  const edit = found(DURATION_EDIT, text);
  const file = found(FILE_LINE, text);
  const confirm = found(CONFIRM_LINE, text);
  const unaffected = found(UNAFFECTED_LINE, text);
  return [
    edit.index + 3,
    edit.index + edit[0].indexOf(edit[1]!),
    edit.index + edit[0].indexOf('duration'),
    edit.index + edit[0].indexOf('duration: ') + 'duration: '.length,
    file.index + file[0].indexOf(file[1]!),
    file.index + file[0].indexOf(` ${file[2]} `) + 1,
    confirm.index + confirm[0].indexOf(confirm[1]!),
    unaffected.index + 3,
    unaffected.index + unaffected[0].indexOf(unaffected[1]!),
  ];
}

/** A word, character by character, and then taken back. */
function typed(offset: number, word: string): readonly Keystroke[] {
  const characters = [...word];
  return [
    ...characters.map((text, index) => ({ offset: offset + index, length: 0, text })),
    ...characters.map((_, index) => ({ offset: offset + word.length - 1 - index, length: 1, text: '' })),
  ];
}

/** An edit that brings a diagnostic up, and the one that undoes both; `before` is what the first one replaces. */
function backAndForth(edit: TextEdit, code: string, before = ''): readonly Keystroke[] {
  return [
    { ...edit, expected: { code, isShown: true } },
    { offset: edit.offset, length: edit.text.length, text: before, expected: { code, isShown: false } },
  ];
}

function found(pattern: RegExp, text: string): RegExpExecArray {
  const match = pattern.exec(text);
  if (!match) throw new Error(`No line of the record matches ${pattern}.`);
  return match;
}
