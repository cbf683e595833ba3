/** Lets everything that waits have its turn: messages that came in meanwhile are read before the next step. */
export function takeTurns(): Promise<void> {
  return new Promise((resolve) => {
    // A browser has no setImmediate.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** Longer than this without a pause, and an author who types would notice. In milliseconds. */
const LONGEST_STRETCH = 5;

/** Tells during long work when it is time to let others have their turn. */
export class Stretch {
  #began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#began > LONGEST_STRETCH;
  }

  async rest(): Promise<void> {
    // One turn to read what came in, one to answer it.
    await takeTurns();
    await takeTurns();
    this.#began = performance.now();
  }
}
