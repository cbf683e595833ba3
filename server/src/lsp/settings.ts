import type { Connection } from 'vscode-languageserver';
import { parseDate } from '../base/date.js';

/** What an editor's settings may say under `entail`. */
export interface Settings {
  /** The day on which everything is judged, in days since 1970-01-01; null for today. */
  readonly asOf: number | null;
}

export const DEFAULT_SETTINGS: Settings = { asOf: null };

/** An editor that doesn't answer must not keep the server from its work. In milliseconds. */
const LONGEST_WAIT = 2000;

/** Asks the editor for its settings; null where it doesn't answer. */
export async function pullSettings(connection: Connection): Promise<unknown> {
  const late = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), LONGEST_WAIT);
    if (typeof timer === 'object') timer.unref();
  });
  return Promise.race([connection.workspace.getConfiguration('entail'), late]);
}

/** Reads settings as an editor sent them; `fault` is a sentence on what is wrong with them, if anything. */
export function readSettings(given: unknown): { readonly settings: Settings; readonly fault: string | null } {
  const asOf = typeof given === 'object' && given !== null && 'asOf' in given ? given.asOf : null;
  if (asOf === null || asOf === undefined || asOf === '') return { settings: DEFAULT_SETTINGS, fault: null };
  const day = typeof asOf === 'string' ? parseDate(asOf) : null;
  if (day !== null) return { settings: { asOf: day }, fault: null };
  return {
    settings: DEFAULT_SETTINGS,
    fault: `The setting entail.asOf is ${JSON.stringify(asOf)}, which is no date. Write one such as "2026-11-22", or leave it empty for today. Until then everything is judged as of today.`,
  };
}
