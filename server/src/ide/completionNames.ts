/** Completion of names in the statements of a record: references of the right kind at each place. */

import { packsFor } from '../impact/case.js';
import type { Obligation } from '../impact/obligation.js';
import { textAt, textsAt } from '../registry/registry.js';
import { VALIDATION_KINDS } from '../registry/vocabulary.js';
import { Kind } from '../syntax/kinds.js';
import { quoteText } from '../syntax/texts.js';
import { escapeSnippet } from './completionItem.js';
import { lineChoice } from './completionLine.js';
import { addOfEdit } from './completionParts.js';
import { addReferences, refer } from './completionReferences.js';
import { addDates, type RecordScene } from './completionScene.js';
import type { StatementSlot } from './completionStatement.js';
import { conditionName, linesFor, nameInRecord } from './lines.js';

/** What may be named where a statement expects a name. */
export function addNames(scene: RecordScene, slot: StatementSlot): void {
  switch (slot.role) {
    case Kind.Because:
      return;
    case Kind.By:
      if (slot.verb === Kind.Expect) addRules(scene);
      else addDates(scene);
      return;
    case Kind.On:
    case Kind.Done:
      addDates(scene);
      return;
    case Kind.Evidence:
    case Kind.Protocol:
      addDocuments(scene);
      return;
    case Kind.New:
      addValidationKinds(scene);
      return;
    case Kind.Of:
      refer(scene, {
        kinds: null,
        first: newSubjects(scene, slot.names.get(Kind.New) ?? []),
        accepts: ({ kind }) => kind !== 'validation',
      });
      return;
    case Kind.No:
      addRules(scene);
      return;
  }
  switch (slot.verb) {
    case Kind.Modify:
    case Kind.Add:
    case Kind.Remove:
    case Kind.Replace:
    case Kind.Transfer:
      addOfEdit(scene, slot);
      return;
    case Kind.Expect:
      addOfExpect(scene, slot);
      return;
    default:
      addOfAnswer(scene, slot);
  }
}

// ---- answers ------------------------------------------------------------------------------------

function addOfAnswer(scene: RecordScene, slot: StatementSlot): void {
  const here = slot.names.get(slot.role) ?? [];
  switch (slot.verb) {
    case Kind.Revalidate:
    case Kind.Unaffected:
      if (slot.role === Kind.At) addSites(scene, slot);
      else addTargets(scene, slot.verb, here);
      return;
    case Kind.File:
      if (slot.role === Kind.As) addCategories(scene, slot.names.get(Kind.File) ?? []);
      else if (slot.role === Kind.For) addScope(scene, null);
      else if (slot.role === Kind.In) addSubmissions(scene);
      else {
        addRests(scene, 'file', ['filing']);
        refer(scene, { kinds: ['filing'], first: targetsOf(scene, ['filing']), without: here });
      }
      return;
    case Kind.Implement:
      if (slot.role === Kind.Implement)
        refer(scene, { kinds: ['filing'], first: declaredFilings(scene), without: here });
      return;
    case Kind.Notify:
      addRests(scene, 'notify', ['notification']);
      refer(scene, { kinds: ['organisation'], first: targetsOf(scene, ['notification']), without: here });
      return;
    case Kind.Approval:
      refer(scene, {
        kinds: ['filing', 'organisation'],
        first: [...targetsOf(scene, ['approval']), ...declaredFilings(scene)],
        without: here,
      });
      return;
    case Kind.Perform:
      addTasks(scene);
      return;
    case Kind.Confirm:
    case Kind.Deny:
      if (slot.role === Kind.For) addScope(scene, slot.names.get(slot.verb) ?? []);
      else addConditions(scene, here);
  }
}

function isUnanswered({ answer, state }: Obligation): boolean {
  return answer === null && (state === 'unmet' || state === 'open');
}

/** What follows the verb in the lines that answer something owed: `PV-LRG-S5 at DAB-4 by 2027-05-31`. */
function addRests(scene: RecordScene, verb: string, kinds: readonly Obligation['kind'][]): void {
  const { builder, snapshot, analysis } = scene;
  if (builder.typed.inQuotes) return;
  const open = (analysis?.obligations ?? []).filter(isUnanswered);
  for (const obligation of kinds.flatMap((kind) => open.filter((one) => one.kind === kind))) {
    for (const line of linesFor(obligation, snapshot)) {
      if (!line.startsWith(`${verb} `)) continue;
      const group = obligation.state === 'unmet' ? 0 : 1;
      builder.add(group, lineChoice(line, obligation, builder.isEmpty, verb));
    }
  }
}

function addTargets(scene: RecordScene, verb: number, without: readonly string[]): void {
  const { builder, analysis } = scene;
  const duties = ['revalidation', 'assessment'] as const;
  if (without.length === 0) addRests(scene, verb === Kind.Revalidate ? 'revalidate' : 'unaffected', duties);
  if (!builder.typed.inQuotes) {
    for (const { target, kind, state } of analysis?.obligations ?? []) {
      const [marker, validation, ...subject] = target.split(':');
      if ((kind !== 'revalidation' && kind !== 'assessment') || marker !== 'new' || state === 'met') continue;
      builder.add(3, {
        label: `new ${validation} of ${nameInRecord(subject.join(':'))}`,
        kind: 'line',
        detail: 'no such validation is in the registry yet',
        data: { topic: 'kind', name: validation! },
      });
    }
    builder.add(8, {
      label: 'new',
      kind: 'keyword',
      detail: 'a validation that is not there yet',
      insert: 'new ',
    });
  }
  refer(scene, { kinds: ['validation'], first: targetsOf(scene, duties), without });
}

function addSites(scene: RecordScene, slot: StatementSlot): void {
  const { analysis, snapshot } = scene;
  const targets = slot.names.get(slot.verb) ?? [];
  const kinds = slot.names.get(Kind.New) ?? [];
  const about = [
    ...targets,
    ...kinds.map((kind) => `new:${kind}:${(slot.names.get(Kind.Of) ?? [])[0] ?? ''}`),
  ];
  const owed = (analysis?.obligations ?? []).filter(({ target }) => about.includes(target));
  const own = targets.flatMap((id) => {
    const validation = snapshot.world.registry.get(id);
    return (validation && textsAt(validation, 'site')) ?? [];
  });
  const first = [...owed.filter(isUnanswered), ...owed].flatMap(({ site }) => site ?? []);
  refer(scene, { kinds: ['site'], first: [...first, ...own] });
}

/** The targets of what is owed, unanswered ones first. */
function targetsOf({ analysis }: RecordScene, kinds: readonly Obligation['kind'][]): readonly string[] {
  const owed = (analysis?.obligations ?? []).filter(({ kind }) => kinds.includes(kind));
  return [...owed.filter(isUnanswered), ...owed].map(({ target }) => target);
}

/** What a new validation of some kinds is owed for. */
function newSubjects(scene: RecordScene, kinds: readonly string[]): readonly string[] {
  return targetsOf(scene, ['revalidation', 'assessment']).flatMap((target) => {
    const [, kind, subject] = /^new:([^:]*):(.*)$/.exec(target) ?? [];
    return kind !== undefined && subject !== undefined && kinds.includes(kind) ? [subject] : [];
  });
}

function declaredFilings({ record }: RecordScene): readonly string[] {
  return (record?.answers ?? []).flatMap((answer) =>
    answer.kind === 'file' ? answer.filings.map(({ text }) => text) : [],
  );
}

/** The categories of the markets of the filings named; the lowest and highest that are owed stand out. */
function addCategories(scene: RecordScene, filings: readonly string[]): void {
  const { builder, snapshot, analysis } = scene;
  const { world } = snapshot;
  const owed = (analysis?.obligations ?? []).filter(
    ({ kind, target }) => kind === 'filing' && filings.includes(target),
  );
  const bounds = owed.flatMap(({ category }) => [
    { name: category?.highest ?? null, says: 'enough whatever the answers are' },
    { name: category?.lowest ?? null, says: 'the lowest possible' },
  ]);
  const settled = owed.length === 1 && owed[0]!.category?.lowest === owed[0]!.category?.highest;
  for (const { name, says } of bounds) {
    if (name === null || name === 'none') continue;
    builder.add(0, {
      label: name,
      kind: 'category',
      detail: settled ? 'what is owed' : says,
      insert: nameInRecord(name),
      preferred: builder.isEmpty,
      data: { topic: 'category', name, of: filings[0] ?? '' },
    });
  }
  for (const id of filings) {
    const filing = world.registry.get(id);
    if (!filing) continue;
    for (const pack of packsFor(world, textAt(filing, 'market'), textAt(filing, 'type'))) {
      for (const name of [...pack.categories].reverse()) {
        if (name === 'none') continue;
        builder.add(1, {
          label: name,
          kind: 'category',
          detail: pack.id,
          insert: nameInRecord(name),
          data: { topic: 'category', name, of: id },
        });
      }
    }
  }
}

/** What `for` may name: what the open questions of the conditions are about, then the record's edits and subjects. */
function addScope(scene: RecordScene, conditions: readonly string[] | null): void {
  const { builder, snapshot, analysis } = scene;
  for (const { questions } of analysis?.obligations ?? []) {
    for (const question of conditions === null ? [] : questions) {
      const short = question.condition.slice(question.condition.indexOf('/') + 1);
      if (!conditions?.includes(question.condition) && !conditions?.includes(short)) continue;
      builder.add(0, {
        label: question.for,
        kind: 'entity',
        detail: question.text,
        insert: nameInRecord(question.for),
        data: { topic: 'entity', name: question.for },
      });
    }
  }
  for (const edit of analysis?.edits ?? []) {
    const name = edit.detail === null ? edit.attribute : `${edit.attribute}.${edit.detail}`;
    const label = edit.path === null ? edit.key : `${edit.subject}.${name}`;
    builder.add(conditions === null ? 1 : 9, {
      label,
      kind: 'value',
      detail: 'an edit of this record',
      insert: nameInRecord(label),
    });
  }
  const own = analysis?.edits.flatMap((edit) => [edit.in, edit.subject, edit.out]) ?? [];
  const first = own.filter((id) => id !== null);
  refer({ ...scene, snapshot }, { kinds: null, first, accepts: ({ id }) => scene.distances.has(id) });
}

function addSubmissions({ builder, record }: RecordScene): void {
  for (const answer of record?.answers ?? []) {
    if (answer.kind === 'file' && answer.submission)
      builder.add(0, { label: answer.submission.text, kind: 'value', detail: 'a submission of this record' });
  }
}

function addTasks({ builder, analysis, snapshot }: RecordScene): void {
  const tasks = (analysis?.obligations ?? []).filter(({ kind }) => kind === 'task');
  for (const task of [...tasks.filter(isUnanswered), ...tasks]) {
    builder.add(isUnanswered(task) ? 0 : 1, {
      label: task.target,
      kind: 'word',
      detail: task.text,
      insert: nameInRecord(task.target),
      data: { topic: 'obligation', name: task.id },
    });
  }
  for (const rule of snapshot.world.rules.rules.values())
    for (const { id, text } of rule.tasks) builder.add(2, { label: id, kind: 'word', detail: text });
}

/** Conditions still open for this record first, each with its question; then every other, and protocols. */
function addConditions(scene: RecordScene, without: readonly string[]): void {
  const { builder, snapshot, analysis } = scene;
  const { world } = snapshot;
  for (const { questions } of analysis?.obligations ?? []) {
    for (const question of questions) {
      const name = conditionName(question.condition, world);
      if (without.includes(name)) continue;
      const about = nameInRecord(question.for);
      const whole = `${nameInRecord(name)} for ${about} because`;
      builder.add(0, {
        label: `${name} for ${about}`,
        kind: 'condition',
        detail: question.text,
        insert: without.length > 0 ? nameInRecord(name) : `${escapeSnippet(whole)} "\${1:…}"$0`,
        format: without.length > 0 ? undefined : 'snippet',
        preferred: builder.isEmpty,
        data: { topic: 'condition', name: question.condition },
      });
    }
  }
  for (const condition of world.rules.conditions.values()) {
    const label = conditionName(condition.name, world);
    if (without.includes(label)) continue;
    builder.add(1, {
      label,
      kind: 'condition',
      detail: condition.question,
      insert: nameInRecord(label),
      data: { topic: 'condition', name: condition.name },
    });
  }
  addReferences(builder, 2, snapshot, scene.distances, { kinds: ['protocol'], without });
}

/** What Entail reads itself is no evidence. */
const OWN_FILES = /\.(?:change|rules|ya?ml|jsonc)$/;

/** Documents of the workspace, and those that the record names already. */
function addDocuments({ builder, snapshot, record }: RecordScene): void {
  for (const answer of record?.answers ?? []) {
    const grounds = 'grounds' in answer ? (answer.grounds?.evidence ?? []) : [];
    const protocol = answer.kind === 'revalidate' && answer.protocol ? [answer.protocol] : [];
    for (const { text } of [...grounds, ...protocol])
      builder.add(0, {
        label: text,
        kind: 'document',
        detail: 'named in this record',
        insert: quoteText(text),
      });
  }
  for (const path of snapshot.paths) {
    if (OWN_FILES.test(path)) continue;
    builder.add(1, {
      label: path,
      kind: 'document',
      detail: 'a file of the workspace',
      insert: quoteText(path),
    });
  }
}

function addValidationKinds({ builder, analysis }: RecordScene): void {
  const owed = (analysis?.obligations ?? []).flatMap(({ target, validationKind }) =>
    target.startsWith('new:') && validationKind !== null ? [validationKind] : [],
  );
  for (const name of [...owed, ...VALIDATION_KINDS])
    builder.add(owed.includes(name) ? 0 : 1, { label: name, kind: 'word', insert: nameInRecord(name) });
}

// ---- expectations -------------------------------------------------------------------------------

function addOfExpect(scene: RecordScene, slot: StatementSlot): void {
  const { builder, snapshot, analysis } = scene;
  if (slot.role === Kind.For) {
    refer(scene, { kinds: ['filing'], first: targetsOf(scene, ['filing']) });
    return;
  }
  if (slot.role === Kind.Revalidate || slot.role === Kind.Assess) {
    const duty = slot.role === Kind.Revalidate ? 'revalidation' : 'assessment';
    refer(scene, { kinds: ['validation'], first: targetsOf(scene, [duty]) });
    builder.add(8, {
      label: 'new',
      kind: 'keyword',
      detail: 'a validation that is not there yet',
      insert: 'new ',
    });
    return;
  }
  for (const obligation of analysis?.obligations ?? []) {
    const { kind, target, category } = obligation;
    if (kind !== 'filing' || category?.lowest == null || category.lowest !== category.highest) continue;
    const name = nameInRecord(category.lowest);
    builder.add(0, {
      label: `${category.lowest === 'none' ? 'none' : name} for ${nameInRecord(target)}`,
      kind: 'line',
      detail: 'the outcome as it is now',
      data: { topic: 'obligation', name: obligation.id },
    });
  }
  const words = ['no', 'revalidate', 'assess'];
  for (const word of words)
    builder.add(1, {
      label: word,
      kind: 'keyword',
      insert: `${word} `,
      data: { topic: 'statement', name: 'expect' },
    });
  for (const pack of snapshot.world.rules.packs.values())
    for (const name of pack.categories)
      builder.add(2, {
        label: name,
        kind: 'category',
        detail: pack.id,
        insert: name === 'none' ? name : nameInRecord(name),
        data: { topic: 'category', name },
      });
}

/** Rules that speak of this record first. */
function addRules({ builder, snapshot, analysis }: RecordScene): void {
  const { rules } = snapshot.world.rules;
  const own = [...(analysis?.considered() ?? [])].sort();
  for (const name of [...own, ...rules.keys()]) {
    const rule = rules.get(name);
    if (!rule) continue;
    builder.add(own.includes(name) ? 0 : 1, {
      label: name,
      kind: 'rule',
      detail: rule.title,
      insert: nameInRecord(name),
      filter: `${name} ${rule.title}`,
      data: { topic: 'rule', name },
    });
    if (builder.isFull) return;
  }
}
