import { resolve } from 'node:path';
import { shown } from './opened.js';
import { CannotRun, type Context, NOTHING_FOUND } from './services.js';
import { styleFor } from './style.js';
import { TEMPLATE } from './template.js';

/** `entail init`: writes a small workspace to start from, and nothing over what is there. */
export async function init({ io, services }: Context, folder: string): Promise<number> {
  const root = resolve(io.cwd, folder);
  const kind = await services.host.kindOf(root);
  if (kind !== 'folder' && kind !== 'missing') throw new CannotRun(`${folder} is a file; name a folder.`);
  const places = Object.keys(TEMPLATE).map((path) => resolve(root, path));
  for (const place of places)
    if ((await services.host.kindOf(place)) !== 'missing')
      throw new CannotRun(
        `${shown(io.cwd, place)} is there already, so nothing was written. Name another folder.`,
      );
  for (const [path, text] of Object.entries(TEMPLATE)) {
    const place = resolve(root, path);
    try {
      await services.host.create(place, text);
    } catch {
      throw new CannotRun(
        `${shown(io.cwd, place)} can not be written: is the folder protected, or the disk full?`,
      );
    }
    io.stdout.write(`${shown(io.cwd, place)}\n`);
  }
  const style = styleFor(io.stdout, io.environment);
  const target = folder === '.' ? '' : ` ${folder}`;
  io.stdout.write(`\n${style.strong('Next:')} entail check${target}\n`);
  return NOTHING_FOUND;
}
