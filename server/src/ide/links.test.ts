import assert from 'node:assert/strict';
import { documentLinks } from './links.js';
import { opened, placeText } from './testing.js';

const links = (text: string, isFile?: (path: string) => boolean): readonly string[] => {
  const { snapshot, path } = opened(text);
  return documentLinks(snapshot, path, isFile).map(({ range, target }) => {
    const place = placeText(snapshot, path, range).replace(/^\S+ /, '');
    return `${place} => ${'url' in target ? target.url : target.path}`;
  });
};

describe('ide: document links', () => {
  it('evidence and protocols that are files, from the root or from the record', () => {
    const record = `=== changes/a.change
change CC-1 "t" {
  unaffected PV because "x" evidence "reports/r-1.pdf", "RPT-2", "../reports/r-1.pdf", "../../etc/passwd"
  revalidate PV protocol "ppq.pdf" done 2026-01-01
}`;
    const files = new Set(['reports/r-1.pdf', 'changes/ppq.pdf', 'etc/passwd']);
    assert.deepEqual(
      links(record, (path) => files.has(path)),
      [
        'reports/r-1.pdf => reports/r-1.pdf',
        '../reports/r-1.pdf => reports/r-1.pdf',
        'ppq.pdf => changes/ppq.pdf',
      ],
    );
    assert.deepEqual(links(record), []);
    assert.deepEqual(links('=== a.change\nchange A "t" { notify X evidence "b.change" }\n=== b.change\n'), [
      'b.change => b.change',
    ]);
  });

  it('citations of the CFR', () => {
    const rules =
      'pack p "P" {}\nrule r "R" { cite "21 CFR 314.70(b)(2)(i)", "Annex 15, 5.1", "see 21 CFR 211.42 and more" }';
    assert.deepEqual(links(`=== rules/p.rules\n${rules}`), [
      '21 CFR 314.70(b)(2)(i) => https://www.ecfr.gov/current/title-21/section-314.70',
      '21 CFR 211.42 => https://www.ecfr.gov/current/title-21/section-211.42',
    ]);
  });

  it('addresses, and packs by their file', () => {
    assert.deepEqual(links('=== a.change\n// see (https://example.org/a?b=c).\nchange A "t" {}'), [
      'https://example.org/a?b=c => https://example.org/a?b=c',
    ]);
    assert.deepEqual(
      links(
        '=== entail.jsonc\n{ "packs": ["law", "rules/p.rules", "rules/none.rules"] }\n=== rules/p.rules\n',
      ),
      ['rules/p.rules => rules/p.rules'],
    );
  });
});
