import assert from 'node:assert/strict';
import { format } from './format.js';
import { RECORD_EXAMPLE, RULES_EXAMPLE } from './testing.js';

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
  add A to // why
    B
  reason: """
      foo
        bar
    """ /* last */
}
change Y {
}
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
});
