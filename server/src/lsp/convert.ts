import type { Diagnostic } from 'vscode-languageserver';
import type { Finding, Severity } from '../checks/finding.js';

/** Turns names of our files and pages into addresses that an editor opens. */
export interface Addresses {
  /** The URI of a file of the workspace. */
  uriOf(file: string): string;
  /** Where the pages of the findings are, with a `/` at the end. */
  readonly pages: string;
}

/** What `Diagnostic.data` carries for a quick fix. */
export interface DiagnosticData {
  readonly replacement: string | null;
  readonly obligation: string | null;
}

// The protocol's numbers; importing the enumeration would load the whole protocol for three of them.
const SEVERITIES: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };

/** A finding as an editor shows it. */
export function toDiagnostic(finding: Finding, addresses: Addresses): Diagnostic {
  const data: DiagnosticData = { replacement: finding.replacement, obligation: finding.obligation };
  return {
    range: finding.range,
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: `${addresses.pages}${finding.code}.md` },
    source: 'entail',
    message: finding.message,
    relatedInformation: finding.related.map((place) => ({
      message: place.message,
      location: { uri: addresses.uriOf(place.file), range: place.range },
    })),
    data,
  };
}
