/** Registers every request about a place in a text: each is a pure function of the snapshot, put in the protocol's terms. */
import {
  type CallHierarchyItem,
  type CancellationToken,
  type ClientCapabilities,
  type CompletionItem,
  type Connection,
  type DocumentSymbol,
  type Location,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type SelectionRange,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { LineIndex } from '../base/lineIndex.js';
import type { Range, Span } from '../base/span.js';
import { type Completion, type CompletionData, completions, resolveCompletion } from '../ide/completion.js';
import { definitionsAt } from '../ide/definition.js';
import { codeActions } from '../ide/fixes.js';
import { foldingRanges } from '../ide/folding.js';
import { type HierarchyItem, incomingOf, outgoingOf, prepareHierarchy } from '../ide/hierarchy.js';
import { highlightsAt } from '../ide/highlights.js';
import { hints } from '../ide/hints.js';
import { hover } from '../ide/hover.js';
import { lenses } from '../ide/lenses.js';
import { documentLinks } from '../ide/links.js';
import { referencesAt } from '../ide/references.js';
import { prepareRename, rename } from '../ide/rename.js';
import { selectionRanges } from '../ide/selection.js';
import { documentSymbols, type DocumentSymbol as Outline, workspaceSymbols } from '../ide/symbols.js';
import { encodeTokens, semanticTokens } from '../ide/tokens.js';
import type { ParsedFile } from '../workspace/parsed.js';
import type { Snapshot } from '../workspace/workspace.js';
import { toLocation, type UriOf } from './convert.js';
import { type EditTerms, toCodeActions, toWorkspaceEdit } from './editing.js';
import { formattingEdits, languageOf, typedStretch } from './formatting.js';
import { COMPLETION_KINDS, HIERARCHY_KINDS, SYMBOL_KINDS } from './kinds.js';
import type { ShownTokens } from './semanticTokens.js';

/** A workspace as it stands after every change that the editor has told so far. */
export interface View {
  readonly snapshot: Snapshot;
  readonly uriOf: UriOf;
  /** The address of a file of the workspace, there or not. */
  addressOf(path: string): string;
  /** Which of these paths are files, whether or not they are the workspace's own. */
  existing(paths: Iterable<string>): Promise<ReadonlySet<string>>;
}

/** How the server finds what a request is about. */
export interface FeatureSource {
  readonly capabilities: () => ClientCapabilities;
  /** The workspace of a document, and its path there; null for a document of none. */
  viewOf(uri: string): Promise<(View & { readonly path: string }) | null>;
  views(): Promise<readonly View[]>;
  /** The text of an open document, of a workspace or not. */
  textOf(uri: string): string | null;
  versionOf(uri: string): number | null;
}

/** A request's document in its workspace. */
interface Scene extends View {
  readonly uri: string;
  readonly path: string;
  readonly file: ParsedFile;
  readonly lines: LineIndex;
}

export function registerFeatures(connection: Connection, source: FeatureSource, tokens: ShownTokens): void {
  const features = new Features(source);
  const { at, respond } = features;

  connection.onHover(
    respond(null, (scene, { position }) => {
      const found = hover(scene.snapshot, scene.path, at(scene, position));
      if (!found) return null;
      const formats = source.capabilities().textDocument?.hover?.contentFormat;
      const kind = formats && !formats.includes('markdown') ? 'plaintext' : 'markdown';
      return { range: found.range, contents: { kind, value: found.markdown } };
    }),
  );
  connection.onCompletion(
    respond({ isIncomplete: false, items: [] }, (scene, { position }) => {
      const { items, isIncomplete } = completions(scene.snapshot, scene.path, at(scene, position));
      return { isIncomplete, items: items.map((item) => features.toCompletion(item, scene)) };
    }),
  );
  connection.onCompletionResolve(async (item) => {
    const data = item.data as ({ readonly uri: string } & CompletionData) | undefined;
    const view = data && (await source.viewOf(data.uri));
    const words = view && data ? resolveCompletion(view.snapshot, data) : null;
    return words === null ? item : { ...item, documentation: { kind: 'markdown', value: words } };
  });

  connection.onDefinition(
    respond(null, (scene, { position }) => {
      const found = definitionsAt(scene.snapshot, scene.path, at(scene, position));
      if (source.capabilities().textDocument?.definition?.linkSupport !== true)
        return found.flatMap(({ path, selectionRange }) => toLocation(scene.uriOf, path, selectionRange));
      return found.flatMap(({ path, range, selectionRange, origin }) =>
        toLocation(scene.uriOf, path, range).map(({ uri }) => ({
          originSelectionRange: origin,
          targetUri: uri,
          targetRange: range,
          targetSelectionRange: selectionRange,
        })),
      ) as unknown as Location[];
    }),
  );
  connection.onReferences(
    respond(null, (scene, { position, context }) =>
      referencesAt(
        scene.snapshot,
        scene.path,
        at(scene, position),
        context.includeDeclaration ? 'with-declarations' : 'without-declarations',
      ).flatMap(({ path, range }) => toLocation(scene.uriOf, path, range)),
    ),
  );
  connection.onDocumentHighlight(
    respond(null, (scene, { position }) =>
      highlightsAt(scene.snapshot, scene.path, at(scene, position)).map(({ range, kind }) => ({
        range,
        kind: kind === 'write' ? 3 : 2,
      })),
    ),
  );
  connection.onPrepareRename(
    respond(null, (scene, { position }) => {
      const found = prepareRename(scene.snapshot, scene.path, at(scene, position));
      if (found?.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, found.message);
      return found && { range: found.range, placeholder: found.placeholder };
    }),
  );
  connection.onRenameRequest(
    respond(null, (scene, { position, newName }) => {
      const found = rename(scene.snapshot, scene.path, at(scene, position), newName);
      if (found.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, found.message);
      return toWorkspaceEdit(found.edits, features.editTerms(scene));
    }),
  );

  connection.onDocumentSymbol(
    respond(null, (scene) => documentSymbols(scene.snapshot, scene.path).map(toDocumentSymbol)),
  );
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    const views = await source.views();
    stopIfCancelled(token);
    return views.flatMap(({ snapshot, uriOf }) =>
      workspaceSymbols(snapshot, query).flatMap(({ name, kind, detail, path, selectionRange }) =>
        toLocation(uriOf, path, selectionRange).map((location): WorkspaceSymbol => {
          return { name, kind: SYMBOL_KINDS[kind], containerName: detail, location };
        }),
      ),
    );
  });
  connection.onDocumentLinks(
    respond(null, async (scene) => {
      const candidates = new Set<string>();
      documentLinks(scene.snapshot, scene.path, (candidate) => !candidates.add(candidate));
      const files = await scene.existing(candidates);
      return documentLinks(scene.snapshot, scene.path, (candidate) => files.has(candidate)).map((link) => ({
        range: link.range,
        tooltip: link.tooltip,
        target: 'url' in link.target ? link.target.url : scene.addressOf(link.target.path),
      }));
    }),
  );

  connection.languages.callHierarchy.onPrepare(
    respond(null, (scene, { position }) => {
      const item = prepareHierarchy(scene.snapshot, scene.path, at(scene, position));
      return item && toHierarchyItems(item, scene.uriOf, scene.uri);
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(async ({ item }, token) => {
    const scene = await features.hierarchyScene(item, token);
    return (
      scene &&
      incomingOf(scene.view.snapshot, scene.data).flatMap((found) =>
        toHierarchyItems(found, scene.view.uriOf, scene.data.uri).map((from) => ({
          from,
          fromRanges: [from.selectionRange],
        })),
      )
    );
  });
  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }, token) => {
    const scene = await features.hierarchyScene(item, token);
    return (
      scene &&
      outgoingOf(scene.view.snapshot, scene.data).flatMap((found) =>
        toHierarchyItems(found, scene.view.uriOf, scene.data.uri).map((to) => ({
          to,
          fromRanges: [item.selectionRange],
        })),
      )
    );
  });

  connection.onCodeLens(
    respond(null, (scene) =>
      lenses(scene.snapshot, scene.path).map(({ range, title, command }) => ({
        range,
        command: { title, command: command.command, arguments: [...command.arguments] },
      })),
    ),
  );
  connection.languages.inlayHint.on(
    respond(null, (scene, { range }) =>
      hints(scene.snapshot, scene.path, spanIn(scene, range)).map(({ position, label }) => ({
        position,
        label,
        paddingLeft: true,
      })),
    ),
  );
  connection.languages.semanticTokens.on(
    respond({ data: [] }, (scene) =>
      tokens.full(scene.uri, encodeTokens(semanticTokens(scene.snapshot, scene.path))),
    ),
  );
  connection.languages.semanticTokens.onDelta(
    respond({ data: [] }, (scene, { previousResultId }) =>
      tokens.delta(scene.uri, previousResultId, encodeTokens(semanticTokens(scene.snapshot, scene.path))),
    ),
  );
  connection.languages.semanticTokens.onRange(
    respond({ data: [] }, (scene, { range }) => ({
      data: encodeTokens(semanticTokens(scene.snapshot, scene.path, spanIn(scene, range))),
    })),
  );
  connection.onFoldingRanges(
    respond(null, (scene) => foldingRanges(scene.snapshot, scene.path).map((range) => ({ ...range }))),
  );
  connection.onSelectionRanges(
    respond(null, (scene, { positions }) =>
      positions.map((position) =>
        nested(selectionRanges(scene.snapshot, scene.path, at(scene, position)), position),
      ),
    ),
  );

  connection.onCodeAction(
    respond(null, (scene, { range, context }) =>
      toCodeActions(
        codeActions(scene.snapshot, scene.path, spanIn(scene, range), scene.snapshot.findingsOf(scene.path)),
        context,
        features.editTerms(scene),
      ),
    ),
  );
  const layOut = async (
    uri: string,
    within: (text: string, language: 'change' | 'rules') => Span | undefined,
  ) => {
    // Layout needs no workspace: any text of ours can be laid out.
    const text = source.textOf(uri);
    const language = languageOf(uri);
    if (text === null || language === null) return null;
    return [...formattingEdits(text, language, within(text, language))];
  };
  connection.onDocumentFormatting(({ textDocument }) => layOut(textDocument.uri, () => undefined));
  connection.onDocumentRangeFormatting(({ textDocument, range }) =>
    layOut(textDocument.uri, (text) => spanOfRange(new LineIndex(text), range)),
  );
  connection.onDocumentOnTypeFormatting(({ textDocument, position, ch }) =>
    layOut(textDocument.uri, (text, language) =>
      typedStretch(text, language, new LineIndex(text).offset(position), ch),
    ),
  );
}

class Features {
  readonly #lines = new WeakMap<ParsedFile, LineIndex>();

  constructor(readonly source: FeatureSource) {}

  readonly at = (scene: Scene, position: Position): number => scene.lines.offset(position);

  /** A handler that answers about one document; `otherwise` where it belongs to no workspace. */
  readonly respond = <
    Parameters extends { readonly textDocument: { readonly uri: string } },
    Result,
    Otherwise,
  >(
    otherwise: Otherwise,
    answer: (scene: Scene, parameters: Parameters) => Result | Promise<Result>,
  ): ((parameters: Parameters, token: CancellationToken) => Promise<Result | Otherwise>) => {
    return async (parameters, token) => {
      const { uri } = parameters.textDocument;
      const view = await this.source.viewOf(uri);
      stopIfCancelled(token);
      const file = view?.snapshot.file(view.path);
      if (!view || !file) return otherwise;
      return answer({ ...view, uri, file, lines: this.#linesOf(file) }, parameters);
    };
  };

  async hierarchyScene(item: CallHierarchyItem, token: CancellationToken) {
    const data = item.data as Pick<HierarchyItem, 'kind' | 'id' | 'record'> & { readonly uri: string };
    const view = await this.source.viewOf(data?.uri ?? item.uri);
    stopIfCancelled(token);
    return view && data ? { view, data } : null;
  }

  editTerms(scene: Scene): EditTerms {
    return {
      capabilities: this.source.capabilities(),
      snapshot: scene.snapshot,
      uriOf: (path) => scene.addressOf(path),
      versionOf: (uri) => this.source.versionOf(uri),
    };
  }

  toCompletion(item: Completion, { uri }: Scene): CompletionItem {
    const abilities = this.source.capabilities().textDocument?.completion?.completionItem;
    const isSnippet = item.format === 'snippet' && abilities?.snippetSupport === true;
    const newText = item.format === 'snippet' && !isSnippet ? withoutPlaceholders(item.insert) : item.insert;
    return {
      label: item.label,
      kind: COMPLETION_KINDS[item.kind],
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      sortText: item.sort,
      ...(item.filter === undefined ? {} : { filterText: item.filter }),
      ...(item.preferred && abilities?.preselectSupport ? { preselect: true } : {}),
      insertTextFormat: isSnippet ? 2 : 1,
      textEdit: { range: item.range, newText },
      ...(item.data ? { data: { uri, ...item.data } } : {}),
    };
  }

  #linesOf(file: ParsedFile): LineIndex {
    let lines = this.#lines.get(file);
    if (!lines) this.#lines.set(file, (lines = new LineIndex(file.source.text)));
    return lines;
  }
}

function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The editor no longer wants to know.');
}

function spanIn({ lines }: Scene, range: Range): Span {
  return spanOfRange(lines, range);
}

function spanOfRange(lines: LineIndex, { start, end }: Range): Span {
  return { start: lines.offset(start), end: lines.offset(end) };
}

function toDocumentSymbol({ name, detail, kind, range, selectionRange, children }: Outline): DocumentSymbol {
  return {
    name: name === '' ? '…' : name,
    detail,
    kind: SYMBOL_KINDS[kind],
    range,
    selectionRange,
    children: children.map(toDocumentSymbol),
  };
}

function toHierarchyItems(item: HierarchyItem, uriOf: UriOf, asked: string): CallHierarchyItem[] {
  const { kind, id, record, name, detail, range, selectionRange } = item;
  return toLocation(uriOf, item.path, range).map(({ uri }) => ({
    name,
    kind: HIERARCHY_KINDS[kind],
    detail,
    uri,
    range,
    selectionRange,
    data: { kind, id, record, uri: asked },
  }));
}

/** The innermost range, which holds the next as its parent, and so on. */
function nested(ranges: readonly Range[], position: Position): SelectionRange {
  let parent: SelectionRange | undefined;
  for (const range of [...ranges].reverse()) parent = parent ? { range, parent } : { range };
  return parent ?? { range: { start: position, end: position } };
}

/** A snippet as plain text, for editors that know no snippets. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/\$(?:\d+|\{\d+\})/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
