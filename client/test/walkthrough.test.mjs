// The first hour as a new user has it: the package is installed in an empty window, and the walkthrough leads on.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installServer, OLDEST } from '../../scripts/editor/install.mjs';
import { impactFrame, runCommand, tree } from '../../scripts/editor/window.mjs';
import { startWorkbench } from '../../scripts/editor/workbench.mjs';
import { packageExtension } from '../../scripts/packageExtension.mjs';
import { filesBelow, root } from '../../scripts/paths.mjs';

const SAMPLE = join(root, 'samples/peptide');

describe('the walkthrough, with the package in an empty window', () => {
  let workbench;
  let page;

  before(async () => {
    workbench = await startWorkbench({
      ...installServer(OLDEST),
      folder: null,
      packaged: [await packageExtension()],
      settings: { 'entail.asOf': '2026-11-22' },
    });
    page = workbench.page;
    await page.locator('.statusbar').waitFor();
  });

  after(() => workbench?.stop());

  async function openWalkthrough() {
    await runCommand(page, 'Welcome: Open Walkthrough...');
    const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with Entail' });
    await choice.first().click();
    await page.locator('.getting-started-step').first().waitFor();
  }

  async function step(title) {
    const one = page.locator('.getting-started-step', { hasText: title }).first();
    if ((await one.getAttribute('class'))?.includes('expanded') !== true) await one.click();
    return one;
  }

  it('has a picture for every step', async () => {
    await openWalkthrough();
    for (const title of ['Open the sample', 'Break it', 'Ask why', 'See all that', 'See where it']) {
      await step(title);
      const picture = page.locator('.getting-started-media img').first();
      await picture.waitFor();
      await page.waitForFunction(
        (image) => image.complete && image.naturalWidth > 300,
        await picture.elementHandle(),
      );
    }
    await step('Let it be written');
    await page.locator('.getting-started-media iframe, .getting-started-media .markdown').first().waitFor();
  });

  it('opens a copy of the sample, of the user’s own', async () => {
    await (await step('Open the sample'))
      .locator('.monaco-button', { hasText: 'Open the Peptide Sample' })
      .click();
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'In a temporary folder' })
      .first()
      .click();
    await page.locator('.tab', { hasText: 'CC-2026-014.change' }).waitFor({ timeout: 60_000 });
    await page.locator('.statusbar-item', { hasText: /CC-2026-014: \d+ unmet/ }).waitFor({ timeout: 30_000 });
    const [copy] = readdirSync(workbench.data, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('peptide-sample'),
    );
    assert.match(copy, /globalStorage/);
    const folder = join(workbench.data, copy);
    const files = (top) =>
      filesBelow(top)
        .map((file) => relative(top, file))
        .sort();
    assert.deepEqual(files(folder), files(SAMPLE));
    for (const file of files(SAMPLE))
      assert.deepEqual(readFileSync(join(folder, file)), readFileSync(join(SAMPLE, file)));
  });

  it('leads to the problems, to the list of what is owed and to the impact view', async () => {
    await openWalkthrough();
    await (await step('Break it')).locator('.monaco-button', { hasText: 'Show the Problems' }).click();
    await page
      .locator('.markers-panel .monaco-list-row', { hasText: 'assessment/missing' })
      .first()
      .waitFor();
    await (await step('See all that')).locator('.monaco-button', { hasText: 'Show What Is Owed' }).click();
    await tree(page).filter({ hasText: 'Get the approval of NOVARA' }).first().waitFor();
    await (await step('See where it')).locator('.monaco-button', { hasText: 'Show Impact' }).click();
    await (await impactFrame(page)).locator('g.node').first().waitFor();
  });
});
