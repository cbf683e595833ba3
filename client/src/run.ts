import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { serveFiles } from './files.js';
import { ImpactPanel } from './impactPanel.js';
import { ObligationsTree } from './obligationsTree.js';
import { openSample, showWhatWasOpened } from './sample.js';
import { StatusBar } from './statusBar.js';
import { Views } from './views.js';
import { writeAllOwed } from './writeAll.js';

/** What is running, for `deactivate` and for the tests in a real editor. */
export interface Running {
  readonly client: BaseLanguageClient;
  readonly impact: ImpactPanel;
  readonly obligations: ObligationsTree;
  readonly statusBar: StatusBar;
}

/** What differs between a desktop and a browser. */
export interface Surroundings {
  /** Whether there is a disk on which a temporary folder can be made. */
  readonly canMakeFolders: boolean;
}

/** Starts the server and the views. All analysis is in the server; nothing is worked out here. */
export async function run(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  surroundings: Surroundings,
): Promise<Running> {
  const views = new Views(client);
  const impact = new ImpactPanel(context.extensionUri, views);
  const obligations = new ObligationsTree(context.workspaceState, views);
  const statusBar = new StatusBar(views);
  context.subscriptions.push(client, serveFiles(client), impact, obligations, statusBar);
  const command = (name: string, does: (...parameters: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`entail.${name}`, does));
  };
  command('showImpact', (record?: unknown, edit?: unknown) => impact.show(textOf(record), textOf(edit)));
  command('saveImpact', () => impact.save());
  command('showObligations', () => obligations.show());
  command('groupByRecord', () => obligations.groupBy('record'));
  command('groupByMarket', () => obligations.groupBy('market'));
  command('groupByDueDate', () => obligations.groupBy('due'));
  command('fixObligation', (item: Parameters<ObligationsTree['fix']>[0]) => obligations.fix(item));
  command('writeAllOwed', () => writeAllOwed());
  command('openSample', () => openSample(context, surroundings));
  command('restartServer', async () => {
    await client.stop();
    await client.start();
  });
  context.subscriptions.push(vscode.languages.onDidChangeDiagnostics(() => obligations.refresh()));
  await client.start();
  obligations.refresh();
  statusBar.refresh();
  await showWhatWasOpened(context);
  return { client, impact, obligations, statusBar };
}

/** A button of a view's title calls a command with things of its own. */
function textOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
