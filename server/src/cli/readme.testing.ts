/** The blocks of the README that the program writes itself, so that it never says what is no longer true. */
import { join } from 'node:path';
import { runIn, Scratch } from '../testing.js';
import { TEMPLATE } from './template.js';

/** The README with the marked blocks as the program gives them: `<!-- output: … -->`, `<!-- file: … -->`. */
export async function filledReadme(text: string): Promise<string> {
  const scratch = new Scratch();
  try {
    await runIn(scratch.root, ['init', 'first-steps']);
    let filled = '';
    let at = 0;
    for (const block of text.matchAll(/<!-- (output|file): (.+) -->\n```\n([\s\S]*?)```\n/g)) {
      const [, kind, what] = block;
      const own =
        kind === 'file' ? TEMPLATE[what!]! : await outputOf(join(scratch.root, 'first-steps'), what!);
      filled += `${text.slice(at, block.index)}<!-- ${kind}: ${what} -->\n\`\`\`\n${own}\`\`\`\n`;
      at = block.index + block[0].length;
    }
    return filled + text.slice(at);
  } finally {
    scratch.remove();
  }
}

async function outputOf(root: string, command: string): Promise<string> {
  const { out } = await runIn(root, command.split(' '));
  return `$ npx entail ${command}\n${out}`;
}
