// Makes a clone ready: installs what package-lock.json asks for and builds, each only where it is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfSources, root, stampFile } from './paths.mjs';

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Entail needs Node 20 or newer, and this is ${process.versions.node}.`);

if (!isInstalled()) {
  say('Installing what Entail is built with …');
  // npm is a script of its own on every system; on Windows only a shell finds it.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: process.platform === 'win32' });
}
if (!isBuilt()) {
  say('Building …');
  run(process.execPath, [join(root, 'scripts', 'build.mjs')]);
}

/** Whether node_modules holds what package-lock.json asks for; npm notes what it installed in a file of its own. */
function isInstalled() {
  const noted = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noted)) return false;
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
  const asked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(asked).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') ||
      optional ||
      (installed[path] && installed[path].version === version),
  );
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources();
}

function run(command, args, options = {}) {
  // What is said here is no result of the command that needed it, so it goes to standard error.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) fail(`\`${[command, ...args].join(' ')}\` failed; see above.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
