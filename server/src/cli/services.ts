import type { Host } from '../workspace/host.js';
import type { SourceFile, WorkspaceApi, WorkspaceOptions } from '../workspace/workspace.js';

/** A stream that text is written to. */
export interface Output {
  write(text: string): void;
  /** Whether a person looks at it: then colours and a progress bar make sense. */
  readonly isTTY: boolean;
  /** Width in characters, where it is known. */
  readonly columns?: number | undefined;
}

/** What the command line shares with its caller, so that a test needs no process. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The whole of standard input. Rejects where it isn't UTF-8. */
  readStdin(): Promise<string>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The clock: today is the default of `--as-of`, and the progress bar waits half a second. */
  now(): Date;
}

/** What the commands need and the entry point hands in. */
export interface Services {
  readonly host: Host;
  readonly version: string;
  /** The packs that come with Entail, by path. */
  shippedPacks(): Promise<readonly SourceFile[]>;
  openWorkspace(options: WorkspaceOptions): WorkspaceApi;
  /** Serves an editor over standard input and output until it hangs up; gives the exit status. */
  serveLanguage(): Promise<number>;
}

export interface Context {
  readonly io: Io;
  readonly services: Services;
}

/** Exit statuses: see the contract, section 7. */
export const NOTHING_FOUND = 0;
export const SOMETHING_FOUND = 1;
export const COULD_NOT_RUN = 2;

/** What keeps a command from running at all; its message is the one line on standard error. */
export class CannotRun extends Error {}
