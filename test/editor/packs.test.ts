import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import ours from '#concepts/ours';

test('the setting for note packs offers all that are built in, and has them on from the start', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const setting = manifest.contributes.configuration.properties['patchgloss.notes.packs'];
  const ids = ours.map(({ id }) => id);
  expect(setting.default).toEqual(ids);
  expect(setting.items.enum).toEqual(ids);
});

test('each pack says what it is, and has notes', () => {
  for (const { title, description, concepts } of ours) {
    expect(title).not.toBe('');
    expect(description).not.toBe('');
    expect(concepts.length).toBeGreaterThan(0);
  }
});
