import { LineIndex } from '../base/lineIndex.js';
import { compileRules, type RuleSet, type RulesSource } from '../rules/compile.js';
import type { RuleLocation } from '../rules/rule.js';
import { parseRules } from '../syntax/parser.js';
import { spanOf } from '../syntax/tree.js';
import { isPackGlob } from '../workspace/config.js';
import { Selection } from '../workspace/selection.js';
import type { SourceFile } from '../workspace/workspace.js';
import { hasConfig, type Opened, openWorkspace, packIds } from './opened.js';
import type { Context } from './services.js';

/** The rules that hold where the user is, and where each stands. */
export interface RuleBook {
  readonly rules: RuleSet;
  /** The workspace around the user, or null where there is no entail.jsonc. */
  readonly opened: Opened | null;
  /** `FILE:LINE`, and whether it comes with Entail. */
  placeOf(location: RuleLocation): string;
}

/**
 * Reads the packs of the workspace around the user, and of those that ship with Entail all of them or those
 * that its configuration names.
 */
export async function openRuleBook(
  context: Context,
  configOption: string | undefined,
  shipped: 'all' | 'configured',
): Promise<RuleBook> {
  const opened = (await hasConfig(context, configOption))
    ? await openWorkspace(context, [], configOption)
    : null;
  const packs = opened?.shippedPacks ?? (await context.services.shippedPacks());
  const named = new Set(opened?.config.packs.filter((entry) => !isPackGlob(entry)));
  const chosen = packs.filter((pack) => {
    if (!pack.path.endsWith('.rules')) return false;
    return opened === null || shipped === 'all' || packIds([pack]).some((id) => named.has(id));
  });
  const sources: RulesSource[] = [
    ...chosen.map((pack) => sourceOf(pack, true)),
    ...ownPacks(opened).map((pack) => sourceOf(pack, false)),
  ];
  return {
    rules: compileRules(sources),
    opened,
    placeOf: (location) => {
      const source = sources.findLast((one) => one.file === location.file);
      if (!source) return location.file;
      const { start } = spanOf(source.tree.tokens, location.node);
      const { line } = new LineIndex(source.tree.text).position(start);
      return `${location.file}:${line + 1}${source.shipped ? ' (comes with Entail)' : ''}`;
    },
  };
}

function ownPacks(opened: Opened | null): readonly SourceFile[] {
  if (!opened) return [];
  const selection = new Selection(opened.config);
  return opened.files.filter((file) => selection.roleOf(file.path) === 'packs' && file.fault === undefined);
}

function sourceOf(pack: SourceFile, shipped: boolean): RulesSource {
  return { file: pack.path, tree: parseRules(pack.text), shipped };
}
