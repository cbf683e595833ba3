// The extension as its user sees it: the panels of the window, the keyboard, and a workspace that is not trusted.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installServer, OLDEST } from '../../scripts/editor/install.mjs';
import { hoverOn, impactFrame, openRecord, runCommand, tree } from '../../scripts/editor/window.mjs';
import { startWorkbench } from '../../scripts/editor/workbench.mjs';
import { root } from '../../scripts/paths.mjs';

/** A name that would be markup, were it not always put in as text. */
const HOSTILE = '</text><img src="x" onerror="document.title=1">&amp;';

describe('the window, in a workspace that is not trusted', () => {
  let folder;
  let workbench;
  let page;

  before(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'entail-window-')), 'peptide');
    cpSync(join(root, 'samples/peptide'), folder, { recursive: true });
    const sites = join(folder, 'registry/organisations-and-sites.yaml');
    writeFileSync(sites, readFileSync(sites, 'utf8').replace('Torrance, Suite B2', `'${HOSTILE}'`));
    workbench = await startWorkbench({
      ...installServer(OLDEST),
      folder,
      development: [root],
      trusted: false,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'entail.asOf': '2026-11-22' },
    });
    page = workbench.page;
    await openRecord(page, 'CC-2026-014');
  });

  after(async () => {
    await workbench?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is in Restricted Mode, and Entail works', async () => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    assert.match(await page.locator('.statusbar').innerText(), /CC-2026-014: \d+ unmet/);
  });

  it('lists the findings in the Problems panel', async () => {
    await page.keyboard.press('Control+Shift+M');
    await page
      .locator('.markers-panel .monaco-list-row', { hasText: 'assessment/missing' })
      .first()
      .waitFor();
    await page.keyboard.press('Control+J');
  });

  it('explains an edit under the pointer', async () => {
    await hoverOn(page, 'batch-size');
    const text = await page.locator('.monaco-resizable-hover .monaco-hover-content').first().innerText();
    assert.match(text, /NDA-215866|NDA-\s*215866/);
    await page.keyboard.press('Escape');
  });

  it('lists what is owed, and leads to its line', async () => {
    await runCommand(page, 'Entail: Show What Is Owed');
    await tree(page).filter({ hasText: 'Get the approval of NOVARA' }).first().click();
    assert.match(await page.locator('.statusbar').innerText(), /Ln \d+/);
  });

  it('draws the impact, for the eye, the keyboard and a screen reader', async () => {
    await page.locator('.view-line', { hasText: 'transfer' }).first().click();
    await runCommand(page, 'Entail: Show Impact');
    const frame = await impactFrame(page);
    const nodes = frame.locator('g.node');
    await nodes.first().waitFor();
    const labels = await nodes.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    assert.ok(labels.some((label) => /^LRG-S5, changed step: Cleavage\. Changed: /.test(label)));
    assert.ok(labels.some((label) => /^NDA-215866, filing: CBE-30 to PAS/.test(label)));
    assert.ok(labels.some((label) => label.startsWith(`TOR-B2, touched site: ${HOSTILE}`)));
    assert.equal(await frame.locator('main img, main script').count(), 0);
    await nodes.first().focus();
    await page.keyboard.press('ArrowDown');
    const focused = await frame.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.notEqual(focused, labels[0]);
    assert.equal(await frame.locator('section table').first().isVisible(), false);
    assert.match(await frame.locator('section', { hasText: 'Markets' }).last().innerText(), /21 CFR 314\.70/);
    assert.match(await frame.locator('.timeline').innerText(), /2027-11-01\s+Change implemented/);
  });

  it('saves the picture as an SVG file that stands alone', async () => {
    const frame = await impactFrame(page);
    const drawn = await frame.locator('g.node').count();
    await frame.locator('button', { hasText: 'Save as SVG' }).click();
    const name = page.locator('.quick-input-widget input').first();
    await name.waitFor();
    await waitFor(async () => /CC-2026-014\.svg$/.test(await name.inputValue()));
    await name.fill(join(folder, 'impact.svg'));
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    const file = join(folder, 'impact.svg');
    await waitFor(() => existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('</svg>'));
    const svg = readFileSync(file, 'utf8');
    assert.doesNotMatch(svg, /<script|<style|<img|class=|var\(--|href=(?!"#)/);
    // What a browser makes of the file by itself: well-formed, with every box and its explanation, in colour.
    const alone = await page.context().browser().newPage();
    const seen = await alone.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      const titles = [...picture.querySelectorAll('g > title')].map((title) => title.textContent);
      const rect = picture.querySelector('g > rect');
      return { root: picture.documentElement.localName, titles, stroke: rect?.getAttribute('stroke') };
    }, svg);
    await alone.close();
    assert.equal(seen.root, 'svg');
    assert.equal(seen.titles.length, drawn);
    assert.ok(seen.titles.some((title) => title.includes(HOSTILE)));
    assert.ok(seen.titles.some((title) => title.startsWith('NDA-215866, filing: CBE-30 to PAS')));
    assert.match(seen.stroke, /^rgb/);
  });

  it('takes the completion that is accepted', async () => {
    await page.locator('.view-line', { hasText: 'transfer' }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('unaff');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'unaffected' }).first().waitFor();
    await page.keyboard.press('Tab');
    await page
      .locator('.view-line', { hasText: /^\s*unaffected/ })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    const saved = readFileSync(join(folder, 'changes/CC-2026-014.change'), 'utf8');
    assert.match(saved, /transfer LRG-S5 from TOR-B2 to DAB-4\n {2}unaffected /);
  });
});

/** Asks until something holds; the test's own time limit ends a wait in vain. */
async function waitFor(holds) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 60));
}
