import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Pack } from '#concepts';
import { type NotesOfFolder, readNotes } from '#concepts/node';
import { longestSummary } from '#concepts/read';

const root = join(import.meta.dirname, '../..');
let ours: NotesOfFolder;

beforeAll(async () => {
  ours = await readNotes(join(root, 'src/concepts/notes'));
});

describe('our notes', () => {
  it('have no mistakes: every name is a note, every link leads somewhere, every spelling can be found', () => {
    const mistakes = ours.files.flatMap((file) => file.messages.filter((message) => message.fatal));
    expect(mistakes.map(String)).toEqual([]);
  });

  it('are all read', () => {
    expect(ours.concepts).toHaveLength(ours.files.filter(({ extname }) => extname === '.md').length);
    expect(ours.concepts.length).toBeGreaterThan(0);
  });

  it('say their sources, and what they mean in words a hover has room for', () => {
    for (const { id, sources, summary } of ours.concepts) {
      expect(sources.length, id).toBeGreaterThan(0);
      expect(summary.split(' ').length, id).toBeLessThanOrEqual(longestSummary);
    }
  });

  it('do not begin by defining the word with itself', () => {
    const advice = ours.files.flatMap((file) => file.messages.filter(({ ruleId }) => ruleId === 'summary-repeats'));
    expect(advice.map(String)).toEqual([]);
  });
});

describe('the compiled notes', () => {
  it('are the same notes, and nothing to read them with is needed', async () => {
    await promisify(execFile)(process.execPath, ['src/build/notes.mjs'], { cwd: root });
    const compiled: Pack[] = JSON.parse(await readFile(join(root, '.cache/packs.json'), 'utf8'));
    expect(compiled[0]?.id).toBe('kvm');
    expect(compiled[0]?.concepts).toEqual(JSON.parse(JSON.stringify(ours.concepts)));
  });
});
