import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchor, newAnnotation } from '#annotations';
import { anchorAt, readText } from '#features';
import { briefNotes, htmlBrief } from '#features/sharing';
import { root } from '../../src/build/setup.mjs';
import { launch } from '../host/browser.ts';

const pictures = join(root, 'test-results/screens');
let browser: Browser;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
});
afterAll(() => browser?.close());

/** The brief of the sample thread, with a note of a reader in it. */
function page(): string {
  const text = readFileSync(join(root, 'media/samples/tdx-pamt-thread.mbox'), 'utf8');
  const reading = readText(text);
  const words = 'may not find one free run';
  const at = text.indexOf(words);
  const spot = anchorAt(reading, at, at + words.length);
  if (!spot) throw new Error('The words are not in the sample.');
  const note = newAnnotation({
    id: 'urn:example:note',
    textId: 'urn:example:text',
    now: '2024-03-06T09:00:00Z',
    kind: 'question',
    text: 'How long is *one* run? See [PAMT](concept:pamt).',
    target: anchor(spot),
    tags: ['memory'],
  });
  const files = [{ path: 'tdx-pamt-thread.mbox', reading }];
  return [...htmlBrief(files, briefNotes(files, [note], true))].join('');
}

test.each(['light', 'dark'] as const)(
  'an exported brief shows the note at its place, in a %s page',
  async (colorScheme) => {
    const tab = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 1000 } });
    await tab.setContent(page());
    const note = tab.locator('aside.question');
    expect(await note.innerText()).toMatch(/may not find one free run[\s\S]*How long is one run\?/);
    await tab.screenshot({ path: join(pictures, `brief-${colorScheme}.png`) });
    await note.scrollIntoViewIfNeeded();
    await tab.screenshot({ path: join(pictures, `brief-note-${colorScheme}.png`) });
    await tab.evaluate(axe.source);
    const faults = await tab.evaluate(
      '(async () => (await axe.run()).violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]))()',
    );
    expect(faults).toEqual([]);
    await tab.close();
  },
);
