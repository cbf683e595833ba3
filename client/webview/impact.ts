/** The script of the impact panel: shows what the extension sends. All texts go in as text, never as markup. */
import type { ImpactView } from '../../server/src/ide/impactView.js';
import type { FromPanel, ToPanel } from '../src/panelMessages.js';
import { element } from './dom.js';
import { Picture } from './picture.js';
import { dutyList, marketTable, nodeTable, timeline } from './tables.js';

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void };

const editor = acquireVsCodeApi();
const send = (message: FromPanel): void => editor.postMessage(message);
const main = document.getElementById('impact')!;
const picture = new Picture(send);
let shown: string | null = null;

addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  if (data.type === 'save') send({ type: 'picture', svg: picture.asText() });
  // The same view again would take the focus away from whoever reads it with the keyboard.
  else if (JSON.stringify(data.view) !== shown) {
    shown = JSON.stringify(data.view);
    show(data.view);
  }
});
send({ type: 'ready' });

function show(view: ImpactView | null): void {
  const focus = focusedPart();
  main.replaceChildren(...(view ? partsOf(view) : [emptyNotice()]));
  if (focus !== null) document.getElementById(focus)?.focus();
}

/** The panel is drawn anew at each edit of the record; where the reader stands, he stays. */
function focusedPart(): string | null {
  const { activeElement } = document;
  return activeElement && main.contains(activeElement) && activeElement.id !== '' ? activeElement.id : null;
}

function emptyNotice(): HTMLElement {
  return element('p', { class: 'notice' }, 'Put the cursor into a change record to see what it entails.');
}

function partsOf(view: ImpactView): HTMLElement[] {
  const parts = [heading(view)];
  if (view.notice !== null) return [...parts, element('p', { class: 'notice' }, view.notice)];
  parts.push(editChoice(view), section('Network', picture.draw(view), nodeTable(view, send)));
  parts.push(section('Markets', marketTable(view, send)));
  if (view.duties.length > 0) parts.push(section('What it takes besides', dutyList(view, send)));
  parts.push(section('Time line', timeline(view, send)));
  return parts;
}

function heading({ record, title, status, counts, asOf }: ImpactView): HTMLElement {
  const { unmet, insufficient, open, met, waived } = counts;
  const badge = (count: number, words: string, kind: string): HTMLElement[] =>
    count === 0 ? [] : [element('li', { class: `badge ${kind}` }, `${count} ${words}`)];
  return element(
    'header',
    {},
    element('h1', {}, record, element('span', { class: 'title' }, title ?? '')),
    element(
      'ul',
      { class: 'badges', 'aria-label': 'What the record owes' },
      element('li', { class: 'badge' }, status ?? 'no status'),
      ...badge(unmet, 'unmet', 'bad'),
      ...badge(insufficient, 'insufficient', 'bad'),
      ...badge(open, 'open', 'open'),
      ...badge(met + waived, 'settled', 'good'),
      element('li', { class: 'as-of' }, `as of ${asOf}`),
    ),
  );
}

function editChoice({ edits }: ImpactView): HTMLElement {
  const isPart = edits.some(({ shown }) => !shown);
  const select = element(
    'select',
    { id: 'edit' },
    element('option', { value: '' }, edits.length === 1 ? 'the one edit' : `all ${edits.length} edits`),
    ...edits.map(({ key }) => element('option', { value: key }, key)),
  );
  select.value = isPart ? (edits.find(({ shown }) => shown)?.key ?? '') : '';
  select.addEventListener('change', () =>
    send({ type: 'edit', key: select.value === '' ? null : select.value }),
  );
  return element('p', { class: 'choice' }, element('label', { for: 'edit' }, 'Shown for '), select);
}

function section(title: string, ...content: HTMLElement[]): HTMLElement {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...content);
}
