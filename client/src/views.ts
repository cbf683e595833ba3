import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ImpactView } from '../../server/src/ide/impactView.js';
import type {
  ObligationItem,
  ObligationsView,
  RecordStatus,
  ViewPlace,
} from '../../server/src/ide/obligationsView.js';
import { fromServer } from './uris.js';

export type { ImpactView, ObligationItem, ObligationsView, RecordStatus, ViewPlace };

/** An answer of the server, with the address of each file that it speaks of. */
export type WithUris<T> = T & { readonly uris: Readonly<Record<string, string>> };

/** A line of a record that is looked at. */
export interface Cursor {
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/** The extension's own questions to the server. Each is null where there is no server that could answer. */
export class Views {
  constructor(readonly client: BaseLanguageClient) {}

  impact(at: Cursor, record?: string, edit?: string): Promise<WithUris<ImpactView> | null> {
    return this.#ask('entail/impact', { ...this.#parameters(at), record, edit });
  }

  async obligations(): Promise<readonly WithUris<ObligationsView>[]> {
    return (await this.#ask<readonly WithUris<ObligationsView>[]>('entail/obligations', {})) ?? [];
  }

  status(at: Cursor): Promise<WithUris<RecordStatus> | null> {
    return this.#ask('entail/status', this.#parameters(at));
  }

  #parameters({ uri, position }: Cursor): object {
    const { line, character } = position;
    return { uri: this.client.code2ProtocolConverter.asUri(uri), position: { line, character } };
  }

  async #ask<T>(method: string, parameters: object): Promise<T | null> {
    try {
      return await this.client.sendRequest<T | null>(method, parameters);
    } catch {
      // The server is being restarted, or says in its own words what is wrong; the next change asks again.
      return null;
    }
  }
}

export function uriOf(place: ViewPlace, uris: Readonly<Record<string, string>>): vscode.Uri {
  return fromServer(uris[place.path] ?? place.path);
}

export function rangeOf({ range: { start, end } }: ViewPlace): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** The editor with a change record that is looked at, if any. */
export function cursorInRecord(editor = vscode.window.activeTextEditor): Cursor | null {
  if (editor?.document.languageId !== 'entail-change') return null;
  return { uri: editor.document.uri, position: editor.selection.active };
}

/** A record that is open somewhere, for who asks from a view that is no editor; of several the one in sight. */
export function anyRecord(): Cursor | null {
  const [shown] = vscode.window.visibleTextEditors.flatMap((editor) => cursorInRecord(editor) ?? []);
  if (shown) return shown;
  const document = vscode.workspace.textDocuments.find(({ languageId }) => languageId === 'entail-change');
  return document ? { uri: document.uri, position: new vscode.Position(0, 0) } : null;
}

/** Runs a step once nothing has asked for it for so many milliseconds. */
export class Pause implements vscode.Disposable {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly milliseconds: number,
    readonly step: () => void,
  ) {}

  ask(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.step, this.milliseconds);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
