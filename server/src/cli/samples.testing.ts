/** The output of `entail check` on every sample: kept beside it, so that a change of the output is seen. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runIn } from '../testing.js';

const AS_OF = '2026-11-22';

/** The expected texts by their path below `samples/`: `NAME.expected.txt` and `NAME.expected.json`. */
export async function sampleOutputs(root: string): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>();
  for (const name of sampleNames(root)) {
    const command = ['check', `samples/${name}`, '--as-of', AS_OF];
    const pretty = await runIn(root, command);
    const shown = `$ entail ${command.join(' ')}\n\n${pretty.out}${pretty.err}\nexit status ${pretty.status}\n`;
    outputs.set(`${name}.expected.txt`, shown);
    const json = await runIn(root, [...command, '--format', 'json']);
    // A pack's hash changes with every comment in it, which says nothing of the sample.
    outputs.set(`${name}.expected.json`, json.out.replace(/"sha256":(\s*)"[0-9a-f]+"/g, '"sha256":$1"…"'));
  }
  return outputs;
}

/** The folders of `samples/` that hold a workspace, sorted. */
export function sampleNames(root: string): readonly string[] {
  const samples = join(root, 'samples');
  return readdirSync(samples)
    .filter((name) => existsSync(join(samples, name, 'entail.jsonc')))
    .sort();
}
