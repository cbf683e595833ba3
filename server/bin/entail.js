#!/usr/bin/env node
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/entail.cjs', import.meta.url);
if (existsSync(bundle)) await import(bundle.href);
else {
  process.stderr.write('entail: not built yet. Run `npm start` in the clone first.\n');
  process.exitCode = 2;
}
