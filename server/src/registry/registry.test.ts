import assert from 'node:assert/strict';
import { CONTRACT_EXAMPLE } from './contractExample.js';
import type { Entity } from './entity.js';
import { readRegistry } from './read.js';
import { nodeAt, Registry, siteValue, textAt, textsAt, valueAt } from './registry.js';
import { validateFile } from './validate.js';

function registryOf(text: string): Registry {
  return new Registry([readRegistry('r.yaml', text)]);
}

function get(registry: Registry, id: string): Entity {
  const entity = registry.get(id);
  assert.ok(entity, id);
  return entity;
}

describe('registry: the example of the language', () => {
  const file = readRegistry('registry/all.yaml', CONTRACT_EXAMPLE);
  const registry = new Registry([file]);

  it('reads and validates without a problem', () => {
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      validateFile(file).map(({ message }) => message),
      [],
    );
    assert.equal(registry.size, 21);
  });

  it('keeps values as they are written', () => {
    assert.equal(textAt(get(registry, 'LRG-DS'), 'storage'), '-20 °C');
    const filing = get(registry, 'NDA-215866');
    assert.equal(textAt(filing, 'registers', ['LRG-S5', 'cleavage-temperature', 'report']), 'CBE-30');
    assert.deepEqual(textsAt(filing, 'registers', ['LRG-S5', 'sites']), ['TOR-B2']);
    assert.equal(valueAt(get(registry, 'SPEC-LRG-DS'), 'tests', ['assay', 'limit'])?.kind, 'interval');
  });

  it('has a value for each site', () => {
    const node = nodeAt(get(registry, 'LRG-S5'), 'parameters', ['batch-size']);
    assert.equal(siteValue(node, 'DAB-4')?.text, '120 kg');
    assert.equal(siteValue(node, 'TOR-B2')?.text, '50 kg');
  });

  it('places every ID, key and value', () => {
    for (const entity of file.entities) {
      assert.equal(CONTRACT_EXAMPLE.slice(file.starts[entity.at], file.ends[entity.at]), entity.id);
    }
    const dab = get(registry, 'DAB-4').node.entries.get('country')!;
    assert.equal(CONTRACT_EXAMPLE.slice(file.starts[dab.keyAt], file.ends[dab.keyAt]), 'country');
    assert.equal(CONTRACT_EXAMPLE.slice(file.starts[dab.value.at], file.ends[dab.value.at]), 'IN');
  });
});

describe('registry: values keep their source text', () => {
  const text = (value: string) => textAt(get(registryOf(`sites:\n  A: { x-v: ${value} }\n`), 'A'), 'x-v');

  it('numbers keep their zeros', () => {
    assert.equal(text('95.0'), '95.0');
    assert.equal(text('007'), '007');
    assert.equal(text('1e3'), '1e3');
  });

  it('dates and limits are their text', () => {
    assert.equal(text('2026-02-31'), '2026-02-31');
    assert.equal(text('NMT 0.2 %'), 'NMT 0.2 %');
    assert.equal(text('">= 98.0 %"'), '>= 98.0 %');
  });

  it('a null is nothing, in quotes it is a text', () => {
    assert.equal(text('~'), undefined);
    assert.equal(text('"null"'), 'null');
  });

  it('a block of text is decoded without its last line break', () => {
    const entity = get(registryOf('sites:\n  A:\n    address: |\n      One\n      Two\n'), 'A');
    assert.equal(textAt(entity, 'address'), 'One\nTwo');
  });
});
