import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary } from '#concepts';
import { readNotes } from '#concepts/node';

const root = join(import.meta.dirname, '../..');
const file = join(root, '../shared/domain/glossary.json');
const present = existsSync(file);

if (!present && process.env.CI) throw new Error(`The glossary to compare with is missing: ${file}`);
if (!present) console.warn(`The coverage of the notes is not tested: there is no ${file}`);

interface Entry {
  term: string;
  aliases: readonly string[];
}

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(root, 'src/concepts/notes'))).concepts);
});

describe.skipIf(!present)('a reader of the sample threads', () => {
  const entries: readonly Entry[] = present ? JSON.parse(readFileSync(file, 'utf8')) : [];

  it('gets an answer for every word of their glossary', () => {
    expect(entries.length).toBeGreaterThan(0);
    const unanswered = entries.map(({ term }) => term).filter((term) => ours.explain(term).length === 0);
    expect(unanswered).toEqual([]);
  });

  it('gets the meaning of these threads first when letters have several', () => {
    const first = ['TD', 'CMA', 'PAT', 'NFC', 'APF', 'MCE'].map((letters) => ours.explain(letters)[0]?.concept.id);
    expect(first).toEqual(['td', 'cma', 'pat', 'no-functional-change', 'async-page-fault', 'machine-check']);
  });

  it('gets one for every other spelling of them', () => {
    const aliases = entries.flatMap((entry) => entry.aliases);
    expect(aliases.filter((alias) => ours.explain(alias).length === 0)).toEqual([]);
  });
});
