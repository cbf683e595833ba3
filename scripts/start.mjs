// `npm start`: makes the clone ready, then shows what the sample changes entail.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import './setup.mjs';

const sample = 'samples/peptide';
process.stdout.write(`$ entail check ${sample}\n\n`);
const { status } = spawnSync(process.execPath, [join(root, 'server/bin/entail.js'), 'check', sample], {
  cwd: root,
  stdio: 'inherit',
});
process.stdout.write(
  [
    '',
    'Try next:',
    '  ./node_modules/.bin/entail init first-steps     a small workspace of your own',
    '  ./node_modules/.bin/entail check first-steps    what its change entails',
    '  ./node_modules/.bin/entail --help               everything else',
    '',
  ].join('\n'),
);
// Findings are what a sample is for; only a check that could not run is a failure.
process.exitCode = status === 1 ? 0 : (status ?? 2);
