import * as vscode from 'vscode';
import { cursorInRecord, type ObligationItem, Pause, rangeOf, uriOf, type Views } from './views.js';

export type Grouping = 'record' | 'market' | 'due';

/** One line of the tree: a group, or something that is owed. */
export type TreeNode = GroupNode | ItemNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly items: readonly ItemNode[];
}

export interface ItemNode {
  readonly kind: 'item';
  readonly item: ObligationItem;
  readonly uri: vscode.Uri;
  /** The group that it stands in: with two markets it stands in two. */
  readonly group: string;
}

const GROUPING = 'entail.grouping';

/** What the records owe and have not settled, in the activity bar. */
export class ObligationsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<TreeNode>;
  #grouping: Grouping;
  #groups: readonly GroupNode[] = [];
  readonly #pause = new Pause(200, () => void this.load());
  readonly #watch: vscode.Disposable;

  constructor(
    readonly state: vscode.Memento,
    readonly views: Views,
  ) {
    this.#grouping = state.get<Grouping>(GROUPING) ?? 'record';
    this.view = vscode.window.createTreeView('entail.obligations', { treeDataProvider: this });
    this.#watch = this.view.onDidChangeVisibility(() => this.refresh());
    void this.#tellGrouping();
  }

  refresh(): void {
    this.#pause.ask();
  }

  /** Asks the server anew and shows what it says. */
  async load(): Promise<void> {
    const projects = await this.views.obligations();
    const items = projects.flatMap(({ items, uris }) =>
      items.map((item) => ({ item, uri: uriOf(item.place, uris) })),
    );
    const leftOut = projects.reduce((sum, project) => sum + project.leftOut, 0);
    const settled = projects.reduce((sum, { counts }) => sum + counts.met + counts.waived, 0);
    this.#groups = groupsOf(items, this.#grouping);
    const more = leftOut > 0 ? ` ${leftOut} more are not listed.` : '';
    // Without a message an empty tree shows its welcome text.
    this.view.message =
      items.length > 0 ? `${items.length} to settle, ${settled} settled.${more}` : undefined;
    this.view.badge =
      items.length > 0
        ? { value: items.length, tooltip: `${items.length} obligations to settle` }
        : undefined;
    this.#changed.fire(undefined);
  }

  async groupBy(grouping: Grouping): Promise<void> {
    this.#grouping = grouping;
    await this.state.update(GROUPING, grouping);
    await this.#tellGrouping();
    await this.load();
  }

  /** Shows the list, at the record that is being edited. */
  async show(): Promise<void> {
    await this.load();
    const cursor = cursorInRecord();
    const status = cursor && (await this.views.status(cursor));
    const items = this.#groups.flatMap((group) => group.items);
    const own = items.find(({ item }) => item.record === status?.record) ?? items[0];
    if (own) await this.view.reveal(own, { focus: true, select: true });
    else await vscode.commands.executeCommand('entail.obligations.focus');
  }

  /** Offers what the server knows to write for an obligation, and writes what is chosen. */
  async fix(node: ItemNode | undefined): Promise<void> {
    const chosen = node ?? this.view.selection.find((one) => one.kind === 'item');
    if (chosen?.kind !== 'item') return;
    const { item, uri } = chosen;
    const document = await vscode.workspace.openTextDocument(uri);
    const actions = await fixesFor(item, uri);
    await vscode.window.showTextDocument(document, { selection: rangeOf(item.place), preserveFocus: false });
    const action = actions.length === 1 ? actions[0] : await pick(actions, item);
    if (!action) return;
    if (action.edit) await vscode.workspace.applyEdit(action.edit);
    if (action.command)
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node) : itemLine(node, this.#grouping);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (!node) return [...this.#groups];
    return node.kind === 'group' ? [...node.items] : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'item' ? this.#groups.find(({ key }) => key === node.group) : undefined;
  }

  dispose(): void {
    this.#pause.dispose();
    this.#watch.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  /** The view's menu offers the two groupings that it has not. */
  async #tellGrouping(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'entail.grouping', this.#grouping);
  }
}

/** The fixes that are about one obligation, the preferred one first. */
export async function fixesFor(item: ObligationItem, uri: vscode.Uri): Promise<vscode.CodeAction[]> {
  const found =
    (await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      uri,
      rangeOf(item.place),
      vscode.CodeActionKind.QuickFix.value,
      FIXES_TO_RESOLVE,
    )) ?? [];
  const writing = found.filter(({ edit }) => writes(edit, item.lines));
  const own = writing.length > 0 ? writing : found.filter((action) => isAbout(action, item, uri));
  return own.sort((a, b) => Number(b.isPreferred === true) - Number(a.isPreferred === true));
}

function writes(edit: vscode.WorkspaceEdit | undefined, lines: readonly string[]): boolean {
  const texts = (edit?.entries() ?? []).flatMap(([, edits]) => edits.map(({ newText }) => newText.trim()));
  return texts.some((text) => lines.includes(text));
}

/** Whether an action mends what is reported of an obligation; several may be reported at one place. */
function isAbout(action: vscode.CodeAction, item: ObligationItem, uri: vscode.Uri): boolean {
  const messages = vscode.languages
    .getDiagnostics(uri)
    .filter((one) => obligationOf(one) === item.id)
    .map(({ message }) => message);
  return (action.diagnostics ?? []).some(({ message }) => messages.includes(message));
}

/** So many fixes come with the edits that they make; nobody reads further down a list. */
const FIXES_TO_RESOLVE = 30;

/** The language client keeps what the server said with a diagnostic. */
function obligationOf(diagnostic: vscode.Diagnostic): string | null {
  const { data } = diagnostic as vscode.Diagnostic & {
    readonly data?: { readonly obligation?: string | null };
  };
  return data?.obligation ?? null;
}

async function pick(
  actions: readonly vscode.CodeAction[],
  item: ObligationItem,
): Promise<vscode.CodeAction | undefined> {
  if (actions.length === 0) {
    void vscode.window.showInformationMessage(
      `Nothing can be written for “${item.label}” without you: the line that gives rise to it is selected.`,
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    actions.map((action) => ({ label: action.title, action })),
    { title: item.label, placeHolder: 'What shall be written?' },
  );
  return picked?.action;
}

interface Located {
  readonly item: ObligationItem;
  readonly uri: vscode.Uri;
}

/** The groups of a list, sorted: records as they come, markets by name, days by date; what has none is last. */
function groupsOf(items: readonly Located[], grouping: Grouping): readonly GroupNode[] {
  const groups = new Map<string, Located[]>();
  for (const located of items)
    for (const key of keysOf(located.item, grouping)) {
      const list = groups.get(key);
      if (list) list.push(located);
      else groups.set(key, [located]);
    }
  const keys = [...groups.keys()];
  if (grouping !== 'record') keys.sort((a, b) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  return keys.map((key) => {
    const own = groups.get(key)!;
    const title = grouping === 'record' ? (own[0]?.item.title ?? '') : '';
    return {
      kind: 'group',
      key,
      label: key === '' ? NO_GROUP[grouping] : key,
      description: title === '' ? `${own.length}` : `${own.length} · ${title}`,
      items: own.map((located) => ({ kind: 'item', ...located, group: key })),
    };
  });
}

const NO_GROUP: Readonly<Record<Grouping, string>> = {
  record: 'Without a number',
  market: 'No market',
  due: 'No date yet',
};

function keysOf(item: ObligationItem, grouping: Grouping): readonly string[] {
  switch (grouping) {
    case 'record':
      return [item.record];
    case 'market':
      return item.markets.length > 0 ? item.markets : [''];
    case 'due':
      return [item.due ?? ''];
  }
}

function groupItem(group: GroupNode): vscode.TreeItem {
  const line = new vscode.TreeItem(group.label, vscode.TreeItemCollapsibleState.Expanded);
  line.id = group.key;
  line.description = group.description;
  line.contextValue = 'group';
  return line;
}

const ICONS: Readonly<Record<ObligationItem['state'], readonly [icon: string, colour: string]>> = {
  unmet: ['circle-large-outline', 'list.warningForeground'],
  insufficient: ['error', 'list.errorForeground'],
  open: ['question', 'charts.blue'],
  met: ['pass', 'charts.green'],
  waived: ['pass', 'charts.green'],
};

function itemLine({ item, uri, group }: ItemNode, grouping: Grouping): vscode.TreeItem {
  const line = new vscode.TreeItem(`${item.label[0]?.toUpperCase() ?? ''}${item.label.slice(1)}`);
  const due = item.due === null || grouping === 'due' ? '' : `, by ${item.due}`;
  const [icon, colour] = ICONS[item.state];
  line.id = `${group}\n${item.id}`;
  line.description = `${grouping === 'record' ? '' : `${item.record}: `}${item.detail}${due}`;
  line.tooltip = `${line.label}\n${item.record}: ${item.detail}${due}`;
  line.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  line.contextValue = 'obligation';
  line.accessibilityInformation = { label: `${line.label}, ${item.state}, ${item.detail}${due}` };
  line.command = {
    command: 'vscode.open',
    title: 'Go to the Line',
    arguments: [uri, { selection: rangeOf(item.place), preserveFocus: true }],
  };
  return line;
}
