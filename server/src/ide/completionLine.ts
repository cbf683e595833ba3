/** Lines that answer something owed, as choices: their dates and grounds are places to type over. */
import type { Obligation } from '../impact/obligation.js';
import { type Choice, escapeSnippet } from './completionItem.js';
import { GROUNDS_TO_FILL_IN } from './lines.js';

/** A line of `linesFor`; `without` is the verb, where it stands there already. */
export function lineChoice(
  line: string,
  obligation: Obligation,
  preferred: boolean,
  without: string | null = null,
): Choice {
  const rest = without === null ? line : line.slice(without.length + 1);
  const dated = openDate(line);
  return {
    label: dated === null ? rest : `${rest} ${dated} \u2026`,
    kind: 'line',
    detail: obligation.text,
    insert: dated === null ? snippetOf(rest) : `${snippetOf(rest)} ${dated} $0`,
    format: 'snippet',
    preferred,
    data: { topic: 'obligation', name: obligation.id },
  };
}

/** The word whose date the author has to give, because nothing in the record settles it. */
function openDate(line: string): string | null {
  if (/\d{4}-\d{2}-\d{2}$/.test(line)) return null;
  if (/^(?:revalidate|perform) /.test(line)) return 'by';
  return /^file /.test(line) ? 'on' : null;
}

function snippetOf(line: string): string {
  return escapeSnippet(line)
    .replace(/ (by|on) (\d{4}-\d{2}-\d{2})$/, ' $1 $${1:$2}')
    .replace(`"${GROUNDS_TO_FILL_IN}"`, `"\${1:${GROUNDS_TO_FILL_IN}}"`);
}
