import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { LineIndex } from '../base/lineIndex.js';
import { CONFIG_FILE, type Config, defaultConfig, packOfFile, readConfig } from '../workspace/config.js';
import { compileGlobs } from '../workspace/glob.js';
import type { ReadFile } from '../workspace/host.js';
import { Selection } from '../workspace/selection.js';
import type { SourceFile } from '../workspace/workspace.js';
import { CannotRun, type Context } from './services.js';

/** Of so many characters of records the trees are kept until they are reported: each is parsed once, and reported once. */
export const TREES_OF_A_CHECK = 16_000_000;

/** A workspace as it was found on disk, before anything is made of it. */
export interface Opened {
  /** The folder that every path of the report is relative to. */
  readonly root: string;
  readonly config: Config;
  /** The configuration's path relative to the root, or null where there is none. */
  readonly configPath: string | null;
  /** `CONFIG:LINE:CHARACTER: message` of its first fault and how many more there are, or null. */
  readonly configFault: string | null;
  /** Every file, the configuration under the name `entail.jsonc`. */
  readonly files: readonly ReadFile[];
  readonly shippedPacks: readonly SourceFile[];
  /** What the user asked for, relative to the root; null where it is the whole workspace. */
  readonly asked: readonly string[] | null;
}

/** Finds entail.jsonc upwards from the paths and reads the workspace around it. */
export async function openWorkspace(
  context: Context,
  paths: readonly string[],
  configOption: string | undefined,
): Promise<Opened> {
  const { services, io } = context;
  const full = await Promise.all((paths.length > 0 ? paths : ['.']).map((path) => existing(context, path)));
  const roots = await Promise.all(full.map((place) => rootAbove(context, place.folder)));
  const root = roots.find((one) => one !== null) ?? commonFolder(full.map((place) => place.folder));
  roots.forEach((other, index) => {
    if ((other ?? root) === root && isInside(root, full[index]!.path)) return;
    throw new CannotRun(
      `${full[0]!.asked} and ${full[index]!.asked} belong to two workspaces (${CONFIG_FILE} of each says so). Check them one after the other.`,
    );
  });

  const shippedPacks = await services.shippedPacks();
  if (configOption === undefined && roots.every((one) => one === null)) await refuseNested(context, root);
  const configFile = configOption ? resolve(io.cwd, configOption) : resolve(root, CONFIG_FILE);
  const hasConfig = configOption !== undefined || (await services.host.kindOf(configFile)) !== 'missing';
  const files: ReadFile[] = [];
  let config = defaultConfig(packIds(shippedPacks));
  let configFault: string | null = null;
  const configPath = hasConfig ? relative(root, configFile).split(sep).join('/') : null;
  if (hasConfig) {
    const file = await services.host.read(configFile, CONFIG_FILE);
    if (file.fault !== undefined) throw new CannotRun(`${shown(io.cwd, configFile)}: ${file.fault}`);
    files.push(file);
    const read = readConfig(file.text, packIds(shippedPacks));
    config = read.config;
    const [first] = read.problems;
    if (first) {
      const { line, character } = new LineIndex(file.text).position(first.span.start);
      const more = read.problems.length > 1 ? ` (and ${read.problems.length - 1} more)` : '';
      configFault = `${shown(io.cwd, configFile)}:${line + 1}:${character + 1}: ${first.message}${more}`;
    }
  }
  files.push(...(await services.host.readAll(root, new Selection(config))));
  // Without a path the whole workspace is meant, from whichever of its folders it is asked.
  const asked =
    paths.length === 0 ? [''] : full.map((place) => relative(root, place.path).split(sep).join('/'));
  for (const [index, path] of asked.entries()) {
    const holdsSome = path === '' || files.some((file) => isBelow(file.path, path)) || path === configPath;
    if (!holdsSome && roots[index] !== null)
      throw new CannotRun(`${full[index]!.asked} holds nothing that the patterns in ${CONFIG_FILE} mean.`);
  }
  return {
    root,
    config,
    configPath,
    configFault,
    files,
    shippedPacks,
    asked: asked.includes('') ? null : asked,
  };
}

/** A folder without a configuration, above workspaces that have one each, is no workspace: it would mix them up. */
async function refuseNested({ services, io }: Context, root: string): Promise<void> {
  const below = await services.host.readAll(root, compileGlobs([`*/**/${CONFIG_FILE}`]));
  if (below.length === 0) return;
  const folders = below.map(({ path }) => shown(io.cwd, resolve(root, dirname(path))));
  const more = folders.length > 3 ? ` and ${folders.length - 3} more` : '';
  throw new CannotRun(
    `There is no ${CONFIG_FILE} here, but there are workspaces below: ${folders.slice(0, 3).join(', ')}${more}. Check them one by one, such as \`entail check ${folders[0]}\`.`,
  );
}

/** Whether there is a configuration for the user's folder: above it, or the one that he names. */
export async function hasConfig(context: Context, configOption: string | undefined): Promise<boolean> {
  if (configOption !== undefined) return true;
  const here = await context.services.host.realPath(context.io.cwd);
  return (await rootAbove(context, here)) !== null;
}

/** Whether a path is another or lies below it; both relative to the root. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** A path as the user would write it from where he is. */
export function shown(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return (near.startsWith(`..${sep}..${sep}..`) ? path : near === '' ? '.' : near).split(sep).join('/');
}

/** `us-drugs` of `us-drugs.rules`. */
export function packIds(shippedPacks: readonly SourceFile[]): string[] {
  return [...new Set(shippedPacks.flatMap((pack) => packOfFile(pack.path) ?? []))];
}

interface Place {
  readonly asked: string;
  readonly path: string;
  /** The path itself if it is a folder, else the folder that holds it. */
  readonly folder: string;
}

async function existing({ services, io }: Context, asked: string): Promise<Place> {
  const given = resolve(io.cwd, asked);
  const kind = await services.host.kindOf(given);
  if (kind === 'missing') throw new CannotRun(`There is no file or folder ${asked}.`);
  const path = kind === 'folder' ? await services.host.realPath(given) : given;
  return { asked, path, folder: kind === 'folder' ? path : dirname(path) };
}

async function rootAbove({ services }: Context, start: string): Promise<string | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    if ((await services.host.kindOf(resolve(folder, CONFIG_FILE))) !== 'missing') return folder;
    if (dirname(folder) === folder) return null;
  }
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0]!;
  while (!folders.every((folder) => isInside(common, folder))) common = dirname(common);
  return common;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
