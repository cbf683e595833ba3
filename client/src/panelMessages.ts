import type { ImpactView } from '../../server/src/ide/impactView.js';
import type { ViewPlace } from '../../server/src/ide/obligationsView.js';

/** What the extension tells the impact panel. */
export type ToPanel =
  | { readonly type: 'view'; readonly view: ImpactView | null }
  /** Give the picture as SVG. */
  | { readonly type: 'save' };

/** What the impact panel tells the extension. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly place: ViewPlace }
  /** Show one edit alone, or all of them. */
  | { readonly type: 'edit'; readonly key: string | null }
  | { readonly type: 'picture'; readonly svg: string };
