import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLONE } from '../testing.js';
import { parseRules } from './parser.js';

const PACKS = join(CLONE, 'server/packs');

describe('the text of the shipped packs', () => {
  for (const name of readdirSync(PACKS).filter((file) => file.endsWith('.rules')))
    it(`${name} has no fault from which the parser had to recover`, () => {
      assert.deepEqual(parseRules(readFileSync(join(PACKS, name), 'utf8')).faults, []);
    });
});
