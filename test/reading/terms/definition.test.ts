import { describe, expect, test } from 'vitest';
import { readText } from '#features';
import { definitionOf } from '#reading';
import { costOf } from '../../cost.ts';

/** What a mail with this body says of a concept: how much, and in which sentence. */
function said(body: string, concept: string): [number, string] | undefined {
  const text = `From: Ada <ada@example.org>\nSubject: [PATCH] x86/virt/tdx: PAMT of TDX and KVM\nDate: Mon, 4 Mar 2024 09:12:31 +0100\n\n${body}\n`;
  const page = readText(text).page(0);
  const mentions = page?.mentions.filter(({ match }) => match.concepts.includes(concept)) ?? [];
  const found = definitionOf(mentions, page?.glossary.byId.get(concept)?.expansion);
  return found && [found.says, found.where.text.slice(found.start, found.end).replace(/\n/g, ' ')];
}

describe('a sentence that explains a term', () => {
  test.each([
    ['The PAMT serves as the map of the module.', 3],
    ['This is it. PAMT, essentially serves as the map of the module.', 3],
    ['The PAMT is a table of the module with one record for each page.', 3],
    ['"PAMT" stands for something that the module keeps.', 3],
    ['PAMT refers to the table that the module keeps.', 3],
    ['PAMT means the table that the module keeps.', 3],
    ['The table of the module, which we call PAMT, is large.', 2],
    ['This metadata, referred to as PAMT, is large.', 2],
    ['The PAMT (i.e. the table of the module) has to be contiguous.', 2],
    ['The PAMT, also known as the page map, has to be contiguous.', 2],
    ['Each Physical Address Metadata Table (PAMT) is contiguous.', 1],
  ])('%s', (sentence, says) => {
    expect(said(`First things first. ${sentence} And so on.`, 'pamt')).toEqual([
      says,
      sentence.replace(/^This is it\. /, ''),
    ]);
  });

  test.each([
    'Is the PAMT a table of the module, or is it not one?',
    'The PAMT is a problem for all of us.',
    'The PAMT is the only reason why we do this.',
    'We allocate the PAMT, i.e. this is done before the module starts.',
    'It goes to the PAMT (i.e. the PAMT is included in what is counted).',
    'PAMT means that we have to wait for it.',
    'What we do with the PAMT is a matter of taste.',
    'It calls for the PAMT, and the module is a thing of its own.',
  ])('is not: %s', (sentence) => {
    expect(said(`First things first. ${sentence} And so on.`, 'pamt')).toBeUndefined();
  });

  test('is the one that says most, wherever it stands', () => {
    const body = 'The Physical Address Metadata Table (PAMT) is large.\n\nThe PAMT serves as the map of the module.';
    expect(said(body, 'pamt')).toEqual([3, 'The PAMT serves as the map of the module.']);
  });

  test('costs no more than the text is long', () => {
    const cost = (times: number) => {
      const text = 'PAMT, i.e. the a b c d e f PAMT is a PAMT ('.repeat(times);
      return costOf(() => said(text, 'pamt'), 2);
    };
    cost(100);
    // Quadratic cost would be 64 times as much.
    expect(cost(5_000)).toBeLessThan(Math.max(cost(625), 5) * 30);
  });
});
