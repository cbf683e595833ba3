import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './paths.mjs';

/** Packs the extension, with everything bundled and no node_modules; gives the path of the `.vsix`. */
export async function packageExtension() {
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
  return packagePath;
}
