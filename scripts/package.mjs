// `npm run package`: packs the extension as entail-VERSION.vsix, and fails where that has grown too large.
import { statSync } from 'node:fs';
import { packageExtension } from './packageExtension.mjs';

/** Somebody with a slow line waits for every byte. */
const LARGEST = 1.5 * 1024 * 1024;

const path = await packageExtension();
const { size } = statSync(path);
process.stdout.write(`${path}: ${(size / 1024 / 1024).toFixed(2)} MB\n`);
if (size > LARGEST) {
  process.stderr.write(`That is more than ${LARGEST / 1024 / 1024} MB.\n`);
  process.exitCode = 1;
}
