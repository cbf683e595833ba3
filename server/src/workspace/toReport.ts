import { formatDate } from '../base/date.js';
import type { Range } from '../base/span.js';
import type { Finding } from '../checks/finding.js';
import type { Analysis } from '../impact/analyse.js';
import { countsOf } from '../impact/entailed.js';
import type { Obligation } from '../impact/obligation.js';
import type { Place } from '../model/edit.js';
import { type ChangeRecord, nodeOf } from '../model/record.js';
import type { RuleSet } from '../rules/compile.js';
import { type ParsedChanges, rangeOfNode } from './parsed.js';
import type { Report, ReportChange, ReportFinding, ReportObligation } from './report.js';
import { VERSION } from './version.js';

/** Counts and headers of a report; `changes` and `findings` are sorted already. */
export function reportOf(
  asOf: number,
  rules: RuleSet,
  changes: readonly ReportChange[],
  findings: readonly ReportFinding[],
): Report {
  const found = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) found[severity]++;
  const obligations = changes.flatMap((change) => change.obligations);
  const owed = countsOf(obligations);
  return {
    version: 1,
    tool: { name: 'entail', version: VERSION },
    asOf: formatDate(asOf),
    packs: [...rules.packs.values()].map((pack) => ({
      id: pack.id,
      rules: rules.rulesOf(pack.id).length,
      sha256: pack.sha256,
    })),
    summary: {
      changes: changes.length,
      obligations: obligations.length,
      unmet: owed.unmet,
      insufficient: owed.insufficient,
      open: owed.open,
      errors: found.error,
      warnings: found.warning,
      infos: found.info,
    },
    changes,
    findings,
  };
}

/** One record of a report. */
export function reportChange(record: ChangeRecord, analysis: Analysis, file: ParsedChanges): ReportChange {
  const rangeOf = (place: Place): Range => rangeOfNode(file, nodeOf(record, place));
  const { reached } = analysis;
  const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
  return {
    id: record.id,
    title: record.title,
    status: record.status,
    file: record.file,
    edits: analysis.edits.map((edit) => ({ key: edit.key, range: rangeOf(edit.place) })),
    reached: {
      sites: ids(reached.sites),
      validations: ids(reached.validations),
      filings: ids(reached.filings),
      products: ids(reached.products),
    },
    obligations: analysis.obligations.map((obligation) => reportObligation(obligation, rangeOf)),
  };
}

function reportObligation(obligation: Obligation, rangeOf: (place: Place) => Range): ReportObligation {
  return {
    id: obligation.id,
    kind: obligation.kind,
    state: obligation.state,
    target: obligation.target,
    market: obligation.market,
    site: obligation.site,
    validationKind: obligation.validationKind,
    category: obligation.category,
    judgedOn: obligation.judgedOn === null ? null : formatDate(obligation.judgedOn),
    items: obligation.items,
    because: obligation.because.map(({ rule, cite, basis, edit, path }) => ({
      rule,
      cite,
      basis,
      edit,
      path,
    })),
    questions: obligation.questions,
    facts: obligation.facts,
    dossier: obligation.dossier,
    documents: obligation.documents,
    lead: obligation.lead?.text ?? null,
    text: obligation.text,
    range: obligation.answer === null ? null : rangeOf(obligation.answer),
  };
}

/** One finding of a report. */
export function reportFinding(finding: Finding): ReportFinding {
  const { code, severity, change, file, range, message, obligation, related } = finding;
  return { code, severity, change, file, range, message, obligation, related };
}
