// Checks the types, compiles everything for the tests (server/out) and bundles what is shipped:
// server/dist/entail.cjs (command line and language server) and client/dist/extension.cjs.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { filesBelow, hashOfSources, root, stampFile } from './paths.mjs';
// Writes a source file, so it comes before the stamp is taken.
import './generate-pages.mjs';

// Taken before the build: a source that changes meanwhile asks for another one.
const stamp = hashOfSources();

removeOutputWithoutSource();
compile('tsconfig.json');
compile('client/tsconfig.json');

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  // Some libraries' main file picks its parts at run time, which a bundle can't follow; their module file doesn't.
  mainFields: ['module', 'main'],
};
await Promise.all([
  build({
    ...shared,
    entryPoints: [join(root, 'server/src/main.ts')],
    outfile: join(root, 'server/dist/entail.cjs'),
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  }),
  build({
    ...shared,
    entryPoints: [join(root, 'client/src/extension.ts')],
    outfile: join(root, 'client/dist/extension.cjs'),
    external: ['vscode'],
  }),
]);
writeFileSync(stampFile, stamp);

function compile(project) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, project)], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The test of a file that was deleted would run on for ever. */
function removeOutputWithoutSource() {
  const out = join(root, 'server/out');
  for (const file of filesBelow(out)) {
    const source = relative(out, file).replace(/\.js(\.map)?$/, '.ts');
    if (source.endsWith('.ts') && !existsSync(join(root, source))) rmSync(file);
  }
}
