import type { RecordCheck } from '../../check.js';

/** A fact that a rule needed and the registry doesn't hold. */
export const registryFactMissing: RecordCheck = {
  code: 'registry/fact-missing',
  record(analysis, report, world) {
    const seen = new Set<string>();
    for (const obligation of analysis.obligations) {
      for (const { entity: id, attribute } of obligation.facts) {
        const entity = world.registry.get(id);
        if (!entity || seen.has(`${id}.${attribute}`)) continue;
        seen.add(`${id}.${attribute}`);
        report({
          anchor: { in: 'registry', file: entity.file, at: entity.at },
          message: `A rule asks for \`${attribute}\` of ${id}, and the registry doesn't hold it, so the outcome stays open. Add \`${attribute}:\` to ${id}.`,
        });
      }
    }
  },
};
