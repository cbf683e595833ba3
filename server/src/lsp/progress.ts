import { type Connection, ShowMessageNotification } from 'vscode-languageserver';

type Reporter = Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>>;

/** Tells the author something that he has to know, without waiting for him to press a button. */
export function warn(connection: Connection, message: string): void {
  connection.sendNotification(ShowMessageNotification.type, { type: 2, message }).catch(() => {});
}

/** A bar in the editor for work that may take long. The work never waits for the editor to draw it. */
export class ShownProgress {
  #reporter: Reporter | null = null;
  #isDone = false;

  /** `canShow`: what the client said of itself. */
  constructor(connection: Connection, canShow: boolean, title: string) {
    if (!canShow) return;
    connection.window.createWorkDoneProgress().then(
      (reporter) => {
        reporter.begin(title, 0);
        if (this.#isDone) reporter.done();
        else this.#reporter = reporter;
      },
      // An editor that can't show it after all goes without.
      () => {},
    );
  }

  report(done: number, total: number, unit: string): void {
    const percentage = total === 0 ? 100 : Math.floor((done / total) * 100);
    this.#reporter?.report(percentage, `${done} of ${total} ${unit}`);
  }

  done(): void {
    this.#isDone = true;
    this.#reporter?.done();
    this.#reporter = null;
  }
}
