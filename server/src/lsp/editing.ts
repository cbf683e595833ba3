import type {
  ClientCapabilities,
  CodeAction,
  CodeActionContext,
  CreateFile,
  Diagnostic,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { Range } from '../base/span.js';
import type { CodeAction as Fix } from '../ide/fixes.js';
import type { Snapshot } from '../workspace/workspace.js';

/** A replacement in one file. */
interface Replacement {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

/** What is needed to say a change of a workspace in a client's terms. */
export interface EditTerms {
  readonly capabilities: ClientCapabilities;
  readonly snapshot: Snapshot;
  uriOf(path: string): string;
  /** The version of an open document, else null. */
  versionOf(uri: string): number | null;
}

/** Edits of files, those that are not there yet created; null where the client can't create files. */
export function toWorkspaceEdit(edits: readonly Replacement[], terms: EditTerms): WorkspaceEdit | null {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, range, newText } of edits) {
    const list = byPath.get(path);
    if (list) list.push({ range, newText });
    else byPath.set(path, [{ range, newText }]);
  }
  const abilities = terms.capabilities.workspace?.workspaceEdit;
  const isNew = (path: string): boolean => !terms.snapshot.file(path);
  const creates = [...byPath.keys()].some(isNew);
  if (abilities?.documentChanges !== true) {
    if (creates) return null;
    return {
      changes: Object.fromEntries([...byPath].map(([path, changes]) => [terms.uriOf(path), changes])),
    };
  }
  if (creates && !abilities.resourceOperations?.includes('create')) return null;
  return {
    documentChanges: [...byPath].flatMap(([path, changes]): (CreateFile | TextDocumentEdit)[] => {
      const uri = terms.uriOf(path);
      const edit = { textDocument: { uri, version: terms.versionOf(uri) }, edits: changes };
      return isNew(path) ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, edit] : [edit];
    }),
  };
}

/** The kinds of code actions that there are. */
export const ACTION_KINDS = ['quickfix', 'refactor.rewrite', 'source.fixAll.entail'] as const;

/** The fixes that an editor asks for, as it shows them, beside the diagnostics that they mend. */
export function toCodeActions(
  fixes: readonly Fix[],
  context: CodeActionContext,
  terms: EditTerms,
): CodeAction[] {
  return fixes.flatMap((fix) => {
    const kind = fix.kind === 'source.fixAll' ? 'source.fixAll.entail' : fix.kind;
    const asked = context.only?.some((only) => only === '' || kind === only || kind.startsWith(`${only}.`));
    // An action on the whole source is for those who ask for one.
    if (asked === false || (asked === undefined && kind.startsWith('source.'))) return [];
    const edit = toWorkspaceEdit(fix.edits, terms);
    if (!edit) return [];
    const diagnostics = context.diagnostics.filter((one) => fix.fixes.some((fixed) => isAbout(one, fixed)));
    return [
      {
        title: fix.title,
        kind,
        ...(fix.isPreferred ? { isPreferred: true } : {}),
        ...(diagnostics.length > 0 ? { diagnostics } : {}),
        edit,
      },
    ];
  });
}

function isAbout({ code, range }: Diagnostic, fixed: Fix['fixes'][number]): boolean {
  return (
    code === fixed.code &&
    range.start.line === fixed.range.start.line &&
    range.start.character === fixed.range.start.character
  );
}
