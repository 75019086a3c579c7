import { describe, expect, test } from 'vitest';
import { explanationsOf, hover, type Reading, readText } from '#features';
import { completeHover } from '../../src/features/hover/index.ts';

interface Sent {
  from: string;
  day: number;
  subject: string;
  id: string;
  answers?: string;
  body: string;
}

/** A mailbox of these mails. */
function mailbox(mails: readonly Sent[]): string {
  return mails
    .map(({ from, day, subject, id, answers, body }) =>
      [
        `From ada@example.org Mon Mar  4 09:12:31 2024`,
        `From: ${from} <someone@example.org>`,
        `Subject: ${subject}`,
        `Date: Mon, ${day} Mar 2024 09:12:31 +0100`,
        `Message-ID: <${id}@example.org>`,
        ...(answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`]),
        '',
        body,
        '',
      ].join('\n'),
    )
    .join('\n');
}

const cover: Sent = {
  from: 'Ben Okafor',
  day: 4,
  subject: '[PATCH v2 0/3] x86/virt/tdx: Find room',
  id: 'cover',
  body: 'The PAMT serves as the memory map of the TDX module.\nThe Harbour Berth Table (HBT) lists the berths.\n',
};
const patch: Sent = {
  from: 'Ben Okafor',
  day: 5,
  subject: '[PATCH v2 1/3] x86/virt/tdx: Find room for the PAMT',
  id: 'patch',
  answers: 'cover',
  body: 'Find room for the PAMT of each TDMR, which TDX needs. It counts in HBTs.\n',
};
const answer: Sent = {
  from: 'Ada Lindqvist',
  day: 6,
  subject: 'Re: [PATCH v2 1/3] x86/virt/tdx: Find room for the PAMT',
  id: 'answer',
  answers: 'patch',
  body: 'On Tue, Mar 5, 2024, Ben Okafor wrote:\n> Find room for the PAMT of each TDMR, which TDX needs.\n\nHow large is the PAMT? And is the HBT gone? See https://example.org/HBT/x.\n',
};
const stranger: Sent = {
  from: 'Cleo Marsh',
  day: 7,
  subject: 'A harbour question',
  id: 'other',
  body: 'What is a PAMT of TDX? And an HBT?\n',
};

function at(reading: Reading, text: string, words: string, from = 0) {
  const offset = text.indexOf(words, from);
  expect(offset).toBeGreaterThan(-1);
  return { first: hover(reading, offset), offset };
}

describe('what the thread says of a term', () => {
  const text = mailbox([cover, patch, answer, stranger]);
  const inAnswer = text.indexOf('How large');

  test('names who explains it in another mail, which mail, and links there', () => {
    const reading = readText(text);
    const { offset } = at(reading, text, 'PAMT', inAnswer);
    const found = completeHover(reading, offset);
    expect(found?.markdown).toContain('Ben Okafor explains it in the cover letter, 4 Mar 2024');
    expect(found?.markdown).toContain('serves as the memory map');
    expect(found?.markdown).toContain(`place:${text.indexOf('PAMT serves')}`);
    expect(found?.inThread?.definition).toMatchObject({ message: 0, speaker: 'Ben Okafor', quoted: false });
  });

  test('is worked out in steps: a hover before the last one tells what its own mail says', () => {
    const reading = readText(text);
    const { first, offset } = at(reading, text, 'PAMT', inAnswer);
    expect(first?.markdown).not.toContain('cover letter');
    const thread = explanationsOf(reading, 2);
    let steps = 1;
    while (!thread.step(1)) steps++;
    expect(steps).toBeGreaterThanOrEqual(reading.messages);
    expect(hover(reading, offset)?.markdown).toContain('cover letter');
  });

  test('says nothing of another thread', () => {
    const reading = readText(text);
    const { offset } = at(reading, text, 'PAMT of TDX?');
    const found = completeHover(reading, offset);
    expect(found?.meanings[0]?.concept).toBe('pamt');
    expect(found?.inThread).toBeUndefined();
  });

  test('credits what a quote says to its speaker', () => {
    const alone = mailbox([
      { ...answer, body: answer.body.replace('Find room for the PAMT of', 'The PAMT stands for the map of') },
    ]);
    const reading = readText(alone);
    const { offset } = at(reading, alone, 'PAMT?');
    expect(completeHover(reading, offset)?.markdown).toMatch(/Ben Okafor explains it/);
  });

  test('tells who said a term first, where nobody explains it', () => {
    const silent = mailbox([{ ...cover, body: 'The PAMT of TDX is large.\n' }, patch, answer]);
    const reading = readText(silent);
    const { offset } = at(reading, silent, 'PAMT?');
    const found = completeHover(reading, offset);
    expect(found?.markdown).toContain('first said in the cover letter, 4 Mar 2024, by Ben Okafor');
    expect(found?.markdown).toMatch(/\[[^\]]*First use\]\(place:\d+\)/);
  });

  test('does not tell who said it first where somebody explains it', () => {
    const first = { ...stranger, subject: cover.subject, body: 'A PAMT of TDX.\n', day: 3 };
    const explained = mailbox([first, { ...cover, answers: first.id }, patch]);
    const reading = readText(explained);
    const found = completeHover(reading, explained.lastIndexOf('PAMT'));
    expect(found?.inThread?.firstUse?.speaker).toBe('Cleo Marsh');
    expect(found?.markdown).toContain('Ben Okafor explains it');
    expect(found?.markdown).not.toContain('first said');
  });

  test('tells who said it first in a mail only where that is somebody else', () => {
    const own = 'The PAMT of TDX is large.\n\nEach PAMT is.\n';
    const body = `On Tue, Mar 5, 2024, Ben Okafor wrote:\n> Is the PAMT needed?\n\n${own}`;
    const quoting = mailbox([{ ...answer, body }]);
    const another = completeHover(readText(quoting), quoting.lastIndexOf('PAMT'));
    expect(another?.markdown).toMatch(/first said .* by Ben Okafor/);
    const alone = mailbox([{ ...answer, body: own }]);
    const same = completeHover(readText(alone), alone.lastIndexOf('PAMT'));
    expect(same?.inThread?.firstUse?.speaker).toBe('Ada Lindqvist');
    expect(same?.markdown).not.toContain('first said');
  });

  test('takes no question and no judgement for an explanation', () => {
    const silent = mailbox([
      { ...cover, body: 'Is the PAMT the map of the TDX module? The PAMT is a problem of TDX for all of us.\n' },
      answer,
    ]);
    const reading = readText(silent);
    const { offset } = at(reading, silent, 'PAMT?');
    expect(completeHover(reading, offset)?.inThread?.definition).toBeUndefined();
  });
});

describe('an abbreviation that only the thread explains', () => {
  const text = mailbox([cover, patch, answer, stranger]);

  test('is explained wherever it is used in the thread, with its plural', () => {
    const reading = readText(text);
    for (const words of ['HBTs.', 'HBT gone']) {
      const { offset } = at(reading, text, words);
      const found = completeHover(reading, offset);
      expect(found?.local).toMatchObject({ term: 'HBT', expansion: 'Harbour Berth Table' });
      expect(found?.meanings).toEqual([]);
      expect(found?.markdown).toContain('Explained in this thread* by Ben Okafor in the cover letter, 4 Mar 2024');
      expect(found?.markdown).toContain(`place:${text.indexOf('HBT)')}`);
    }
  });

  test('is not explained in another thread, and not in an address', () => {
    const reading = readText(text);
    expect(completeHover(reading, text.lastIndexOf('HBT'))).toBeUndefined();
    expect(completeHover(reading, text.indexOf('HBT/x') + 1)).toBeUndefined();
  });

  test('is not explained in headers, trailers and signatures', () => {
    const own = mailbox([
      {
        ...cover,
        subject: '[PATCH 1/1] HBT',
        body: 'The Harbour Berth Table (HBT) lists.\n\nReviewed-by: HBT Example <hbt@example.org>\n\n-- \nHBT\n',
      },
    ]);
    const reading = readText(own);
    for (const words of ['HBT\nDate', 'HBT Example', '\nHBT\n']) {
      const offset = own.indexOf(words) + 1;
      expect(completeHover(reading, offset)).toBeUndefined();
    }
  });

  test('goes by the note where there is one, and says what the thread calls it', () => {
    const own = mailbox([
      { ...cover, body: 'A Trusted Domain (TD) of TDX has an S-EPT. Each TD is a guest of KVM.\n' },
    ]);
    const reading = readText(own);
    const found = completeHover(reading, own.indexOf('TD is'));
    expect(found?.meanings[0]?.concept).toBe('td');
    expect(found?.markdown).toContain('(here: Trusted Domain)');
  });

  test('of several meanings it is the one that the thread writes out', () => {
    const body =
      'CMA: page migration of shared memory and pages in the Contiguous Memory Allocator (CMA).\nprocess_vm_readv uses CMA pages.\n';
    const reading = readText(mailbox([{ ...cover, body }]));
    const whole = mailbox([{ ...cover, body }]);
    const found = completeHover(reading, whole.indexOf('CMA pages'));
    expect(found?.meanings.map(({ concept }) => concept)).toEqual(['cma']);
  });
});
