/** Every check, in the order of its code. */

import { approvalMissing } from './approval/missing/check.js';
import { assessmentMissing } from './assessment/missing/check.js';
import type { Check } from './check.js';
import { filingMissing } from './filing/missing/check.js';
import { filingOpenQuestion } from './filing/open-question/check.js';
import { filingOverReported } from './filing/over-reported/check.js';
import { filingUnderReported } from './filing/under-reported/check.js';
import { notificationMissing } from './notification/missing/check.js';
import { recordContradiction } from './record/contradiction/check.js';
import { recordDuplicateEdit } from './record/duplicate-edit/check.js';
import { recordDuplicateId } from './record/duplicate-id/check.js';
import { recordExpectation } from './record/expectation/check.js';
import { recordLapsed } from './record/lapsed/check.js';
import { recordMissingField } from './record/missing-field/check.js';
import { recordMissingGrounds } from './record/missing-grounds/check.js';
import { recordNotDone } from './record/not-done/check.js';
import { recordOverrides } from './record/overrides/check.js';
import { recordStaleValue } from './record/stale-value/check.js';
import { recordUnitMismatch } from './record/unit-mismatch/check.js';
import { recordUnknownField } from './record/unknown-field/check.js';
import { recordUnknownReference } from './record/unknown-reference/check.js';
import { recordUnusedAnswer } from './record/unused-answer/check.js';
import { registryDivergentCriteria } from './registry/divergent-criteria/check.js';
import { registryDuplicateId } from './registry/duplicate-id/check.js';
import { registryFactMissing } from './registry/fact-missing/check.js';
import { registryNotAsRegistered } from './registry/not-as-registered/check.js';
import { registrySchema } from './registry/schema/check.js';
import { registryStepNotValidated } from './registry/step-not-validated/check.js';
import { registryUnknownReference } from './registry/unknown-reference/check.js';
import { registryValidationExpired } from './registry/validation-expired/check.js';
import { rulesDeadTrigger } from './rules/dead-trigger/check.js';
import { rulesNoCitation } from './rules/no-citation/check.js';
import { rulesNoExample } from './rules/no-example/check.js';
import { rulesOverrides } from './rules/overrides/check.js';
import { rulesTypeMismatch } from './rules/type-mismatch/check.js';
import { rulesUnknownFact } from './rules/unknown-fact/check.js';
import { siteNotAuthorised } from './site/not-authorised/check.js';
import { siteNotCapable } from './site/not-capable/check.js';
import { siteNotContained } from './site/not-contained/check.js';
import { syntax } from './syntax/check.js';
import { taskMissing } from './task/missing/check.js';
import { timelineImplementTooEarly } from './timeline/implement-too-early/check.js';
import { timelineOutOfOrder } from './timeline/out-of-order/check.js';
import { validationMissing } from './validation/missing/check.js';
import { validationWrongSite } from './validation/wrong-site/check.js';
import { workspaceNothingToCheck } from './workspace/nothing-to-check/check.js';
import { workspaceUnreadable } from './workspace/unreadable/check.js';

export const CHECKS: readonly Check[] = [
  approvalMissing,
  assessmentMissing,
  filingMissing,
  filingOpenQuestion,
  filingOverReported,
  filingUnderReported,
  notificationMissing,
  recordContradiction,
  recordDuplicateEdit,
  recordDuplicateId,
  recordExpectation,
  recordLapsed,
  recordMissingField,
  recordMissingGrounds,
  recordNotDone,
  recordOverrides,
  recordStaleValue,
  recordUnitMismatch,
  recordUnknownField,
  recordUnknownReference,
  recordUnusedAnswer,
  registryDivergentCriteria,
  registryDuplicateId,
  registryFactMissing,
  registryNotAsRegistered,
  registrySchema,
  registryStepNotValidated,
  registryUnknownReference,
  registryValidationExpired,
  rulesDeadTrigger,
  rulesNoCitation,
  rulesNoExample,
  rulesOverrides,
  rulesTypeMismatch,
  rulesUnknownFact,
  siteNotAuthorised,
  siteNotCapable,
  siteNotContained,
  syntax,
  taskMissing,
  timelineImplementTooEarly,
  timelineOutOfOrder,
  validationMissing,
  validationWrongSite,
  workspaceNothingToCheck,
  workspaceUnreadable,
];
