import type { Edit } from '../model/edit.js';
import type { Entity, Kind, RegistryNode } from '../registry/entity.js';
import { textAt, textsAt } from '../registry/registry.js';
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
 * CEP registers that counts. An edit of the filing itself or of a protocol of it is always registered, and so is what
 * every dossier says of its product and holder, and of what a registered entity names: the name and the address of a
 * site of a registered step, the name of a supplier of a registered material. Without a filing nothing is.
 */
export function registeredIn(context: Context): Registration {
  const { filing, reach, registry } = context;
  if (!filing) return NOT_REGISTERED;
  const through = reach.through.get(filing.id) ?? [];
  if (isOfFiling(context, [filing.id, ...through])) return { registered: true, report: null };
  const own = registrationIn(filing, context);
  if (through.length === 0 || own.registered === true) return own;
  const sources = through.map((id) => registrationIn(registry.get(id)!, context));
  return {
    registered: or(sources.map((source) => source.registered)),
    report: sources.find((source) => source.report !== null)?.report ?? null,
  };
}

const NOT_REGISTERED: Registration = { registered: false, report: null };

/** Keys of a registered entity that say something of it and name no attribute. */
const MARKS = new Set(['report', 'part']);

/** Where a filing names its product and its holder, and what every dossier says of them; a phase or a containment band is nobody's approval. */
const TOLD_OF: {
  readonly [K in 'product' | 'organisation']: readonly [attribute: string, told: ReadonlySet<string>];
} = {
  product: [
    'product',
    new Set(['name', 'modality', 'dosage-form', 'route', 'sterile', 'release', 'atc-code']),
  ],
  organisation: ['holder', new Set(['name'])],
};

function isOfFiling(context: Context, filings: readonly string[]): boolean {
  const { edit, registry } = context;
  if (edit.subjectKind === 'filing') return filings.includes(edit.subject);
  if (edit.subjectKind === 'product' || edit.subjectKind === 'organisation') {
    const [attribute, told] = TOLD_OF[edit.subjectKind];
    if (!told.has(edit.attribute)) return false;
    return filings.some((id) => textsAt(registry.get(id)!, attribute)?.includes(edit.subject));
  }
  if (edit.subjectKind !== 'protocol') return false;
  const protocol = registry.get(edit.subject);
  return protocol !== undefined && (textsAt(protocol, 'filing') ?? []).some((id) => filings.includes(id));
}

function registrationIn(filing: Entity, context: Context): Registration {
  const { edit } = context;
  const registers = filing.node.entries.get('registers')?.value;
  if (!registers || (registers.type === 'scalar' && registers.text === '')) {
    const facts = [{ entity: filing.id, attribute: 'registers' }];
    return { registered: { op: 'atom', key: `${filing.id}.registers`, questions: [], facts }, report: null };
  }
  const element = elementsOf(registers).get(edit.subject);
  const own = element ? registrationOf(element, edit) : NOT_REGISTERED;
  if (own.registered !== false || !isNamed(registers, context)) return own;
  return { registered: true, report: null };
}

/** What a filing registers, each with what it says of it: a lone ID or a list of them says no more. */
function elementsOf(registers: RegistryNode): ReadonlyMap<string, RegistryNode> {
  let elements = elementsOfNodes.get(registers);
  if (!elements) elementsOfNodes.set(registers, (elements = new Map(elementsIn(registers))));
  return elements;
}

/** A node is never changed, and a filing is looked up for every edit that reaches it. */
const elementsOfNodes = new WeakMap<RegistryNode, ReadonlyMap<string, RegistryNode>>();

function* elementsIn(registers: RegistryNode): Iterable<readonly [string, RegistryNode]> {
  if (registers.type === 'map') for (const [id, { value }] of registers.entries) yield [id, value];
  else
    for (const item of registers.type === 'list' ? registers.items : [registers])
      if (item.type === 'scalar') yield [item.text, item];
}

/** By kind: the attribute under which a registered entity names one of it, whose name and address the dossier gives. */
const NAMED_UNDER: { readonly [K in Kind]?: string } = { site: 'sites', supplier: 'suppliers' };
const NAMES: ReadonlySet<string> = new Set(['name', 'address']);

/** Whether the edit changes the name or the address of what is named by something that the filing registers. */
function isNamed(registers: RegistryNode, { edit, registry }: Context): boolean {
  if (!edit.subjectKind || !NAMES.has(edit.attribute)) return false;
  const isMeant =
    edit.subjectKind === 'organisation'
      ? (id: string) => textAt(registry.get(id)!, 'organisation') === edit.subject
      : (id: string) => id === edit.subject;
  const attribute = edit.subjectKind === 'organisation' ? 'sites' : NAMED_UNDER[edit.subjectKind];
  if (attribute === undefined) return false;
  return [...elementsOf(registers)].some(([id, element]) => {
    const entity = registry.get(id);
    if (!entity || !isRegisteredOf(element, attribute)) return false;
    return (textsAt(entity, attribute) ?? []).some((named) => registry.get(named) && isMeant(named));
  });
}

function isRegisteredOf(element: RegistryNode, attribute: string): boolean {
  const names = attributesOf(element);
  return names.length === 0 || names.includes(attribute);
}

/** The attributes that a registered element lists; none where the whole entity is registered. */
function attributesOf(element: RegistryNode): readonly string[] {
  if (element.type !== 'map') return [];
  return [...element.entries.keys()].filter((key) => !MARKS.has(key) && !key.startsWith('x-'));
}

function registrationOf(element: RegistryNode, edit: Edit): Registration {
  const whole = reportOf(element);
  const names = attributesOf(element);
  if (element.type !== 'map' || names.length === 0) return { registered: true, report: whole };
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
