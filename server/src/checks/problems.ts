import type { Analysis } from '../impact/analyse.js';
import type { ModelProblem } from '../model/problem.js';
import type { RegistryProblem } from '../registry/entity.js';
import type { RuleProblem } from '../rules/rule.js';
import type { Draft, Everything } from './check.js';

/** What the lowering of a record's edits found, of one code. */
export function problemDrafts(analysis: Analysis, code: ModelProblem['code']): Draft[] {
  return analysis.problems
    .filter((problem) => problem.code === code)
    .map(({ place, message, replacement }) => ({
      anchor: { in: 'record', record: analysis.record, place },
      message,
      ...(replacement === undefined ? {} : { replacement }),
    }));
}

/** What the compiling of the rule packs found, of one code. */
export function ruleProblemDrafts(everything: Everything, code: RuleProblem['code']): Draft[] {
  return everything.world.rules.problems
    .filter((problem) => problem.code === code)
    .map(({ location, message, replacement }) => ({
      anchor: { in: 'rules', location },
      message,
      ...(replacement === undefined ? {} : { replacement }),
    }));
}

/** What the reading of the registry found, of one code: file by file, then across files. */
export function registryProblemDrafts(everything: Everything, code: RegistryProblem['code']): Draft[] {
  return [...fileProblemDrafts(everything, code), ...draftsOf(everything.registryProblems, code)];
}

/** What the reading of the registry's files found, each by itself, of one code. */
export function fileProblemDrafts(everything: Everything, code: RegistryProblem['code']): Draft[] {
  return everything.registryFiles.flatMap(({ file, problems }) =>
    draftsOf(
      problems.map((problem) => ({ ...problem, file })),
      code,
    ),
  );
}

function draftsOf(problems: Everything['registryProblems'], code: RegistryProblem['code']): Draft[] {
  return problems
    .filter((problem) => problem.code === code)
    .map((problem) => ({
      anchor: { in: 'registry', file: problem.file, at: problem.at },
      message: problem.message,
      ...(problem.severity === undefined ? {} : { severity: problem.severity }),
      ...(problem.replacement === undefined ? {} : { replacement: problem.replacement }),
      ...(problem.related
        ? {
            related: [
              { message: 'the other place', anchor: { in: 'registry' as const, ...problem.related } },
            ],
          }
        : {}),
    }));
}
