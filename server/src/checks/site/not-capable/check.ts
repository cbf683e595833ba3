import { textAt, textsAt } from '../../../registry/registry.js';
import type { RecordCheck } from '../../check.js';
import { brought } from '../../destinations.js';

/** A step brought to a site that may not do that kind of work. */
export const siteNotCapable: RecordCheck = {
  code: 'site/not-capable',
  record(analysis, report, world) {
    for (const { edit, site, subject } of brought(analysis, world)) {
      const activity = subject.kind === 'step' ? textAt(subject, 'activity') : undefined;
      const activities = textsAt(site, 'activities');
      if (edit.parts[0] !== 'site' || activity === undefined || !activities || activities.includes(activity))
        continue;
      report({
        anchor: { in: 'record', record: analysis.record, place: edit.place },
        message:
          `${site.id} can't take ${subject.id}: it does ${activities.join(', ') || 'nothing that the registry lists'}, and this step is ${activity}. ` +
          `Choose another site, or add ${activity} to the activities of ${site.id} once it is set up for it.`,
        related: [
          {
            message: `the activities of ${site.id}`,
            anchor: { in: 'registry', file: site.file, at: site.at },
          },
        ],
      });
    }
  },
};
