import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hover, ourGlossary, readBytes, readText } from '#features';

const COLUMNS = 80;
const MOST_LINES = 12;

/** On how many lines an editor shows this Markdown at its usual width. */
function rows(markdown: string): number {
  const lines = markdown
    .replace(/\]\([^)\s]*\)/g, ']')
    .split(/\\?\n/)
    .map((line) => line.replace(/\\(?=[!-/:-@[-`{-~])/g, '').replace(/(?:^|(?<=\s))[*_[]+|[*_\]]+(?=[\s.,]|$)/g, ''))
    .filter((line) => line !== '');
  return lines.reduce((sum, line) => sum + wrapped(line), 0);
}

function wrapped(line: string): number {
  let count = 1;
  let column = 0;
  for (const word of line.split(' ')) {
    if (column > 0 && column + 1 + word.length > COLUMNS) {
      count++;
      column = 0;
    }
    column += word.length + (column > 0 ? 1 : 0);
  }
  return count;
}

describe('a hover is one screen', () => {
  test('for each note, also where the paragraph explains the term at length and gives numbers', () => {
    const tall: string[] = [];
    for (const { id, terms, scope, expansion } of ourGlossary().concepts) {
      const term = terms[0] ?? '';
      const near = (scope.near ?? []).slice(0, 3).join(', ');
      const said = `The ${term} serves as the register in which the harbour keeps every berth that it has given away since the year in which it was built, with all of its owners, and which nobody may change. `;
      const body = `First of all ${term}, with ${near}, on 2 NUMA nodes with 512 GB per node.\n\nOn Mon, Mar 4, 2024, Wilhelmina Featherstonehaugh wrote:\n> ${said}${near}\n> ${expansion ?? ''}\n`;
      const text = `From: Ada <ada@example.org>\nSubject: [PATCH v2 3/7] ${near}\nDate: Mon, 4 Mar 2024 09:12:31 +0100\n\n${body}`;
      const found = hover(readText(text), text.indexOf(term, text.indexOf('First of all')) + 1);
      if (found && rows(found.markdown) > MOST_LINES) tall.push(`${id}: ${rows(found.markdown)}\n${found.markdown}`);
    }
    expect(tall).toEqual([]);
  });

  const seeds = '../shared/seeds';
  const corpus = '../shared/corpus/threads';
  test.skipIf(!existsSync(seeds))(
    'at every term of the mails that the project starts from, with three links at most',
    () => {
      const threads = readdirSync(corpus)
        .filter((name) => name.endsWith('.mbox'))
        .slice(0, 3)
        .map((name) => `${corpus}/${name}`);
      let seen = 0;
      for (const path of [...readdirSync(seeds).map((name) => `${seeds}/${name}`), ...threads]) {
        const reading = readBytes(readFileSync(path));
        for (let index = 0; index < Math.min(reading.messages, 12); index++) {
          for (const { start } of termsOf(reading, index)) {
            const found = hover(reading, start);
            if (!found) continue;
            seen++;
            expect(rows(found.markdown)).toBeLessThanOrEqual(MOST_LINES);
            expect([...found.markdown.matchAll(/\]\((?:concept|simulator|place):/g)].length).toBeLessThanOrEqual(3);
          }
        }
      }
      expect(seen).toBeGreaterThan(300);
    },
  );
});

function termsOf(reading: ReturnType<typeof readBytes>, index: number) {
  const page = reading.page(index);
  return page?.mentions.flatMap(({ spans: [span] }) => (span ? [page.place(span)] : [])) ?? [];
}
