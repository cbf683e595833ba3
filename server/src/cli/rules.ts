import { formatDate } from '../base/date.js';
import type { Pack, Rule } from '../rules/rule.js';
import { openRuleBook } from './ruleBook.js';
import { CannotRun, type Context, NOTHING_FOUND } from './services.js';
import { counted, padded, printable, styleFor } from './style.js';

export interface RulesOptions {
  readonly format: 'pretty' | 'json';
  readonly config?: string;
}

/** `entail rules`: lists the rules that hold in the workspace around the user. */
export async function rules(context: Context, options: RulesOptions): Promise<number> {
  const book = await openRuleBook(context, options.config, 'configured');
  if (book.rules.rules.size === 0)
    throw new CannotRun(
      'There is no rule: name packs in entail.jsonc, such as `"packs": ["us-drugs", "gmp"]`.',
    );
  const sorted = [...book.rules.rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const listed = sorted.map((rule) =>
    describe(rule, book.rules.packs.get(rule.pack), book.placeOf(rule.location)),
  );
  if (options.format === 'json') {
    context.io.stdout.write(`${JSON.stringify({ version: 1, rules: listed }, null, 2)}\n`);
    return NOTHING_FOUND;
  }
  const style = styleFor(context.io.stdout, context.io.environment);
  const width = Math.min(40, Math.max(...listed.map((rule) => rule.id.length)));
  for (const pack of new Set(listed.map((rule) => rule.pack))) {
    const own = listed.filter((rule) => rule.pack === pack);
    const { market, title } = { market: own[0]!.market, title: book.rules.packs.get(pack)?.title ?? '' };
    const where = market === null ? 'everywhere' : `market ${market}`;
    context.io.stdout.write(`${style.strong(printable(pack))}  ${printable(title)}, ${where}\n`);
    for (const rule of own) {
      const categories = rule.categories.length > 0 ? `  ${rule.categories.join(', ')}` : '';
      context.io.stdout.write(
        `  ${printable(padded(rule.id, width))}  ${printable(rule.title)}${printable(categories)}  ${style.faint(printable(`${rule.citations.join('; ')} (${rule.basis})`))}\n`,
      );
    }
    context.io.stdout.write('\n');
  }
  context.io.stdout.write(
    `${counted(listed.length, 'rule')}. \`entail explain RULE\` shows one of them whole.\n`,
  );
  return NOTHING_FOUND;
}

function describe(rule: Rule, pack: Pack | undefined, place: string) {
  const latest = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.max(a, b);
  const earliest = (a: number | null, b: number | null): number | null =>
    a === null ? b : b === null ? a : Math.min(a, b);
  const from = latest(rule.from, pack?.from ?? null);
  const until = earliest(rule.until, pack?.until ?? null);
  return {
    id: rule.name,
    title: rule.title,
    pack: rule.pack,
    market: pack?.market ?? null,
    categories: [...new Set(rule.reports.map((report) => report.category))],
    citations: rule.cites,
    basis: rule.basis,
    inForce: {
      from: from === null ? null : formatDate(from),
      until: until === null ? null : formatDate(until),
    },
    place,
  };
}
