/** The functions that an expression can call: arithmetic on values, and questions about sites and reach. */
import { addQuantity, parseDate } from '../base/date.js';
import { type Amount, convert, differenceOf, lookupUnit, ratioOf } from '../base/quantity.js';
import type { Value } from '../base/value.js';
import type { Entity, Kind, RegistryNode } from '../registry/entity.js';
import { entriesOf, nodeAt, textAt, textsAt, valueAt } from '../registry/registry.js';
import { CONTAINMENT_BANDS, STAGES } from '../registry/vocabulary.js';
import { parseValue } from '../syntax/value.js';
import type { Context } from './context.js';
import { and, type Formula, type MissingFact, or } from './formula.js';
import {
  elementName,
  Missing,
  missingAttribute,
  type Operand,
  proposedElement,
  type Reader,
} from './operand.js';

/** A function that yields a number or quantity; undefined where there is none of the name. */
export function numericCall(name: string, args: readonly Reader[]): Reader | undefined {
  switch (name) {
    case 'ratio':
      return twoAmounts(name, args, (a, b) => {
        const ratio = ratioOf(a, b);
        return ratio === null ? null : { number: ratio, unit: null };
      });
    case 'difference':
      return twoAmounts(name, args, differenceOf);
    case 'total':
      return args[0] && total(args[0]);
    case 'share':
      return args[0] && shareOf(args[0]);
    default:
      return undefined;
  }
}

/** A function that is true or false; undefined where there is none of the name. */
export function truthCall(
  name: string,
  args: readonly Reader[],
): ((context: Context) => Formula) | undefined {
  const [first, second, third] = args;
  switch (name) {
    case 'inspected':
      return first && second && third && ofSite(name, [first, second, third], inspected);
    case 'authorised':
      return first && second && ofSite(name, [first, second], authorised);
    case 'capable':
      return first && second && ofSite(name, [first, second], capable);
    case 'contained':
      return first && second && ofSite(name, [first, second], contained);
    case 'reaches':
      return first && reaches(first);
    default:
      return undefined;
  }
}

type Stage = (typeof STAGES)[number];

// ---- numbers ------------------------------------------------------------------------------------

const PERCENT = lookupUnit('%') ?? null;

/** One amount, what is missing to know it, or null where there is none. */
type AmountOrMissing = Amount | 'nothing' | Missing | null;

/**
 * The single amount that an argument yields. `none` counts as nothing; a component put in or taken out
 * without more stands for its share.
 */
function amountOf(context: Context, operand: Operand): AmountOrMissing {
  if (operand === null || operand instanceof Missing) return operand;
  const [value, ...others] = operand;
  if (!value || others.length > 0) return null;
  if (value.kind === 'amount') return value.amount;
  if (value.kind === 'none') return 'nothing';
  if (elementName(context.edit, 'component') === null || value.kind !== 'id') return null;
  return shareOfComponent(context, value.text);
}

function shareOfComponent(context: Context, component: string): AmountOrMissing {
  const { edit, registry } = context;
  const subject = registry.get(edit.subject);
  const value =
    (edit.out === component ? undefined : proposedElement(context, 'component', component, 'share')?.[0]) ??
    (subject &&
      (valueAt(subject, 'composition', [component, 'share']) ??
        valueAt(subject, 'composition', [component])));
  if (value === undefined) return missingAttribute(edit.subject, `composition.${component}.share`);
  if (value.kind === 'none') return 'nothing';
  return value.kind === 'amount' ? value.amount : null;
}

function amountValue(amount: Amount): readonly Value[] {
  const text = amount.unit ? `${amount.number} ${amount.unit.code}` : String(amount.number);
  return [{ kind: 'amount', amount, text }];
}

function twoAmounts(
  name: string,
  args: readonly Reader[],
  combine: (a: Amount, b: Amount) => Amount | null,
): Reader | undefined {
  const [first, second] = args;
  if (!first || !second) return undefined;
  return (context) => {
    const a = amountOf(context, first(context));
    const b = amountOf(context, second(context));
    if (a === null || b === null) return null;
    if (a instanceof Missing || b instanceof Missing) return combineMissing(name, [a, b]);
    if (a === 'nothing' && b === 'nothing') return null;
    const zero = (other: Amount | 'nothing'): Amount =>
      other === 'nothing' ? { number: 0, unit: null } : { number: 0, unit: other.unit };
    const result = combine(a === 'nothing' ? zero(b) : a, b === 'nothing' ? zero(a) : b);
    return result && amountValue(result);
  };
}

function combineMissing(name: string, parts: readonly (Amount | 'nothing' | Missing)[]): Missing {
  const keys = parts.map((part) => {
    if (part instanceof Missing) return part.key;
    return part === 'nothing' ? 'none' : amountValue(part)[0]!.text;
  });
  const facts = parts.flatMap((part) => (part instanceof Missing ? part.facts : []));
  return new Missing(`${name}(${keys.join(', ')})`, facts);
}

/** Edits of one subject and sort add up; those whose value is no amount of the same dimension don't count. */
function total(argument: Reader): Reader {
  return (context) => {
    const { edit } = context;
    let sum: Amount | null = null;
    const missing: Missing[] = [];
    for (const other of context.edits) {
      if (other.subject !== edit.subject || other.parts[0] !== edit.parts[0]) continue;
      const own = other === edit ? context : { ...context, edit: other };
      const amount = amountOf(own, argument(own));
      if (amount instanceof Missing) missing.push(amount);
      else if (amount !== null && amount !== 'nothing')
        sum = plus(sum, { number: Math.abs(amount.number), unit: amount.unit });
    }
    if (missing.length > 0) return combineMissing('total', sum ? [sum, ...missing] : missing);
    return sum && amountValue(sum);
  };
}

/** The sum in the unit of the first; what is of another dimension doesn't count. */
function plus(sum: Amount | null, amount: Amount): Amount {
  if (sum === null) return amount;
  const same = convert(amount, sum.unit);
  return same ? { number: sum.number + same.number, unit: sum.unit } : sum;
}

function shareOf(argument: Reader): Reader {
  return (context) => {
    const { edit, registry } = context;
    const wanted = argument(context);
    if (wanted === null || wanted instanceof Missing) return wanted;
    const name = wanted[0]?.text;
    const subject = registry.get(edit.subject);
    if (name === undefined || subject?.kind !== 'material') return null;
    const composition = nodeAt(subject, 'composition');
    if (!composition) return missingAttribute(subject.id, 'composition');
    let sum: Amount | null = null;
    const facts: MissingFact[] = [];
    for (const component of componentsAsProposed(context, composition)) {
      const role = functionOf(context, subject, component);
      if (role === null || (role !== undefined && role !== name)) continue;
      if (role === undefined) {
        facts.push({ entity: subject.id, attribute: `composition.${component}.function` });
        continue;
      }
      const amount = shareOfComponent(context, component);
      if (amount instanceof Missing) facts.push(...amount.facts);
      else if (amount !== null && amount !== 'nothing') sum = plus(sum, amount);
    }
    if (facts.length > 0) return new Missing(`share(${subject.id}, ${name})`, facts);
    return amountValue(sum ?? { number: 0, unit: PERCENT });
  };
}

function componentsAsProposed(context: Context, composition: RegistryNode): readonly string[] {
  const components = new Set(entriesOf(composition).keys());
  for (const edit of context.edits) {
    if (edit.subject !== context.edit.subject || edit.parts[0] !== 'component') continue;
    if (edit.out !== null) components.delete(edit.out);
    if (edit.in !== null) components.add(edit.in);
  }
  return [...components];
}

/** What a component does; null for one that is no excipient, undefined where nobody says. */
function functionOf(context: Context, subject: Entity, component: string): string | null | undefined {
  const proposed = proposedElement(context, 'component', component, 'function')?.[0];
  const role = proposed?.text ?? textAt(subject, 'composition', [component, 'function']);
  if (role !== undefined) return role;
  const material = context.registry.get(component);
  const stage = material && textAt(material, 'stage');
  return stage === undefined || stage === 'excipient' ? undefined : null;
}

// ---- questions ----------------------------------------------------------------------------------

type SiteQuestion = (context: Context, site: Entity, others: readonly string[], key: string) => Formula;

/** Asks of every site that the first argument names; an argument that names no site makes it false. */
function ofSite(name: string, args: readonly Reader[], ask: SiteQuestion): (context: Context) => Formula {
  return (context) => {
    const operands: (readonly Value[])[] = [];
    const keys: string[] = [];
    const facts: MissingFact[] = [];
    for (const argument of args) {
      const operand = argument(context);
      if (operand === null) return false;
      if (operand instanceof Missing) {
        keys.push(operand.key);
        facts.push(...operand.facts);
      } else {
        operands.push(operand);
        keys.push(operand.map((value) => value.text).join('+'));
      }
    }
    if (facts.length > 0) return { op: 'atom', key: `${name}(${keys.join(', ')})`, questions: [], facts };
    const [sites = [], ...rest] = operands;
    const others = rest.map((values) => values[0]?.text ?? '');
    if (sites.length === 0 || others.includes('')) return false;
    const answers: Formula[] = [];
    for (const value of sites) {
      const site = context.registry.get(value.text);
      if (site?.kind !== 'site') return false;
      const accepts = context.pack?.accepts.join('+') ?? '';
      answers.push(ask(context, site, others, `${name}(${[site.id, ...others].join(', ')})|${accepts}`));
    }
    return and(answers);
  };
}

function unknown(key: string, ...facts: readonly MissingFact[]): Formula {
  return { op: 'atom', key, questions: [], facts };
}

function isAccepted(context: Context, authority: string | null): boolean {
  const accepts = context.pack?.accepts ?? [];
  return accepts.length === 0 || (authority !== null && accepts.includes(authority));
}

/** The latest of the accepted inspections of the activity decides, if it is within the period. */
function inspected(
  context: Context,
  site: Entity,
  [activity, period]: readonly string[],
  key: string,
): Formula {
  const inspections = nodeAt(site, 'inspections');
  const missing = unknown(key, { entity: site.id, attribute: 'inspections' });
  if (inspections?.type !== 'list') return missing;
  const earliest = earliestDay(context.day, period!);
  if (earliest === null) return false;
  const relevant = inspections.items
    .map((item) => ({
      authority: scalar(item, 'authority'),
      outcome: scalar(item, 'outcome'),
      day: dayOf(item, 'date'),
      covers: coverage(item, activity!),
    }))
    .filter((inspection) => isAccepted(context, inspection.authority) && inspection.covers !== false)
    .filter((inspection) => inspection.outcome !== 'pending')
    .filter((inspection) => inspection.day === null || inspection.day <= context.day)
    .sort((a, b) => (b.day ?? context.day) - (a.day ?? context.day));
  // What one inspection doesn't say matters only where it could turn the answer.
  let mayPass = false;
  let mayFail = false;
  for (const { outcome, day, covers } of relevant) {
    if (day !== null && day < earliest) break;
    const certain = day !== null && covers === true;
    if (certain && outcome === 'acceptable') return mayFail ? missing : true;
    if (certain && outcome === 'unacceptable') return mayPass ? missing : false;
    mayPass ||= outcome !== 'unacceptable';
    mayFail ||= outcome !== 'acceptable';
  }
  return mayPass ? missing : false;
}

function authorised(context: Context, site: Entity, [activity]: readonly string[], key: string): Formula {
  const authorisations = nodeAt(site, 'authorisations');
  const missing = unknown(key, { entity: site.id, attribute: 'authorisations' });
  if (authorisations?.type !== 'list') return missing;
  return or(
    authorisations.items.map((item) => {
      const until = dayOf(item, 'until');
      if (!isAccepted(context, scalar(item, 'authority')) || (until !== null && until < context.day))
        return false;
      const covers = coverage(item, activity!);
      return covers === undefined ? missing : covers;
    }),
  );
}

function capable(_context: Context, site: Entity, [activity]: readonly string[], key: string): Formula {
  const activities = textsAt(site, 'activities');
  return activities
    ? activities.includes(activity!)
    : unknown(key, { entity: site.id, attribute: 'activities' });
}

function contained(context: Context, site: Entity, [productId]: readonly string[], key: string): Formula {
  const product = context.registry.get(productId!);
  if (product?.kind !== 'product') return false;
  const facts: MissingFact[] = [];
  const [offered, needed] = [site, product].map((entity) => {
    const band = textAt(entity, 'containment');
    if (band === undefined) facts.push({ entity: entity.id, attribute: 'containment' });
    return band === undefined ? -1 : (CONTAINMENT_BANDS as readonly string[]).indexOf(band);
  });
  if (facts.length > 0) return unknown(key, ...facts);
  return needed! >= 0 && offered! >= needed!;
}

function reaches(argument: Reader): (context: Context) => Formula {
  return (context) => {
    const kinds = argument(context);
    if (kinds === null || kinds instanceof Missing) return false;
    const kind = kinds[0]?.text as Kind | Stage | undefined;
    const { reach, registry } = context;
    if (kind === 'site') return reach.sites.length > 0;
    if (kind === 'filing') return reach.filings.length > 0;
    if (kind === 'validation') return reach.validations.length > 0;
    if (kind === 'product') return reach.products.length > 0;
    const isStage = (STAGES as readonly string[]).includes(kind ?? '');
    for (const reached of reach.entities.values()) {
      if (reached.kind === kind) return true;
      if (isStage && reached.kind === 'material' && textAt(registry.get(reached.id)!, 'stage') === kind)
        return true;
    }
    return false;
  };
}

/** Whether an inspection or authorisation is about an activity; undefined where it doesn't say. */
function coverage(item: RegistryNode, activity: string): boolean | undefined {
  const activities = entriesOf(item).get('activities')?.value;
  if (!activities) return undefined;
  if (activities.type === 'scalar') return activities.text === activity;
  return (
    activities.type === 'list' &&
    activities.items.some((entry) => entry.type === 'scalar' && entry.text === activity)
  );
}

function scalar(item: RegistryNode, key: string): string | null {
  const node = entriesOf(item).get(key)?.value;
  return node?.type === 'scalar' && node.text !== '' ? node.text : null;
}

function dayOf(item: RegistryNode, key: string): number | null {
  const text = scalar(item, key);
  return text === null ? null : parseDate(text);
}

function earliestDay(day: number, period: string): number | null {
  const value = parseValue(period);
  if (value.kind !== 'amount') return null;
  return addQuantity(day, { number: -value.amount.number, unit: value.amount.unit });
}
