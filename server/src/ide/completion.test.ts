import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { completions, resolveCompletion, type CompletionList } from './completion.js';
import { opened, openedRecord, type Opened, edited } from './testing.js';

function at(from: Opened): CompletionList {
  return completions(from.snapshot, from.path, from.offset);
}

/** The labels at the cursor of a record's statements, the first ones only where `count` says so. */
function labels(from: Opened, count = Number.POSITIVE_INFINITY): string[] {
  return at(from).items.slice(0, count).map(({ label }) => label);
}

/** The file after a choice is taken, snippets with their places as they are. */
function taken(from: Opened, label: string): string {
  const item = at(from).items.find((one) => one.label === label);
  assert.ok(item, `${label} is not among ${labels(from).join(', ')}`);
  return edited(from.text, [{ range: item.range, newText: item.insert }]);
}

function assertHas(from: Opened, expected: readonly string[], unexpected: readonly string[] = []): void {
  const found = labels(from);
  for (const label of expected) assert.ok(found.includes(label), `${label} is not among ${found.join(', ')}`);
  for (const label of unexpected) assert.ok(!found.includes(label), `${label} should not be offered`);
}

const TRANSFER = 'transfer STEP from SITE-A to SITE-B\n';

describe('completion of change records', () => {
  it('offers what is owed as whole lines first', () => {
    const found = labels(openedRecord(`implement: 2027-06-01\n  ${TRANSFER}  $0`));
    assert.deepEqual(found.slice(0, 1), ['file NDA-1 as PAS on 2027-06-01']);
    assert.ok(found.includes('revalidate PV-STEP at SITE-B by 2027-06-01'), found.join('\n'));
    assert.ok(found.includes('notify OWNER on 2026-11-22'), found.join('\n'));
  });
});
describe('debug', () => {
  const show = (name: string, from: Opened) => it(name, () => {
    const list = at(from);
    console.log(`--- ${name}: ${list.items.length}${list.isIncomplete ? '+' : ''}`);
    for (const item of list.items.slice(0, 9)) console.log(`   ${item.sort} ${item.label} | ${item.detail ?? ''} | ${JSON.stringify(item.insert)} ${item.preferred ?? ''} ${item.filter ?? ''} ${item.range.start.line}:${item.range.start.character}-${item.range.end.character}`);
  });
  const rec = (text: string) => openedRecord(text);
  show('statement', rec(`${TRANSFER}  $0`));
  show('statement-prefix', rec(`${TRANSFER}  rev$0`));
  show('transfer subj', rec('transfer $0'));
  show('transfer subj prefix', rec('transfer ST$0EP from SITE-A to SITE-B'));
  show('transfer next', rec('transfer STEP $0'));
  show('transfer from', rec('transfer STEP from $0'));
  show('transfer to', rec('transfer STEP from SITE-A to $0'));
  show('modify', rec('modify $0'));
  show('modify block', rec('modify STEP {\n    $0\n  }'));
  show('modify block at', rec('modify STEP at SITE-B {\n    ba$0\n  }'));
  show('modify spec', rec('modify SPEC {\n    assay.$0\n  }'));
  show('modify cur', rec('modify SPEC {\n    assay.limit: $0\n  }'));
  show('modify method', rec('modify SPEC {\n    assay.method: MTH -> $0\n  }'));
  show('modify word', rec('modify DS {\n    stage: drug-substance -> $0\n  }'));
  show('add', rec('add $0 to STEP'));
  show('add to', rec('add EQ-B to $0'));
  show('remove', rec('remove EQ-A from $0'));
  show('replace with', rec('replace EQ-A with $0'));
  show('replace in', rec('replace EQ-A with EQ-B in $0'));
  show('revalidate', rec(`${TRANSFER}  revalidate $0`));
  show('revalidate at', rec(`${TRANSFER}  revalidate PV-STEP at $0`));
  show('revalidate tails', rec(`${TRANSFER}  revalidate PV-STEP at SITE-B $0`));
  show('revalidate by', rec(`implement: 2027-06-01\n ${TRANSFER}  revalidate PV-STEP at SITE-B by 2$0`));
  show('file', rec(`${TRANSFER}  file $0`));
  show('file as', rec(`${TRANSFER}  file NDA-1 as $0`));
  show('file for', rec(`${TRANSFER}  file NDA-1 as PAS for $0`));
  show('confirm', rec(`${TRANSFER}  confirm $0`));
  show('confirm for', rec(`${TRANSFER}  confirm inspected for $0`));
  show('notify', rec(`${TRANSFER}  notify $0`));
  show('new', rec(`${TRANSFER}  revalidate new $0`));
  show('expect', rec(`${TRANSFER}  expect $0`));
  show('expect by', rec(`${TRANSFER}  expect PAS for NDA-1 by $0`));
  show('evidence', rec(`${TRANSFER}  deny inspected because "x" evidence "A B"\n  confirm inspected because "x" evidence $0`));
  show('status', opened('=== a.change\nchange C-1 "x" {\n  status: $0\n}'));
  show('top', opened('=== a.change\nchange CC-2026-014 "x" {\n  status: draft\n}\n$0'));
  show('broken', opened('=== a.change\nchange CC-2026-014 "x" {\n  status: draft\n  transfer STEP from '+'$0'));
  show('comment', rec('// tran$0'));
  show('rule when', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of step\n  when $0\n}'));
  show('rule =', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of step\n  when product.modality = $0\n}'));
  show('rule path', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of step\n  when proposed.ca$0\n}'));
  show('rule trigger', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace $0\n}'));
  show('rule trigger kind', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of $0\n}'));
  show('rule report', opened('=== shipped/law.rules\npack law "A" {\n market: US\n filings: NDA\n source: "x"\n categories: none < AR < PAS\n otherwise: x\n}\nrule x "y" {\n  report $0\n}'));
  show('rule instead', opened('=== shipped/law.rules\npack law "A" {\n market: US\n filings: NDA\n source: "x"\n categories: none < AR < PAS\n otherwise: x\n}\nrule x "y" {\n  report PAS instead of $0\n}'));
  show('rule stmt', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of step\n  $0\n}'));
  show('rule call', opened('=== rules/a.rules\npack a "A" {\n source: "x"\n}\nrule x "y" {\n  on replace site of step\n  when reaches($0\n}'));
  show('yaml sections', opened('=== registry/x.yaml\nsites:\n  S-1: { name: x }\n$0'));
  show('yaml attrs', opened('=== registry/x.yaml\nsteps:\n  S-1:\n    name: x\n    $0\n  S-2:\n    sites: [SITE-A]'));
  show('yaml attrs flow', opened('=== registry/x.yaml\nsites:\n  S-1: { name: x, $0 }\n'));
  show('yaml ref', opened('=== registry/x.yaml\nsites:\n  S-1: { name: x, organisation: $0 }\n'));
  show('yaml list', opened('=== registry/x.yaml\nsteps:\n  S-1:\n    sites: [SITE-A, $0]\n'));
  show('yaml dash', opened('=== registry/x.yaml\nsteps:\n  S-1:\n    sites:\n      - S$0\n'));
  show('yaml at', opened('=== registry/x.yaml\nsteps:\n  S-1:\n    parameters:\n      batch-size: { value: 50 kg, at: { $0'));
  show('yaml params', opened('=== registry/x.yaml\nsteps:\n  S-1:\n    parameters:\n      $0'));
  show('yaml word', opened('=== registry/x.yaml\nproducts:\n  P-1:\n    modality: pep$0'));
  show('yaml registers', opened('=== registry/x.yaml\nfilings:\n  F-1:\n    market: US\n    registers:\n      STEP:\n        $0'));
  show('yaml insp', opened('=== registry/x.yaml\nsites:\n  F-1:\n    inspections:\n      - authority: FDA\n        $0'));
  show('jsonc', opened('=== entail.jsonc\n{\n  $0\n}'));
  show('jsonc pack', opened('=== entail.jsonc\n{\n  "packs": ["$0"]\n}'));
  show('jsonc sev', opened('=== entail.jsonc\n{\n  "severity": { "record/$0" }\n}'));
  show('jsonc sevv', opened('=== entail.jsonc\n{\n  "severity": { "record/lapsed": $0 }\n}'));
  it('docs', () => { for (const from of [rec(`${TRANSFER}  $0`), rec('modify $0')]) { const {snapshot} = from; for (const i of at(from).items.slice(0,3)) console.log(i.data && resolveCompletion(snapshot, i.data)); } });
});
void taken; void assertHas;
