import { KINDS, SCHEMA } from '../registry/schema.js';
import { FACTS, type Fact } from './facts.js';

/** The catalogue as a page: a table of facts and one of functions. */
export function factsMarkdown(): string {
  const rows = (kind: Fact['kind']): string =>
    FACTS.filter((entry) => entry.kind === kind)
      .map((entry) => {
        const written =
          kind === 'fact'
            ? entry.name
            : `${entry.name}(${entry.parameters.map((parameter) => parameter.name).join(', ')})`;
        return `| \`${written}\` | ${entry.typeName} | ${entry.meaning} | \`${entry.example}\` |`;
      })
      .join('\n');
  const head = (title: string): string => `| ${title} | type | meaning | example |\n|---|---|---|---|\n`;
  const attributes = KINDS.map(
    (kind) =>
      `- ${SCHEMA[kind].title}: ${Object.keys(SCHEMA[kind].attributes)
        .map((name) => `\`${name}\``)
        .join(', ')}`,
  ).join('\n');
  return `# Facts

What the expressions of rules and conditions can ask. A fact that the registry doesn't hold is *unknown*,
never false; one that makes no sense for what is changed (the activity of a piece of equipment) makes the
comparison false.

${head('fact')}${rows('fact')}

${head('function')}${rows('function')}

Any attribute of the registry follows its owner after a dot, through references too
(\`proposed.organisation.role\`). Of a list, a comparison holds if it holds for one element.

${attributes}
`;
}
