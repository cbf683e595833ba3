import type { Code } from './codes.js';
import { PAGES } from './pages.generated.js';

/** The page of a finding code in Markdown: what it means, why it matters, examples, how to fix it. */
export function pageOf(code: Code): string {
  return PAGES[code];
}
