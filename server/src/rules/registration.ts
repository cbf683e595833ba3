import type { Edit } from '../model/edit.js';
import type { MapNode, RegistryNode } from '../registry/entity.js';
import { textsAt } from '../registry/registry.js';
import type { Context } from './context.js';
import { type Formula, or } from './formula.js';

export interface Registration {
  /** Whether the filing registers what the edit changes. */
  readonly registered: Formula;
  /** The category agreed with the authority for this element, which decides; else null. */
  readonly report: string | null;
}

/**
 * Whether the context's filing registers what its edit changes, and the category agreed for it.
 *
 * A list, an empty map and a map of nothing but `report` and `part` register the whole entity; a map with
 * further keys only those attributes. For a filing reached through `references` it is what the DMF, ASMF or
 * CEP registers that counts. An edit of the filing itself, of a protocol of it or of what a product
 * that it is for is, is always registered: no authority approves a product without its form and its route.
 * Without a filing nothing is.
 */
export function registeredIn(context: Context): Registration {
  const { edit, filing, reach, registry } = context;
  if (!filing) return NOT_REGISTERED;
  const through = reach.through.get(filing.id) ?? [];
  if (isOfFiling(context, [filing.id, ...through])) return { registered: true, report: null };
  const own = registrationIn(filing.id, filing.node, edit);
  if (through.length === 0 || own.registered === true) return own;
  const sources = through.map((id) => registrationIn(id, registry.get(id)?.node, edit));
  return {
    registered: or(sources.map((source) => source.registered)),
    report: sources.find((source) => source.report !== null)?.report ?? null,
  };
}

const NOT_REGISTERED: Registration = { registered: false, report: null };

/** What every application says of its product; its phase and its containment band are nobody's approval. */
const APPROVED_OF_PRODUCT = new Set(['name', 'modality', 'dosage-form', 'route', 'sterile', 'release']);

/** Keys of a registered entity that say something of it and name no attribute. */
const MARKS = new Set(['report', 'part']);

function isOfFiling(context: Context, filings: readonly string[]): boolean {
  const { edit, registry } = context;
  if (edit.subjectKind === 'filing') return filings.includes(edit.subject);
  if (edit.subjectKind === 'product' && APPROVED_OF_PRODUCT.has(edit.attribute))
    return filings.some((id) => (textsAt(registry.get(id)!, 'product') ?? []).includes(edit.subject));
  if (edit.subjectKind !== 'protocol') return false;
  const protocol = registry.get(edit.subject);
  return protocol !== undefined && (textsAt(protocol, 'filing') ?? []).some((id) => filings.includes(id));
}

function registrationIn(filing: string, node: MapNode | undefined, edit: Edit): Registration {
  const registers = node?.entries.get('registers')?.value;
  if (!registers || (registers.type === 'scalar' && registers.text === '')) {
    const facts = [{ entity: filing, attribute: 'registers' }];
    return { registered: { op: 'atom', key: `${filing}.registers`, questions: [], facts }, report: null };
  }
  if (registers.type === 'scalar') return { registered: registers.text === edit.subject, report: null };
  if (registers.type === 'list') {
    const listed = registers.items.some((item) => item.type === 'scalar' && item.text === edit.subject);
    return { registered: listed, report: null };
  }
  const element = registers.entries.get(edit.subject)?.value;
  return element ? registrationOf(element, edit) : NOT_REGISTERED;
}

function registrationOf(element: RegistryNode, edit: Edit): Registration {
  const whole = reportOf(element);
  if (element.type !== 'map') return { registered: true, report: whole };
  const names = [...element.entries.keys()].filter((key) => !MARKS.has(key) && !key.startsWith('x-'));
  if (names.length === 0) return { registered: true, report: whole };
  const called = namesOf(edit);
  const matching = names.filter((name) => called.has(name));
  if (matching.length === 0) return NOT_REGISTERED;
  const own = matching
    .map((name) => reportOf(element.entries.get(name)!.value))
    .find((report) => report !== null);
  return { registered: true, report: own ?? whole };
}

function reportOf(node: RegistryNode): string | null {
  if (node.type !== 'map') return null;
  const report = node.entries.get('report')?.value;
  return report?.type === 'scalar' && report.text !== '' ? report.text : null;
}

/** Every name under which a filing may register what an edit changes. */
function namesOf(edit: Edit): ReadonlySet<string> {
  const names = new Set([edit.attribute, ...edit.parts]);
  for (const key of edit.path ?? []) names.add(key);
  for (const line of edit.lines ?? []) names.add(line.path);
  return names;
}
