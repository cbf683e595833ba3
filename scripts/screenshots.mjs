// `npm run screenshots`: the pictures of the README (docs/images) and, cut to what they are about, those of the
// walkthrough (client/walkthrough), light and dark, of the peptide sample as it is on one day.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import UPNG from 'upng-js';
import { installServer, OLDEST } from './editor/install.mjs';
import { closeSideBar, hoverOn, impactFrame, openRecord, runCommand, tree } from './editor/window.mjs';
import { startWorkbench } from './editor/workbench.mjs';
import { packageExtension } from './packageExtension.mjs';
import { root } from './paths.mjs';

const images = join(root, 'docs', 'images');
const walkthrough = join(root, 'client', 'walkthrough');

/** What of the window a step of the walkthrough shows: it is drawn small there, and travels with the extension. */
const PARTS = {
  record: { x: 48, y: 0, width: 640, height: 400 },
  problems: { x: 48, y: 300, width: 800, height: 438 },
  hover: { x: 104, y: 116, width: 820, height: 340 },
  obligations: { x: 0, y: 0, width: 560, height: 480 },
  impact: { x: 624, y: 36, width: 576, height: 690 },
};
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

// A window that develops an extension has no theme of its own, so the pictures are of the package.
const vsix = await packageExtension();
mkdirSync(images, { recursive: true });
for (const [name, theme] of Object.entries(THEMES)) {
  const folder = join(mkdtempSync(join(tmpdir(), 'entail-pictures-')), 'peptide');
  cpSync(join(root, 'samples/peptide'), folder, { recursive: true });
  const workbench = await startWorkbench({
    ...installServer(OLDEST),
    folder,
    packaged: [vsix],
    size: { width: 1200, height: 760 },
    settings: {
      'workbench.colorTheme': theme,
      'entail.asOf': '2026-11-22',
      'editor.minimap.enabled': false,
      'breadcrumbs.enabled': false,
      'workbench.layoutControl.enabled': false,
      'window.commandCenter': false,
      'editor.fontSize': 13,
    },
  });
  try {
    await picturesOf(workbench.page, name);
  } finally {
    await workbench.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function picturesOf(page, theme) {
  const save = (path, png, colours) => {
    const { width, height, ...picture } = UPNG.decode(png);
    const rgba = UPNG.toRGBA8({ width, height, ...picture });
    // A window has few colours.
    writeFileSync(path, Buffer.from(UPNG.encode(rgba, width, height, colours)));
  };
  const shoot = async (name) => {
    if (name !== 'record') save(join(images, `${name}-${theme}.png`), await page.screenshot(), 64);
    save(join(walkthrough, `${name}-${theme}.png`), await page.screenshot({ clip: PARTS[name] }), 32);
  };
  await openRecord(page, 'CC-2026-014');
  await closeSideBar(page);
  await shoot('record');
  await page.keyboard.press('Control+Shift+M');
  await page.waitForSelector('.markers-panel .monaco-list-row');
  await page.waitForTimeout(600);
  await shoot('problems');

  await page.keyboard.press('Control+J');
  await hoverOn(page, 'batch-size');
  await page.waitForTimeout(600);
  await shoot('hover');

  await page.keyboard.press('Escape');
  await runCommand(page, 'Entail: Show What Is Owed');
  await tree(page).first().waitFor();
  await page.waitForTimeout(600);
  await shoot('obligations');

  await closeSideBar(page);
  await page.locator('.view-line', { hasText: 'transfer' }).first().click();
  await runCommand(page, 'Entail: Show Impact');
  const frame = await impactFrame(page);
  await frame.locator('g.node').first().waitFor();
  await page.waitForTimeout(900);
  await shoot('impact');
}
