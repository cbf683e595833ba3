#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../dist/entail.cjs', import.meta.url));
// Imported, the bundle would be read through for its exports first, which takes longer than all else of the start.
if (existsSync(bundle)) createRequire(import.meta.url)(bundle);
else {
  process.stderr.write('entail: not built yet. Run `npm start` in the clone first.\n');
  process.exitCode = 2;
}
