import type { Context } from './services.js';

/** `entail lsp`: serves an editor until it hangs up. */
export function lsp({ services }: Context): Promise<number> {
  return services.serveLanguage();
}
