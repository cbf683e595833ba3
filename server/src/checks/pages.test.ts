import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '../workspace/workspace.js';
import { CODES, type Code } from './codes.js';
import { pageOf } from './pages.js';
import { CHECKS_FOLDER, findingsWith } from './testing.js';

describe('pages of the findings', () => {
  for (const code of Object.keys(CODES) as Code[]) {
    describe(code, () => {
      const file = join(CHECKS_FOLDER, code, 'page.md');

      it('has a page of the usual shape, and it is the one in the bundle', () => {
        assert.ok(existsSync(file), `${code} has no page.md`);
        const page = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
        assert.equal(pageOf(code), page, 'build again: the pages were gathered before this one was changed');
        const headings = page.split('\n').filter((line) => /^##? /.test(line));
        assert.deepEqual(headings, [
          `# ${code}`,
          '## Why it matters',
          '## Wrong',
          '## Right',
          '## How to fix it',
        ]);
        const longest = Math.max(...page.split('\n').map((line) => line.length));
        assert.ok(longest <= 110, 'lines of more than 110 characters don’t fit a terminal');
      });

      it('what it calls wrong has the finding, in the files of the example', () => {
        const files = examplesBelow(pageOf(code), 'Wrong');
        const found = findingsWith(files).filter((finding) => finding.code === code);
        assert.ok(found.length > 0, `the example yields no ${code}`);
        for (const finding of found) assert.ok(files.some((own) => own.path === finding.file));
      });

      it('what it calls right has not, and nothing in it is misspelt', () => {
        const findings = findingsWith(examplesBelow(pageOf(code), 'Right'));
        const faults = findings.filter((finding) => finding.code === code || FAULTS.has(finding.code));
        assert.deepEqual(
          faults.map((finding) => `${finding.code}: ${finding.message}`),
          [],
        );
      });
    });
  }
});

/** What an example that is called right must not have, whatever it is about. */
const FAULTS: ReadonlySet<Code> = new Set<Code>([
  'syntax',
  'registry/schema',
  'registry/unknown-reference',
  'record/unknown-reference',
  'record/stale-value',
  'record/unit-mismatch',
  'record/expectation',
  'rules/unknown-fact',
  'rules/type-mismatch',
]);

const DEFAULT_PATHS: Readonly<Record<string, string>> = {
  change: 'changes/example.change',
  yaml: 'registry/example.yaml',
  rules: 'rules/example.rules',
  jsonc: 'entail.jsonc',
};

/** The fenced blocks below a heading. Behind the language may stand the path of the file, or `unreadable`. */
function examplesBelow(page: string, heading: string): SourceFile[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, language = '', info, text = ''] = match;
    const path = DEFAULT_PATHS[language] ?? '';
    if (info === 'unreadable') return { path, text: '', fault: 'It is not valid UTF-8.' };
    return { path: info ?? path, text };
  });
}
