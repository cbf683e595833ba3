import { isInside, type Value } from '../base/value.js';
import type { Entity } from '../registry/entity.js';
import { nodeAt, siteValue, textAt, textsAt } from '../registry/registry.js';
import type { Context } from './context.js';
import { and, type Formula, type MissingFact, or } from './formula.js';
import { sideOf } from './operand.js';

/**
 * Whether what the edit proposes is validated already.
 *
 * - A parameter of a step: at each site concerned (`at SITE`, else all the step's sites) some current process
 *   validation of the step has a range that holds the proposed value. A validation without the parameter
 *   among its ranges doesn't validate it; one without ranges leaves it open.
 * - A site put in: the step has a current process validation there.
 * - Anything else is not validated.
 */
export function isValidated(context: Context): Formula {
  const { edit } = context;
  if (edit.parts[0] === 'site' && edit.in !== null)
    return or(processValidations(context, edit.in).map((validation) => isCurrent(validation)));
  if (edit.parts[0] !== 'parameter' || edit.detail !== null) return false;
  const parameter = edit.parts[1];
  const [proposed, ...others] = sideOf(edit, 'proposed');
  if (parameter === undefined || !proposed || others.length > 0) return false;
  const sites = sitesOf(context);
  if (sites === undefined) return open(edit.subject, 'sites');
  if (sites.length === 0) return false;
  return and(sites.map((site) => isValidatedAt(context, site, parameter, proposed)));
}

function sitesOf(context: Context): readonly string[] | undefined {
  const { edit, registry, network } = context;
  if (edit.site !== null) return [edit.site];
  const subject = registry.get(edit.subject);
  const own = subject && textsAt(subject, 'sites');
  if (own) return own;
  const sites = network.sitesOf(edit.subject);
  return sites.length > 0 ? sites : undefined;
}

function isValidatedAt(context: Context, site: string, parameter: string, proposed: Value): Formula {
  return or(
    processValidations(context, site).map((validation) => {
      const current = isCurrent(validation);
      if (current === false) return false;
      const ranges = nodeAt(validation, 'ranges');
      if (!ranges) return and([current, open(validation.id, 'ranges')]);
      const range = siteValue(nodeAt(validation, 'ranges', [parameter]), site);
      return range !== undefined && isInside(proposed, range) === true ? current : false;
    }),
  );
}

function processValidations(context: Context, site: string): readonly Entity[] {
  return context.network
    .validationsOf(context.edit.subject)
    .filter((validation) => textAt(validation, 'kind') === 'process' && textAt(validation, 'site') === site);
}

function isCurrent(validation: Entity): Formula {
  const status = textAt(validation, 'status');
  return status === undefined ? open(validation.id, 'status') : status === 'current';
}

function open(entity: string, attribute: string): Formula {
  const facts: MissingFact[] = [{ entity, attribute }];
  return { op: 'atom', key: `${entity}.${attribute}`, questions: [], facts };
}
