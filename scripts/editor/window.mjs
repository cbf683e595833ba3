// What a user does in the window of VS Code, for tests and pictures.

/** Opens a record of the sample from the explorer, and waits until the language server has looked at it. */
export async function openRecord(page, name) {
  const row = (text) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: text }).first();
  await row('changes').waitFor({ timeout: 30_000 });
  if (!(await row(`${name}.change`).isVisible())) await row('changes').click();
  await row(`${name}.change`).dblclick();
  await page.locator('.statusbar-item', { hasText: name }).first().waitFor({ timeout: 30_000 });
  await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
}

/** Runs a command by its title. */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: title.replace(/^.*: /, '') })
    .first()
    .click();
}

export async function closeSideBar(page) {
  if (await page.locator('.part.sidebar').isVisible()) await page.keyboard.press('Control+B');
}

/** The lines of the list of obligations. */
export function tree(page) {
  return page.locator('.pane-body .monaco-list-row');
}

/** The page of the impact panel, which is a frame within a frame. */
export async function impactFrame(page) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    for (const frame of page.frames()) if (await frame.$('main#impact').catch(() => null)) return frame;
    await page.waitForTimeout(100);
  }
  throw new Error('The impact panel has no page.');
}

/** Rests the pointer on a word in the editor until its hover comes. */
export async function hoverOn(page, word) {
  const line = page.locator('.view-line', { hasText: word }).first();
  const box = await line.locator('span span', { hasText: word }).first().boundingBox();
  await page.mouse.move(box.x + 30, box.y + 40);
  await page.mouse.move(box.x + 12, box.y + box.height / 2, { steps: 4 });
  await page.locator('.monaco-resizable-hover .monaco-hover-content').first().waitFor({ timeout: 10_000 });
}
