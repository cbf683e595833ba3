import assert from 'node:assert/strict';
import { type Language, parse } from './parser.js';
import { type Tree, textOf } from './tree.js';

/** Every example of the language reference: a whole record, and packs with their rules. */
export const RECORD_EXAMPLE = `change CC-2026-014 "Move the cleavage step to Dabhasa and scale it up" {
  status: assessing
  raised: 2026-10-02
  implement: 2027-11-01
  owner: "Regulatory CMC"
  origin: CAPA-2026-031
  reason: """
    Torrance suite B2 closes at the end of 2027.
    """

  // what is proposed
  transfer LRG-S5 from TOR-B2 to DAB-4
  modify LRG-S5 at DAB-4 {
    batch-size: 50 kg -> 120 kg
    cleavage-temperature: 20..25 °C -> 18..27 °C
  }
  replace EQ-TOR-CLV1 with EQ-DAB-CLV2 in LRG-S5
  add SUP-NOVA to FMOC-LEU
  modify SPEC-LRG-DS {
    assay.limit: 95.0..102.0 % -> 97.0..102.0 %
    ndma.limit: none -> NMT 0.03 ppm
    ndma.method: none -> MTH-GC-9
  }

  // what it takes
  revalidate PV-LRG-S5 at DAB-4 by 2027-05-31 protocol "PPQ-0114 rev 2"
  unaffected MV-LRG-01, MV-LRG-02 because "the methods do not see the resin" evidence "RPT-221"
  file NDA-215866 as PAS on 2027-06-15 in SUB-2027-03
  approval NDA-215866 on 2027-10-14 evidence "approval letter"
  implement NDA-215866 on 2027-11-01 from "batch 27K014"
  notify NOVARA on 2026-10-20
  approval NOVARA on 2026-11-30 evidence "QA-771"
  perform stability-commitment by 2027-12-31
  confirm site-authorised, inspected for DAB-4
      because "certificate of 2025-06 covers Suite 4" evidence "CERT-88"
  deny us-drugs/substantial-effect because "…"
}
`;

export const RULES_EXAMPLE = `pack us-drugs "United States: changes to an approved NDA or ANDA" {
  market: US
  filings: NDA, ANDA
  source: "21 CFR 314.70"
  in-force: 2004-11-23
  accepts: FDA, EMA // whose inspections count
  categories: none < AR < CBE-0 < CBE-30 < PAS
  clock PAS: approval, typical 4 months
  clock CBE-30: wait 30 days
  clock CBE-0: on-receipt
  clock AR: afterwards, within 60 days of anniversary
  otherwise: 314.70.a
}

condition inspected
    "Was this type of operation inspected there in the last two years, satisfactorily?" {
  default inspected(proposed, subject.activity, 2 years)
}

rule 314.70.b.2.i "Specification changed" {
  on add test of specification, remove test of specification, modify test of specification
  report PAS
  cite "21 CFR 314.70(b)(2)(i)"
  basis official
  dossier 3.2.S.4.1, 3.2.P.5.1
  document "justification of the specification"
}

rule 314.70.c.6.i "Test added for more assurance" {
  on add test of specification
  report CBE-0 instead of 314.70.b.2.i
  cite "21 CFR 314.70(c)(6)(i)"
  basis official
}

rule supac-ir.batch-size "Immediate release: batch size" {
  on modify batch-size of step
  when product.release = immediate and stage = drug-product
  report AR when ratio(proposed, filing.bio-batch) <= 10
  report CBE-30 otherwise
  cite "SUPAC-IR (1995), V"
  basis secondary
}

pack gmp "Validation duties" {
  source: "EU GMP Annex 15; FDA Process Validation (2011)"
  lead process: 3..9 months
  order equipment-qualification before process
}

rule site.transfer "Step moved to another site" {
  on replace site of step, add site of step
  revalidate process direct at destination
  revalidate equipment-qualification direct at destination
  assess cleaning at destination
  assess process downstream
  assess stability product
  perform product-quality-review "next review shows that the change did what was meant"
  cite "EU GMP Annex 15, 5.1", "FDA Process Validation (2011), IV.C"
  basis official
}
`;

/**
 * Checks the faults of a text with markers: a line `// ^^^ message` says that the columns over the carets, in
 * the line above, have a fault with that message (a lone `^` also stands for an empty place). Every fault needs one.
 */
export function checkFaults(marked: string, language: Language = 'change'): Tree {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    const marker = /^(\s*\/\/\s*)(\^+) (.*)$/.exec(line);
    if (!marker) lines.push(line);
    else expected.push(`${lines.length - 1}:${marker[1]!.length}+${marker[2]!.length} ${marker[3]}`);
  }
  const text = lines.join('\n');
  const tree = parse(text, language);
  assert.equal(textOf(tree), text);
  const actual = tree.faults.map(({ span, message }) => {
    const line = text.slice(0, span.start).split('\n').length - 1;
    const column = span.start - (text.lastIndexOf('\n', span.start - 1) + 1);
    return `${line}:${column}+${Math.max(1, span.end - span.start)} ${message}`;
  });
  assert.deepEqual(actual, expected);
  return tree;
}

/** The nodes without their places: what a file means. */
export function meaningOf(tree: Tree): unknown {
  return JSON.parse(
    JSON.stringify(tree.root, (key, part: unknown) => {
      if (key === 'first' || key === 'last') return undefined;
      return key === 'text' && typeof part === 'string' ? plain(part) : part;
    }),
  );
}

function plain(text: string): string {
  return text
    .replaceAll('≤', '<=')
    .replaceAll('≥', '>=')
    .replaceAll('–', '..')
    .replaceAll('−', '-')
    .replace(/\s+/g, '');
}
