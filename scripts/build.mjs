// Checks the types, compiles everything for the tests (server/out) and bundles what is shipped: the command line
// and language server (server/dist/entail.cjs), the extension (client/dist/extension.cjs), both again for a browser
// (server/dist/browser.js, client/dist/browser.js), and the impact panel (client/dist/impact.js, impact.css).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { filesBelow, hashOfSources, root, stampFile } from './paths.mjs';
// Writes a source file, so it comes before the stamp is taken.
import './generate-pages.mjs';

// Taken before the build: a source that changes meanwhile asks for another one.
const stamp = hashOfSources();

removeOutputWithoutSource();
compile('tsconfig.json');
compile('client/tsconfig.json');
compile('client/webview/tsconfig.json');

const shared = {
  bundle: true,
  logLevel: 'warning',
  minify: true,
  // A fault that a user reports names the function it happened in.
  keepNames: true,
  // Some libraries' main file picks its parts at run time, which a bundle can't follow; their module file doesn't.
  mainFields: ['module', 'main'],
  plugins: [bundledFiles()],
};
const forNode = { ...shared, platform: 'node', target: 'node20', format: 'cjs' };
const forBrowser = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
  alias: { 'node:path': 'path-browserify' },
};
await Promise.all([
  build({
    ...forNode,
    // Giving each closure its name back is a call, and a check makes millions of them: here names stay as they are.
    minify: false,
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: false,
    entryPoints: [join(root, 'server/src/main.ts')],
    outfile: join(root, 'server/dist/entail.cjs'),
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  }),
  build({
    ...forBrowser,
    format: 'iife',
    entryPoints: [join(root, 'server/src/browser.ts')],
    outfile: join(root, 'server/dist/browser.js'),
    // In a browser every path has slashes, whatever system the browser runs on.
    define: { 'navigator.userAgent': '"browser"' },
  }),
  build({
    ...forNode,
    entryPoints: [join(root, 'client/src/extension.ts')],
    outfile: join(root, 'client/dist/extension.cjs'),
    external: ['vscode'],
  }),
  build({
    ...forBrowser,
    format: 'cjs',
    entryPoints: [join(root, 'client/src/browser.ts')],
    outfile: join(root, 'client/dist/browser.js'),
    external: ['vscode'],
  }),
  build({
    ...forBrowser,
    format: 'iife',
    entryPoints: [join(root, 'client/webview/impact.ts'), join(root, 'client/webview/impact.css')],
    outdir: join(root, 'client/dist'),
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

/** Modules that are no files: the names of the shipped packs' files and of the sample's. */
function bundledFiles() {
  const contents = {
    'entail:packs': () =>
      readdirSync(join(root, 'server/packs'))
        .filter((name) => name.endsWith('.rules'))
        .sort(),
    'entail:sample': () => {
      const folder = join(root, 'samples/peptide');
      return filesBelow(folder).map((file) => relative(folder, file).split(sep).join('/'));
    },
  };
  return {
    name: 'bundled-files',
    setup(bundle) {
      bundle.onResolve({ filter: /^entail:/ }, ({ path }) => ({ path, namespace: 'bundled' }));
      bundle.onLoad({ filter: /.*/, namespace: 'bundled' }, ({ path }) => ({
        contents: JSON.stringify(contents[path]()),
        loader: 'json',
      }));
    },
  };
}
