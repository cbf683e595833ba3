import { textAt } from '../../../registry/registry.js';
import { CONTAINMENT_BANDS } from '../../../registry/vocabulary.js';
import type { RecordCheck } from '../../check.js';
import { brought } from '../../destinations.js';

/** A potent product brought to a site that is not built to contain it. */
export const siteNotContained: RecordCheck = {
  code: 'site/not-contained',
  record(analysis, report, world) {
    const bands: readonly string[] = CONTAINMENT_BANDS;
    for (const { edit, site, products } of brought(analysis, world)) {
      const built = bands.indexOf(textAt(site, 'containment') ?? '');
      for (const product of products) {
        const needed = bands.indexOf(textAt(product, 'containment') ?? '');
        if (built < 0 || needed < 0 || built >= needed) continue;
        report({
          anchor: { in: 'record', record: analysis.record, place: edit.place },
          message:
            `${site.id} is built for ${bands[built]}, and ${product.id} needs ${bands[needed]}: people and other products would be exposed. ` +
            'Choose a site that contains it, or raise the containment of this one first.',
          related: [
            {
              message: `the containment of ${site.id}`,
              anchor: { in: 'registry', file: site.file, at: site.at },
            },
          ],
        });
      }
    }
  },
};
