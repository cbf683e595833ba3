import type { Progress } from '../workspace/workspace.js';
import type { Io } from './services.js';

/** A command that takes no longer than this needs no bar. */
const PATIENCE_MS = 500;
const REDRAW_MS = 80;
const BAR_WIDTH = 30;

/** A bar on standard error, where a person looks at it, once a command takes longer than half a second. */
export class ProgressBar {
  readonly #started: number;
  #drawn = 0;
  #shown = false;

  constructor(readonly io: Io) {
    this.#started = io.now().getTime();
  }

  readonly tick: Progress = (done, total) => {
    if (!this.io.stderr.isTTY || total <= 0) return;
    const now = this.io.now().getTime();
    if (now - this.#started < PATIENCE_MS || now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    this.#shown = true;
    const filled = Math.round((Math.min(done, total) / total) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    this.io.stderr.write(`\r${bar} ${done} of ${total} changes`);
  };

  /** Takes the bar off the screen again. */
  clear(): void {
    if (this.#shown) this.io.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }
}
