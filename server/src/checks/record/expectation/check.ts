import type { Analysis } from '../../../impact/analyse.js';
import { isNameOf } from '../../../impact/answers.js';
import { targetName } from '../../../impact/duties.js';
import { isEvidence, placeOf } from '../../../model/record.js';
import type { ExpectNode } from '../../../syntax/nodes.js';
import type { RecordCheck } from '../../check.js';

/** An `expect` line that doesn't hold. */
export const recordExpectation: RecordCheck = {
  code: 'record/expectation',
  record(analysis, report) {
    // Of what is evidence nothing is worked out anew, so there is nothing that it could be held against.
    if (isEvidence(analysis.record)) return;
    for (const expect of analysis.record.expects) {
      const message = failureOf(expect, analysis);
      if (message === null) continue;
      report({
        anchor: { in: 'record', record: analysis.record, place: placeOf(analysis.record, expect) },
        message,
      });
    }
  },
};

/** Why an expectation fails, or null where it holds (or is incomplete, which the parser has said). */
function failureOf(expect: ExpectNode, analysis: Analysis): string | null {
  switch (expect.kind) {
    case 'expect-category': {
      if (!expect.category || !expect.filing) return null;
      const filing = expect.filing.text;
      const obligation = analysis.obligations.find((one) => one.kind === 'filing' && one.target === filing);
      if (!obligation)
        return `Expected ${expect.category.text} for ${filing}, but the change doesn't reach ${filing}.`;
      const { lowest, highest } = obligation.category!;
      if (lowest !== expect.category.text || highest !== expect.category.text) {
        const found = lowest === highest ? (lowest ?? 'open') : `open between ${lowest} and ${highest}`;
        const because = [...new Set(obligation.because.map((reason) => reason.rule))].join(', ');
        return `Expected ${expect.category.text} for ${filing}, but it is ${found} (by ${because || 'no rule'}).`;
      }
      const rule = expect.rule?.text;
      const rules = [...new Set(obligation.because.map((reason) => reason.rule))];
      if (rule === undefined || rules.some((name) => isNameOf(rule, name))) return null;
      return `${filing} is ${lowest}, but not by ${rule}: by ${rules.join(', ')}.`;
    }
    case 'expect-no': {
      const rule = expect.rule?.text;
      const found =
        rule === undefined ? undefined : [...analysis.considered()].find((name) => isNameOf(rule, name));
      return found === undefined ? null : `Expected that ${found} doesn't apply, but it does, or may.`;
    }
    case 'expect-duty': {
      if (!expect.target) return null;
      const kind = expect.duty === 'revalidate' ? 'revalidation' : 'assessment';
      const target = targetName(expect.target);
      const owed = analysis.obligations.filter((one) => one.kind === kind);
      if (owed.some((one) => one.target === target)) return null;
      const found = owed.map((one) => one.target).join(', ') || 'none';
      return `Expected to ${expect.duty} ${target}, but what is owed of that kind is: ${found}.`;
    }
  }
}
