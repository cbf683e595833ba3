#!/usr/bin/env node
// Stands in for the `code` executable that @vscode/test-electron starts: takes its flags, and runs the tests in the
// server and the workbench instead of a desktop window. The exit status is that of the tests.
import { startWorkbench } from './workbench.mjs';

const flags = process.argv.slice(2).map((flag) => flag.match(/^(--[^=]+)(?:=(.*))?$/) ?? [flag, null, flag]);
const valuesOf = (name) => flags.filter((flag) => flag[1] === name).map((flag) => flag[2]);
const [folder] = flags.filter((flag) => flag[1] === null).map((flag) => flag[2]);

const workbench = await startWorkbench({
  server: process.env.EDITOR_SERVER,
  node: process.env.EDITOR_NODE,
  folder,
  development: valuesOf('--extensionDevelopmentPath'),
  packaged: valuesOf('--install-vsix'),
  tests: valuesOf('--extensionTestsPath')[0],
  // The window's own log is long; what the tests say is marked.
  log: (text) => {
    if (process.env.EDITOR_LOG || /^ *[✔✘]/.test(text)) process.stdout.write(`${text}\n`);
  },
});
const patience = setTimeout(() => {
  process.stderr.write('The tests in the editor took too long.\n');
  void workbench.stop().finally(() => process.exit(124));
}, 120_000);
const status = await workbench.finished;
clearTimeout(patience);
await workbench.stop();
process.exit(status);
