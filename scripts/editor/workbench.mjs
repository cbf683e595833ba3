// The real VS Code without a desktop: its server with a real extension host, and its workbench in Chromium.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { installChromium } from './install.mjs';

/** Nothing that a fresh window shows of itself gets in the way of a test or into a picture. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.autoSave': 'off',
};

const QUIET_BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a server and opens a folder in its workbench.
 *
 * `server`, `node`: from `installServer`. `folder`: what is opened; null for an empty window. `development`: folders of extensions that are
 * run from their sources; `packaged`: `.vsix` files that are installed first. `tests`: a module whose `run` the
 * extension host calls. `trusted`: false starts in Restricted Mode. Gives the page, the folder of all
 * that the window keeps, the exit status of the tests as a promise, and `stop`.
 */
export async function startWorkbench({
  server,
  node,
  folder,
  development = [],
  packaged = [],
  tests = null,
  settings = {},
  trusted = true,
  size = { width: 1280, height: 800 },
  log = () => {},
}) {
  const data = mkdtempSync(join(tmpdir(), 'entail-editor-'));
  mkdirSync(join(data, 'data', 'User'), { recursive: true });
  writeFileSync(join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const common = [
    join(server, 'out', 'server-main.js'),
    '--accept-server-license-terms',
    '--disable-telemetry',
  ];
  const command = [...common, '--server-data-dir', data];
  const environment = environmentIn(data);
  for (const vsix of packaged)
    await install(node, [...command, '--install-extension', vsix, '--force'], environment);
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const listen = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--enable-smoke-test-driver',
  ];
  const process_ = spawn(node, [...command, ...listen, ...trust], {
    stdio: ['ignore', 'pipe', openSync(join(data, 'server.log'), 'a')],
    env: environment,
    detached: true,
  });
  const base = await addressOf(process_);
  const browser = await chromium.launch({
    executablePath: installChromium(),
    headless: true,
    args: QUIET_BROWSER,
  });
  const page = await browser.newPage({ viewport: size });
  // Nothing is fetched from outside: what a test sees must not depend on the network.
  await page.route(
    (url) => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('localhost'),
    (route) => route.abort(),
  );
  let finish;
  const finished = new Promise((resolved) => {
    finish = resolved;
  });
  await page.exposeFunction('codeAutomationLog', (_type, parameters) => log(parameters.join(' ')));
  await page.exposeFunction('codeAutomationExit', (status) => finish(status));
  await page.goto(`${base}/?${queryFor(base, folder, development, tests)}`);
  return {
    page,
    data,
    finished,
    async stop() {
      await browser.close();
      await end(process_);
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function queryFor(base, folder, development, tests) {
  const remote = (path) => `vscode-remote://${new URL(base).host}${resolve(path)}`;
  const payload = [
    ...development.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(tests === null ? [] : [['extensionTestsPath', remote(tests)]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const opened = folder === null ? { ew: 'true' } : { folder: resolve(folder) };
  return new URLSearchParams({ payload: JSON.stringify(payload), ...opened });
}

/** The server keeps everything below one folder, whatever the user's own settings are. */
function environmentIn(data) {
  const own = ['HOME', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME'];
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  for (const name of own) environment[name] = data;
  delete environment.NODE_OPTIONS;
  return environment;
}

function install(node, command, env) {
  return new Promise((resolved, rejected) => {
    const process_ = spawn(node, command, { stdio: ['ignore', 'ignore', 'ignore'], env });
    process_.on('error', rejected);
    process_.on('exit', (status) =>
      status === 0 ? resolved() : rejected(new Error(`The extension could not be installed (${status}).`)),
    );
  });
}

function addressOf(process_) {
  return new Promise((resolved, rejected) => {
    let text = '';
    process_.stdout.on('data', (data) => {
      text += data;
      const [, port] = /listening on (\d+)/.exec(text) ?? [];
      if (port !== undefined) resolved(`http://127.0.0.1:${port}`);
    });
    process_.on('error', rejected);
    process_.on('exit', (status) => rejected(new Error(`The server of VS Code ended (${status}).`)));
  });
}

/** Ends the server with all that it started; it runs in a group of its own. */
async function end(process_) {
  const isOver = new Promise((resolved) => process_.once('exit', resolved));
  const tell = (signal) => {
    try {
      process.kill(-process_.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  tell('SIGTERM');
  const patience = setTimeout(() => tell('SIGKILL'), 3000);
  if (process_.exitCode === null && process_.signalCode === null) await isOver;
  clearTimeout(patience);
}
