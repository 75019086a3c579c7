import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, type Meaning, wordsOf } from '#concepts';
import { readNotes } from '#concepts/node';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '../shared/seeds');
const present = existsSync(folder);

interface Found extends Meaning {
  text: string;
}

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(root, 'src/concepts/notes'))).concepts);
});

/** Quote marks off, as the tree has them; here only roughly, paragraph by paragraph. */
function logicalParagraphs(text: string): string[] {
  return text
    .replace(/^[ \t]*(>[ \t]?)+/gm, '')
    .replace(/(?<=\s)(>\s)+/g, '')
    .split(/\n\s*\n/);
}

function termsOf(seed: string): Found[] {
  const name = readdirSync(folder).find((file) => file.startsWith(seed));
  if (name === undefined) throw new Error(`No seed ${seed} in ${folder}`);
  const text = readFileSync(join(folder, name), 'utf8');
  const words = wordsOf(text);
  return logicalParagraphs(text).flatMap((paragraph) => {
    const surroundings = { paragraph, paths: [], words };
    return ours.lexicon
      .matches(paragraph)
      .flatMap((match) => ours.meanings(match, surroundings).map((one) => ({ ...one, text: match.text })));
  });
}

const wanted: [seed: string, terms: [text: string, concept: string][]][] = [
  [
    '000',
    [
      ['CMA', 'cma'],
      ['PAMT', 'pamt'],
      ['HugeTLB', 'hugetlb'],
      ['VFIO', 'vfio'],
    ],
  ],
  [
    '001',
    [
      ['RET_PF_WRITE_PROTECTED', 'ret-pf-write-protected'],
      ['RET_PF_SPURIOUS', 'ret-pf-spurious'],
      ['S-EPT', 's-ept'],
    ],
  ],
  [
    '002',
    [
      ['PAMT', 'pamt'],
      ['PAMTs', 'pamt'],
      ['Physical Address Metadata Table', 'pamt'],
      ['TDMR', 'tdmr'],
      ['TD Memory Region', 'tdmr'],
      ['CMR', 'cmr'],
    ],
  ],
  [
    '003',
    [
      ['P-SEAMLDR', 'p-seamldr'],
      ['CMR', 'cmr'],
      ['CMRs', 'cmr'],
    ],
  ],
  [
    '004',
    [
      ['UPM', 'upm'],
      ['refcount', 'refcount'],
      ['NUMA balancing', 'numa-balancing'],
    ],
  ],
];

if (!present && process.env.CI) throw new Error(`The seeds are missing: ${folder}`);

describe.skipIf(!present)('in the seeds (../shared/seeds) a reader finds the note of', () => {
  it.each(wanted.flatMap(([seed, terms]) => terms.map(([text, concept]) => [seed, text, concept] as const)))(
    'seed %s: %s is %s',
    (seed, text, concept) => {
      const meanings = termsOf(seed).filter((found) => found.text.includes(text));
      expect(meanings.map((found) => found.concept.id)).toContain(concept);
      expect(new Set(meanings.map((found) => found.concept.id)).size).toBe(1);
    },
  );

  it('PAMT in the scenario that its paragraph is about', () => {
    const scenarios = termsOf('002').filter(({ concept }) => concept.id === 'pamt');
    expect(new Set(scenarios.map(({ scenario }) => scenario))).toContain('one-256th');
    expect(new Set(scenarios.map(({ scenario }) => scenario))).toContain('one-chunk');
  });

  it('nothing that Contiguous Memory Allocator and Cross Memory Attach could both be', () => {
    const letters = termsOf('000').filter(({ text }) => text === 'CMA');
    expect(letters.length).toBeGreaterThan(5);
    expect(letters.every(({ concept, because }) => concept.id === 'cma' && because !== '')).toBe(true);
  });
});
