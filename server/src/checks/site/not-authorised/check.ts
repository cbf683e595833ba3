import { formatDate, parseDate } from '../../../base/date.js';
import type { Entity } from '../../../registry/entity.js';
import { entriesOf, nodeAt, textAt, textsAt } from '../../../registry/registry.js';
import type { RecordCheck } from '../../check.js';
import { brought, implementDay } from '../../destinations.js';

/** A step brought to a site whose authorisation doesn't cover the work on the day it is implemented. */
export const siteNotAuthorised: RecordCheck = {
  code: 'site/not-authorised',
  record(analysis, report, world) {
    const day = implementDay(analysis, world);
    for (const { edit, site, subject } of brought(analysis, world)) {
      const activity = subject.kind === 'step' ? textAt(subject, 'activity') : undefined;
      const authorisations = nodeAt(site, 'authorisations');
      if (edit.parts[0] !== 'site' || activity === undefined || !authorisations) continue;
      const covering = authorisationsOf(site).filter((one) => one.activities.includes(activity));
      if (covering.some((one) => one.until === null || one.until >= day)) continue;
      const lapsed = covering.map((one) => one.until!).sort((a, b) => b - a)[0];
      const why =
        lapsed === undefined
          ? `no authorisation of ${site.id} covers ${activity}`
          : `the authorisation of ${site.id} for ${activity} ends on ${formatDate(lapsed)}, before ${formatDate(day)}`;
      report({
        anchor: { in: 'record', record: analysis.record, place: edit.place },
        message: `${subject.id} can't be done at ${site.id} yet: ${why}. Have it authorised first, and enter that in the registry.`,
        related: [
          {
            message: `the authorisations of ${site.id}`,
            anchor: { in: 'registry', file: site.file, at: authorisations.at },
          },
        ],
      });
    }
  },
};

function authorisationsOf(
  site: Entity,
): readonly { readonly activities: readonly string[]; readonly until: number | null }[] {
  const list = nodeAt(site, 'authorisations');
  if (list?.type !== 'list') return [];
  return list.items.map((item) => {
    const own: Entity = {
      ...site,
      node: { type: 'map', at: item.at, entries: entriesOf(item) as Entity['node']['entries'] },
    };
    const until = textAt(own, 'until');
    return {
      activities: textsAt(own, 'activities') ?? [],
      until: until === undefined ? null : parseDate(until),
    };
  });
}
