import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './all.js';
import { CODES, type Code } from './codes.js';
import { differences, unmarked, withMarkers } from './markers.js';
import { CHECKS_FOLDER, findingsWith, splitFiles } from './testing.js';

/** Writes the markers anew instead of comparing them: `UPDATE=1 npx mocha`; then read what changed. */
const UPDATE = process.env.UPDATE === '1';

describe('fixtures of the findings', () => {
  for (const code of Object.keys(CODES) as Code[]) {
    it(code, () => {
      const file = join(CHECKS_FOLDER, code, 'fixture.txt');
      assert.ok(existsSync(file), `${code} has no fixture.txt`);
      const text = readFileSync(file, 'utf8');
      const { failures, updated, found } = run(code, text);
      if (UPDATE && updated !== text) writeFileSync(file, updated);
      else assert.equal(failures.join('\n\n'), '');
      assert.ok(found > 0, `nothing in the fixture of ${code} trips it`);
    });
  }

  it('every code has one check, and every check a code', () => {
    const checked = CHECKS.map((check) => check.code).sort();
    assert.deepEqual(checked, Object.keys(CODES).sort());
  });
});

/** Each case of a fixture begins with `## what it shows` and is a workspace of its own. */
function run(code: Code, text: string): { failures: string[]; updated: string; found: number } {
  const failures: string[] = [];
  let updated = '';
  let found = 0;
  for (const each of text.split(/^(?=## )/m)) {
    const title = each.slice(3, each.indexOf('\n'));
    const files = splitFiles(each);
    const findings = findingsWith(files.map((file) => ({ ...file, text: unmarked(file.text).text }))).filter(
      (finding) => finding.code === code,
    );
    found += findings.length;
    const ours = (path: string) => findings.filter((finding) => finding.file === path);
    const strangers = findings.filter((finding) => !files.some((file) => file.path === finding.file));
    failures.push(
      ...strangers.map((finding) => `${title}: in ${finding.file}: ${finding.message}`),
      ...files
        .flatMap((file) => differences(file.path, file.text, code, ours(file.path)))
        .map((difference) => `${title}: ${difference}`),
    );
    const written = files.map(({ path, text: own, fault }) => {
      const head = fault === undefined ? path : `${path} | ${fault}`;
      return `=== ${head}\n${withMarkers(own, ours(path))}\n`;
    });
    updated += `## ${title}\n${written.join('')}\n`;
  }
  return { failures, updated: updated.replace(/\n+$/, '\n'), found };
}
