import type { Diagnostic, Location } from 'vscode-languageserver';
import type { Range } from '../base/span.js';
import type { Finding, Severity } from '../checks/finding.js';

/** Turns a path of a project into an address; null for a file that the editor can't open. */
export type UriOf = (path: string) => string | null;

/** What `Diagnostic.data` carries for a quick fix. */
export interface DiagnosticData {
  readonly replacement: string | null;
  readonly obligation: string | null;
}

// The protocol's numbers; importing the enumeration would load the whole protocol for three of them.
const SEVERITIES: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };

/** A finding as an editor shows it; `pages` is where the pages of the findings are, with a `/` at the end. */
export function toDiagnostic(finding: Finding, uriOf: UriOf, pages: string): Diagnostic {
  const data: DiagnosticData = { replacement: finding.replacement, obligation: finding.obligation };
  return {
    range: finding.range,
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: `${pages}${finding.code}.md` },
    source: 'entail',
    message: finding.message,
    relatedInformation: finding.related.flatMap(({ message, file, range }) =>
      toLocation(uriOf, file, range).map((location) => ({ message, location })),
    ),
    data,
  };
}

/** A place as the protocol names it; none where the editor can't open the file. */
export function toLocation(uriOf: UriOf, path: string, range: Range): Location[] {
  const uri = uriOf(path);
  return uri === null ? [] : [{ uri, range }];
}
