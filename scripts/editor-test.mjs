// `npm run test:editor`: the extension in a real VS Code — the oldest and the newest, from its sources and from its
// package, as its user sees it, and in a browser. Installs what that needs on first use.
//
// `node scripts/editor-test.mjs oldest` and so on run one part. With VSCODE_DESKTOP=1 a desktop VS Code is
// downloaded and tried instead of the server and the workbench.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cache, installServer, NEWEST, OLDEST } from './editor/install.mjs';
import { runWebTests } from './editor/web.mjs';
import { packageExtension } from './packageExtension.mjs';
import { root } from './paths.mjs';

const PARTS = {
  oldest: () => suite(OLDEST, root, []),
  newest: async () =>
    suite(NEWEST, join(root, 'client/test/harness'), [`--install-vsix=${await packageExtension()}`]),
  window: () => command('mocha', ['--no-config', '--timeout', '90000', 'client/test/window.test.mjs']),
  walkthrough: () =>
    command('mocha', ['--no-config', '--timeout', '90000', 'client/test/walkthrough.test.mjs']),
  web: () => inSample((folder) => runWebTests(folder, join(tests, 'web.js'))),
};

const tests = join(cache, 'tests');
const asked = process.argv.slice(2);
const parts = asked.length > 0 ? asked : Object.keys(PARTS);

/** Mocha's build for browsers would take the bundle's own exports for its own, so it gets none to see. */
const wholeMocha = {
  name: 'whole-mocha',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, ({ path }) => ({
      contents: `(() => { let exports, module, define;\n${readFileSync(path, 'utf8')}\n})();\nexport default globalThis.mocha;`,
    }));
  },
};

await bundleTests();
let failed = false;
for (const part of parts) {
  const begun = Date.now();
  try {
    await PARTS[part]();
    say(`✔ ${part} (${seconds(begun)} s)`);
  } catch (error) {
    failed = true;
    say(`✘ ${part} (${seconds(begun)} s): ${error.message}`);
  }
}
process.exitCode = failed ? 1 : 0;

async function bundleTests() {
  const shared = {
    bundle: true,
    logLevel: 'warning',
    format: 'cjs',
    sourcemap: 'inline',
    plugins: [wholeMocha],
  };
  await build({
    ...shared,
    platform: 'node',
    entryPoints: [join(root, 'client/test/run.ts')],
    outfile: join(tests, 'desktop.cjs'),
    external: ['vscode'],
  });
  await build({
    ...shared,
    platform: 'browser',
    entryPoints: [join(root, 'client/test/run.ts')],
    outfile: join(tests, 'web.js'),
    external: ['vscode'],
    alias: { 'node:assert/strict': join(root, 'client/test/assert.ts') },
  });
}

function suite(version, extensionDevelopmentPath, flags) {
  return inSample(async (folder) => {
    const desktop = process.env.VSCODE_DESKTOP === '1';
    const { server, node } = desktop ? {} : installServer(version);
    await runTests({
      ...(desktop
        ? { version: version.vscode }
        : { vscodeExecutablePath: join(root, 'scripts/editor/code.mjs') }),
      extensionDevelopmentPath,
      extensionTestsPath: join(tests, 'desktop.cjs'),
      launchArgs: [folder, ...flags],
      extensionTestsEnv: { EDITOR_SERVER: server, EDITOR_NODE: node },
    });
  });
}

async function inSample(use) {
  const folder = mkdtempSync(join(tmpdir(), 'entail-sample-'));
  cpSync(join(root, 'samples/peptide'), folder, { recursive: true });
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function command(name, parameters) {
  const program = name === 'node' ? process.execPath : join(root, 'node_modules/.bin', name);
  const { status } = spawnSync(program, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`\`${[name, ...parameters].join(' ')}\` failed`);
}

function seconds(begun) {
  return ((Date.now() - begun) / 1000).toFixed(1);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
