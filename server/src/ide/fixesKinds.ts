/** Of which kinds the entity may be that an unknown name stands for, by the place at which it is named. */

import type { Span } from '../base/span.js';
import { resolvePath } from '../model/path.js';
import { RELATIONS } from '../model/relations.js';
import type { Kind } from '../registry/entity.js';
import { references } from '../registry/references.js';
import type { Registry } from '../registry/registry.js';
import type { Node, Statement, Word } from '../syntax/nodes.js';
import type { ParsedChanges, ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { isAt, recordAt } from './fixesScene.js';
import { registryFor } from './names.js';

/** Empty where the name stands for no entity, or where anything might be meant. */
export function kindsMeant(snapshot: Snapshot, file: ParsedFile, span: Span): readonly Kind[] {
  const registry = registryFor(snapshot, file.source.path);
  if (file.kind === 'changes') {
    const record = recordAt(file, span.start);
    const kinds = record?.node.statements.flatMap((statement) =>
      kindsInStatement(new Site(file, span, registry), statement),
    );
    return [...new Set(kinds)];
  }
  if (file.kind !== 'registry') return [];
  for (const entity of file.registry.entities)
    for (const { at, kinds } of references(entity))
      if (file.registry.starts[at] === span.start) return kinds ?? [];
  return [];
}

class Site {
  constructor(
    readonly file: ParsedChanges,
    readonly span: Span,
    readonly registry: Registry,
  ) {}

  isAmong(words: readonly (Node | null)[]): boolean {
    return words.some((word) => word !== null && isAt(this.file, word, this.span));
  }

  /** The kinds of the names that the registry knows. */
  kindsOf(words: readonly (Word | null)[]): readonly Kind[] {
    return words.flatMap((word) => (word && this.registry.get(word.text)?.kind) ?? []);
  }
}

function kindsInStatement(site: Site, statement: Statement): readonly Kind[] {
  switch (statement.kind) {
    case 'modify': {
      if (site.isAmong(statement.sites)) return ['site'];
      const line = statement.lines.find((one) => site.isAmong([...one.current, ...one.proposed]));
      const subjects = statement.subjects.flatMap((word) => site.registry.get(word.text) ?? []);
      return line
        ? subjects.flatMap((subject) => resolvePath(subject, line.path?.text ?? '')?.refers ?? [])
        : [];
    }
    case 'add':
    case 'remove':
      return kindsOfRelation(site, statement.parts, statement.subjects);
    case 'replace':
      if (site.isAmong([statement.in])) {
        const known = site.kindsOf([statement.out]);
        if (known.length > 0) return known;
      }
      return kindsOfRelation(site, [statement.out, statement.in], statement.subjects);
    case 'transfer':
      if (site.isAmong([statement.from, statement.to])) return ['site'];
      return site.isAmong(statement.subjects) ? ['step', 'equipment'] : [];
    case 'revalidate':
    case 'expect-duty':
      if (statement.target?.newKind) return [];
      if (statement.kind === 'revalidate' && site.isAmong([statement.site])) return ['site'];
      return site.isAmong([statement.target?.ref ?? null]) ? ['validation'] : [];
    case 'unaffected': {
      if (site.isAmong([statement.site])) return ['site'];
      const targets = statement.targets.filter((target) => !target.newKind).map((target) => target.ref);
      return site.isAmong(targets) ? ['validation'] : [];
    }
    case 'file':
    case 'implement':
      return site.isAmong(statement.filings) ? ['filing'] : [];
    case 'notify':
      return site.isAmong(statement.parties) ? ['organisation'] : [];
    case 'approval':
      return site.isAmong(statement.by) ? ['filing', 'organisation'] : [];
    case 'expect-category':
      return site.isAmong([statement.filing]) ? ['filing'] : [];
    default:
      return [];
  }
}

/** Parts by what the known subjects can have; subjects by what the known parts can belong to. */
function kindsOfRelation(
  site: Site,
  parts: readonly (Word | null)[],
  subjects: readonly Word[],
): readonly Kind[] {
  if (site.isAmong(parts)) {
    const known = site.kindsOf(subjects);
    return RELATIONS.filter(({ of, held }) => known.includes(of) && held !== 'tests').map(({ part }) => part);
  }
  if (!site.isAmong(subjects)) return [];
  const known = site.kindsOf(parts);
  return RELATIONS.filter(({ part, held }) => known.includes(part) && held !== 'tests').map(({ of }) => of);
}
