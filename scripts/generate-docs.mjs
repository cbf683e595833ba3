// `npm run docs`: writes the generated pages of docs/ and the output of the samples, which the tests compare.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesBelow, root } from './paths.mjs';

const built = process.env.ENTAIL_BUILT ?? join(root, 'server/out/server/src');
const load = (file) => import(pathToFileURL(join(built, file)).href);
const { documents } = await load('checks/documents.js');
const { compileRules } = await load('rules/compile.js');
const { parseRules } = await load('syntax/parser.js');
const { sampleOutputs } = await load('cli/samples.testing.js');
const { filledReadme } = await load('cli/readme.testing.js');
const { configurationJsonSchema, registryJsonSchema } = await load('registry/jsonSchema.js');

const docs = join(root, 'docs');
const packs = join(root, 'server', 'packs');
const texts = documents(
  compileRules(
    readdirSync(packs)
      .filter((name) => name.endsWith('.rules'))
      .sort()
      .map((name) => ({
        file: name,
        tree: parseRules(readFileSync(join(packs, name), 'utf8')),
        shipped: true,
      })),
  ),
  readFileSync(join(docs, 'coverage-notes.md'), 'utf8'),
);
for (const [path, text] of texts) write(join(docs, path), text);
for (const folder of ['findings', 'packs'])
  for (const file of filesBelow(join(docs, folder)))
    if (!texts.has(relative(docs, file).replaceAll('\\', '/'))) rmSync(file);

const samples = join(root, 'samples');
for (const [path, text] of await sampleOutputs(root)) write(join(samples, path), text);

const readme = join(root, 'README.md');
write(readme, await filledReadme(readFileSync(readme, 'utf8')));

write(
  join(root, 'server/schemas/registry.schema.json'),
  `${JSON.stringify(registryJsonSchema(), null, 2)}\n`,
);
write(
  join(root, 'server/schemas/entail.schema.json'),
  `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`,
);

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
