// Packs the extension: entail-VERSION.vsix, with everything bundled and no node_modules.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './paths.mjs';

/** Somebody with a slow line waits for every byte. */
const LARGEST = 1.5 * 1024 * 1024;

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const packagePath = join(root, `${name}-${version}.vsix`);
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  // The pages that the README points to are packed beside it.
  rewriteRelativeLinks: false,
});
const { size } = statSync(packagePath);
process.stdout.write(`${packagePath}: ${(size / 1024 / 1024).toFixed(2)} MB\n`);
if (size > LARGEST) {
  process.stderr.write(`That is more than ${LARGEST / 1024 / 1024} MB.\n`);
  process.exitCode = 1;
}
