// Puts what the tests in a real editor need into node_modules/.cache/editor, once: the server and the workbench of
// VS Code out of the code-server package, so that neither a desktop nor a download from elsewhere is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';

export const cache = join(root, 'node_modules', '.cache', 'editor');

/** The oldest and the newest VS Code that is tried; the newest server runs on Node 24 only. */
export const OLDEST = { vscode: '1.100.3', codeServer: '4.100.3', node: null };
export const NEWEST = { vscode: '1.139.1', codeServer: '4.139.1', node: '24' };

/** The folder of a VS Code server, and the Node that runs it. */
export function installServer({ codeServer, node }) {
  const folder = join(cache, `code-server-${codeServer}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    say(`Installing the server of VS Code (code-server ${codeServer}) …`);
    run('npm', ['pack', '--silent', `code-server@${codeServer}`], partial);
    const archive = `code-server-${codeServer}.tgz`;
    run('tar', ['xzf', archive, '--strip-components=2', 'package/lib/vscode'], partial);
    rmSync(join(partial, archive));
    run('npm', ['install', ...QUIET, '--omit=dev'], join(partial, 'vscode'));
    renameSync(partial, folder);
  }
  return { server: join(folder, 'vscode'), node: node === null ? process.execPath : installNode(node) };
}

/** Chromium: the one of the environment, of the system, or Debian's package where we may install it. */
export function installChromium() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  if (known) return known;
  installDebian(
    ['chromium', 'fonts-dejavu-core'],
    'The tests in the editor need Chromium: install it, or name its path in CHROMIUM.',
  );
  return '/usr/bin/chromium';
}

/** Neovim: the one on the path, or Debian's package where we may install it; gives its command. */
export function installNeovim() {
  if (spawnSync('nvim', ['--version'], { stdio: 'ignore' }).status !== 0)
    installDebian(['neovim'], 'This test needs Neovim: install it, so that `nvim` is on the path.');
  return 'nvim';
}

/** Packages that only these tests need, with their exact versions; gives the folder of their node_modules. */
export function installPackages(name, packages) {
  const folder = join(cache, name);
  if (!existsSync(join(folder, 'node_modules'))) {
    say(`Installing ${packages.join(', ')} …`);
    mkdirSync(folder, { recursive: true });
    run('npm', ['install', ...QUIET, '--prefix', folder, ...packages], folder);
  }
  return join(folder, 'node_modules');
}

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];

function installNode(major) {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const modules = installPackages(`node-${major}`, [`node-${process.platform}-${process.arch}@${major}`]);
  const folder = readdirSync(modules).find((name) => name.startsWith('node-'));
  return join(modules, folder, 'bin', 'node');
}

function installDebian(packages, otherwise) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(otherwise);
  say(`Installing ${packages.join(', ')} …`);
  run('apt-get', ['update', '-qq'], root);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], root);
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`\`${command} ${args.join(' ')}\` failed.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
