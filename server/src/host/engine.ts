/** What the JavaScript engine is told about the process: flags that only say how it spends time and memory. */
import { versions } from 'node:process';
import { setFlagsFromString } from 'node:v8';

/** Readies the engine for a server, which runs for days beside an editor. */
export function readyForServer(): void {
  tidyUpOften();
}

/**
 * Readies the engine for one run of some seconds. Up to Node 20 it has one optimising compiler, on a thread that is
 * behind for the whole of such a run, and much of what it compiles are functions put into others once more: with
 * little of that, code is fast sooner, and a check of many records takes a tenth less time and a sixth less of the
 * processor's. Later versions have a quick compiler in between, and are left as they are.
 */
export function readyForShortRun(): void {
  tidyUpOften();
  const isWithoutQuickCompiler = Number(versions.v8.split('.')[0]) < 12;
  if (isWithoutQuickCompiler) setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}

/** Left alone, the engine lets memory grow to twice and more of what is in use before it looks for what is not. */
function tidyUpOften(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
