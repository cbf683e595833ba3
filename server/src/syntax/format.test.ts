import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from './format.js';
import { parse } from './parser.js';
import { meaningOf, RECORD_EXAMPLE, RULES_EXAMPLE } from './testing.js';

describe('the formatter', () => {
  it('leaves the examples of the reference as they are', () => {
    assert.equal(format(RECORD_EXAMPLE, 'change'), RECORD_EXAMPLE);
    assert.equal(format(RULES_EXAMPLE, 'rules'), RULES_EXAMPLE);
  });

  it('writes one statement a line, plain spellings, and keeps comments where they are', () => {
    const given = `
change  X "a"   { status:draft modify A at B {x:50 kg→60 kg /* c */ y: ≤ 5% -> 20–25 °C} // t



// own
   add A
 to // why
 B reason: """
       foo
         bar
     """ /* last */ }
change Y {}`;
    const formatted = `change X "a" {
  status: draft
  modify A at B {
    x: 50 kg -> 60 kg /* c */
    y: <= 5 % -> 20..25 °C
  } // t

  // own
  add A
      to // why
      B
  reason: """
      foo
        bar
    """ /* last */
}
change Y {}
`;
    assert.equal(format(given, 'change'), formatted);
    assert.equal(format(formatted, 'change'), formatted);
  });

  it('formats expressions', () => {
    assert.equal(
      format(
        'rule a "x" { on add site of step , any edit when (a=b and not (c)) or f( x,y )in(1,2) basis official }',
        'rules',
      ),
      `rule a "x" {
  on add site of step, any edit
  when (a = b and not (c)) or f(x, y) in (1, 2)
  basis official
}
`,
    );
  });

  it('keeps line ends and a byte order mark', () => {
    assert.equal(
      format('\ufeffchange A {\r\nstatus: draft\r\n}', 'change'),
      '\ufeffchange A {\r\n  status: draft\r\n}\r\n',
    );
    assert.equal(format('', 'change'), '');
    assert.equal(format('// only', 'change'), '// only\n');
  });

  it('keeps a broken statement as it is written, and formats those around it', () => {
    assert.equal(
      format('change A {\nstatus:draft\nadd   X   to\n  owner:x\n}', 'change'),
      'change A {\n  status: draft\n  add   X   to\n  owner: x\n}\n',
    );
  });

  it('keeps on a line what fits, and breaks what does not from the outside in', () => {
    const record = (statement: string): string => {
      const formatted = format(`change A { ${statement} }`, 'change');
      assert.equal(format(formatted, 'change'), formatted);
      return formatted.slice('change A {\n'.length, -'}\n'.length);
    };
    const reason = 'x'.repeat(60);
    assert.equal(record(`confirm c for S because "${reason}"`), `  confirm c for S because "${reason}"\n`);
    assert.equal(
      record(
        `file NDA-1 as PAS on 2027-06-15 in SUB-2027-03 because "${reason}" evidence RPT-1234567890, RPT-2`,
      ),
      `  file NDA-1 as PAS on 2027-06-15 in SUB-2027-03
      because "${reason}"
      evidence RPT-1234567890, RPT-2
`,
    );
    assert.equal(
      record(
        `unaffected ${Array.from({ length: 12 }, (_, index) => `PV-NUMBER-${index}`).join(',')} at SITE-1 because "short"`,
      ),
      `  unaffected PV-NUMBER-0, PV-NUMBER-1, PV-NUMBER-2, PV-NUMBER-3, PV-NUMBER-4, PV-NUMBER-5,
              PV-NUMBER-6, PV-NUMBER-7, PV-NUMBER-8, PV-NUMBER-9, PV-NUMBER-10, PV-NUMBER-11
          at SITE-1
      because "short"
`,
    );
    assert.equal(
      record(`modify A { imprint: "${reason}" -> "${reason}" }`),
      `  modify A {
    imprint: "${reason}"
        -> "${reason}"
  }
`,
    );
  });

  it('breaks lists of triggers and citations one by one, names as they fill, expressions before `and` and `or`', () => {
    const a = 'subject.first-attribute';
    const given = `rule r "${'t'.repeat(95)}" { on modify parameter of step, add parameter of step, remove parameter of step, replace equipment of step
      when ${a} = 1 and not (${a} in (blending, granulation, compression, coating, encapsulation, compounding, filling) or (b and c))
      report PAS instead of 314.70.b.2.i when ${a} = 50 kg and ${a} < 2 years or inspected(proposed, subject.activity, 2 years)
      cite "${'c'.repeat(60)}", "${'d'.repeat(60)}" }`;
    const formatted = `rule r
    "${'t'.repeat(95)}" {
  on modify parameter of step,
      add parameter of step,
      remove parameter of step,
      replace equipment of step
  when ${a} = 1
      and not (${a} in (blending, granulation, compression, coating,
              encapsulation, compounding, filling)
          or (b and c))
  report PAS
      instead of 314.70.b.2.i
      when ${a} = 50 kg and ${a} < 2 years
          or inspected(proposed, subject.activity, 2 years)
  cite "${'c'.repeat(60)}",
      "${'d'.repeat(60)}"
}
`;
    assert.equal(format(given, 'rules'), formatted);
    assert.equal(format(formatted, 'rules'), formatted);
  });

  it('breaks where a comment stands', () => {
    const formatted = `rule r "t" {
  on add site of step, // where it is made
      // and where it is tested
      replace site of step
  when a /* the first */ and b
  report PAS
      // the second
      when c
}
`;
    assert.equal(format(formatted, 'rules'), formatted);
  });

  it('begins no line with a word that would begin a statement there', () => {
    const names = Array.from({ length: 8 }, (_, index) => `long-name-${index}`);
    const given = `change A { confirm ${names.join(', ')}, status because "x" class: ${names.join(', ')}, file }`;
    const formatted = format(given, 'change');
    assert.match(formatted, /long-name-7, status\n/);
    assert.match(formatted, /long-name-7, file\n/);
    assert.deepEqual(meaningOf(parse(formatted, 'change')), meaningOf(parse(given, 'change')));
  });

  it('aligns the comments behind neighbouring lines', () => {
    const long = 'x'.repeat(60);
    assert.equal(
      format(
        `change A { // one
status: draft // two
raised: 2026-01-01
owner: me    // three
origin: "${long}" // four

class: major // five
}`,
        'change',
      ),
      `change A { // one
  status: draft // two
  raised: 2026-01-01
  owner: me     // three
  origin: "${long}" // four

  class: major // five
}
`,
    );
  });
});

describe('every shipped rule pack, example and sample', () => {
  const files = ['server/packs', 'samples'].flatMap((folder) =>
    filesBelow(folder).filter(
      (file) => /\.(change|rules)$/.test(file) && !file.startsWith(join('samples', 'faults')),
    ),
  );

  it('is laid out as the formatter would', () => {
    const others = files.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return format(text, file.endsWith('.rules') ? 'rules' : 'change') !== text;
    });
    assert.deepEqual(others, []);
    assert.ok(files.length > 10);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
