import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstMentions,
  mentionsBetween,
  readingList,
  readText,
  type ThreadTerms,
  termAt,
  threadTerms,
} from '#features';
import { mail } from './threads.ts';

interface Written {
  from: string;
  body: string;
  answers?: number;
  subject?: string;
}

/** A mailbox of these messages; `answers` is the index of the one that each replies to. */
function mailbox(...messages: Written[]): string {
  return messages
    .map(({ from, body, answers, subject = 'x86/virt/tdx: Find room' }, index) => {
      const reply = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
      return `From ada@example.org Mon Mar  4 09:12:31 2024\nFrom: ${from} <someone@example.org>\nSubject: ${subject}\nDate: Mon, 4 Mar 2024 09:12:31 +0100\nMessage-ID: <${index}@example.org>\n${reply}\n${body}\n`;
    })
    .join('\n');
}

function termsOf(text: string, message = 0): ThreadTerms {
  const work = threadTerms(readText(text), message);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const titles = ({ explained }: ThreadTerms) => explained.map(({ title }) => title);
const words = ({ unexplained }: ThreadTerms) => unexplained.map(({ text }) => text);

describe('the terms of a thread', () => {
  test('stand with what is written in many messages first, and what is only quoted last', () => {
    const text = mailbox(
      { from: 'Ada Lindqvist', body: 'The TDX module needs a PAMT for each TDMR.\n' },
      { from: 'Ben Okafor', answers: 0, body: 'A PAMT is large.\n\n> The TDX module needs a PAMT for each TDMR.\n' },
    );
    const terms = termsOf(text);
    expect(titles(terms)[0]).toBe('PAMT');
    expect(terms.explained[0]).toMatchObject({ concept: 'pamt', messages: 2, speakers: 2 });
    expect(terms.explained[0]?.mentions.map(({ own }) => own)).toEqual([true, true, false]);
    const quotedOnly = termsOf(
      mailbox({
        from: 'Ben Okafor',
        body: 'On Mon, Mar 4, 2024, Ada Lindqvist wrote:\n> For TDX a TDMR, a TDMR, a TDMR, a TDMR.\n\nA PAMT.\n',
      }),
    );
    expect(titles(quotedOnly)[0]).toBe('PAMT');
    for (const { weight } of quotedOnly.explained.slice(1)) expect(weight).toBeLessThan(1);
    const tdmr = quotedOnly.explained.find(({ concept }) => concept === 'tdmr');
    expect(tdmr?.mentions[0]).toMatchObject({
      own: false,
      speaker: 'Ada Lindqvist',
      line: 7,
      said: 'For TDX a TDMR, a TDMR, a TDMR, a TDMR.',
    });
  });

  test('are those of one thread of a mailbox, not of its neighbours', () => {
    const text = mailbox(
      { from: 'Ada Lindqvist', body: 'TDX needs a PAMT.\n', subject: 'one' },
      { from: 'Ben Okafor', body: 'KVM uses guest_memfd.\n', subject: 'other' },
      { from: 'Ben Okafor', answers: 0, body: 'And a TDMR of TDX.\n', subject: 'Re: one' },
    );
    expect(termsOf(text, 2).messages.map(({ index }) => index)).toEqual([0, 2]);
    expect(titles(termsOf(text, 1))).toContain('guest_memfd');
    expect(titles(termsOf(text, 2))).not.toContain('guest_memfd');
  });

  test('are not the tokens of its trailers', () => {
    const text = mailbox({
      from: 'Ada Lindqvist',
      body: 'A PAMT of TDX.\n\nReviewed-by: Ben Okafor <ben@example.org>\n',
    });
    expect(titles(termsOf(text))).not.toContain('Reviewed-by');
    expect(titles(termsOf(text.replace('A PAMT', 'The Reviewed-by tag, a PAMT')))).toContain('Reviewed-by');
  });

  test('have places that are exactly their words', () => {
    const text = mailbox({ from: 'Ada Lindqvist', body: 'TDX:\n> each "TD Memory\n> Region" has a PAMT.\n' });
    const tdmr = termsOf(text).explained.find(({ concept }) => concept === 'tdmr');
    expect(tdmr?.mentions[0]?.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['TD Memory', 'Region']);
  });

  test('are worked out message by message, so that somebody else has a turn between them', () => {
    const text = mailbox(...Array.from({ length: 5 }, () => ({ from: 'Ada Lindqvist', body: 'A PAMT of TDX.\n' })));
    const work = threadTerms(readText(text), 0);
    const steps = [...work];
    // Five to find the thread, and of the threads that the five are, one has one message.
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 5, 6]);
    expect(steps.every(({ done, total }) => done <= total)).toBe(true);
  });
});

describe('what no note explains', () => {
  const unexplained = (body: string) => words(termsOf(mail(body).text));

  test('is listed when it is used at least twice', () => {
    expect(unexplained('The ZQXW is slow. Two ZQXWs are slower.\n')).toEqual(['ZQXW']);
    expect(unexplained('The ZQXW is slow.\n')).toEqual([]);
    expect(unexplained('Call zq_fill() first. Then zq_fill.\n')).toEqual(['zq_fill']);
    expect(unexplained('Call quench() first, or quench() last.\n')).toEqual(['quench']);
  });

  test('is no word that somebody shouts, no shorthand, no name', () => {
    expect(unexplained('This is NOT slow, and NOT fast, not at all.\n')).toEqual([]);
    expect(unexplained('FWIW it works. FWIW.\n')).toEqual([]);
    expect(unexplained('LINDQVIST says so. ADA does. ADA and LINDQVIST.\n')).toEqual([]);
  });

  test('is not looked for in diffs, addresses, paths, trailers and hashes', () => {
    const diff =
      'diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@\n-\tzq_fill(); ZQXW\n+\tzq_fill(); ZQXW\n';
    expect(unexplained(`Fine.\n\n${diff}`)).toEqual([]);
    expect(unexplained('See https://example.org/ZQXW and https://example.org/ZQXW for more.\n')).toEqual([]);
    expect(unexplained('See drivers/ZQXW and drivers/ZQXW, and zq_fill.c or zq_fill.c too.\n')).toEqual([]);
    expect(unexplained('Set CONFIG_ZQXW and CONFIG_ZQXW here.\n')).toEqual([]);
  });

  test('does not become a term by being quoted in every reply', () => {
    const quote = '> The ZQXW is slow.\n';
    const text = mailbox(
      { from: 'Ada Lindqvist', body: 'The ZQXW is slow.\n' },
      { from: 'Ben Okafor', answers: 0, body: `${quote}\nNo.\n` },
      { from: 'Cem Aydin', answers: 1, body: `> ${quote}\nYes.\n` },
    );
    expect(words(termsOf(text))).toEqual([]);
    expect(words(termsOf(text.replace('\nNo.\n', '\nThe ZQXW is not.\n')))).toEqual(['ZQXW']);
  });

  test('is set apart where the thread writes it out itself', () => {
    const text = mailbox(
      { from: 'Ada Lindqvist', body: 'The Zonal Quick Xmit Window (ZQXW) is slow.\n' },
      { from: 'Ben Okafor', answers: 0, body: 'Is the ZQXW slow? And the YQXW, that YQXW?\n' },
    );
    const terms = termsOf(text);
    expect(terms.written).toMatchObject([{ text: 'ZQXW', expansion: 'Zonal Quick Xmit Window' }]);
    expect(words(terms)).toEqual(['YQXW']);
    expect(readingList(terms)).toMatch(/## Written out in the thread\n\n\* ZQXW: Zonal Quick Xmit Window/);
  });

  test('is no term that a note explains elsewhere in the thread', () => {
    const text = mailbox(
      { from: 'Ada Lindqvist', body: 'The TDX module needs a PAMT.\n' },
      { from: 'Ben Okafor', answers: 0, body: 'PAMT PAMT\n', subject: 'Re: lunch' },
    );
    expect(words(termsOf(text))).not.toContain('PAMT');
  });
});

describe('the first mention of a term', () => {
  const body = 'The TDX module needs a PAMT for each TDMR.\nThat PAMT is large.\n';

  test('is given once a message, and only where the reader looks', () => {
    const text = mailbox({ from: 'Ada Lindqvist', body }, { from: 'Ben Okafor', body });
    const pamts = (start: number, end: number) =>
      firstMentions(readText(text), start, end).filter(({ concept }) => concept === 'pamt');
    expect(pamts(0, text.length).map(({ spans }) => spans[0]?.start)).toEqual([
      text.indexOf('PAMT'),
      text.indexOf('PAMT', text.lastIndexOf('From ')),
    ]);
    expect(pamts(0, text.indexOf('From ', 10))).toHaveLength(1);
    expect(pamts(text.indexOf('That'), text.indexOf('From ', 10))).toEqual([]);
  });

  test.each([
    ['PAMT', 'TDX needs a PAMT.\n', 'Physical Address Metadata Table'],
    ['PAMT', 'TDX needs a PAMT (Physical Address Metadata Table).\n', undefined],
    ['PAMT', 'TDX needs a Physical Address Metadata Table (PAMT).\n', undefined],
  ])('says what %s stands for where the mail does not: %s', (_word, text, expansion) => {
    const marked = mail(text).text;
    const first = firstMentions(readText(marked), 0, marked.length).find(({ concept }) => concept === 'pamt');
    expect(first?.concept).toBe('pamt');
    expect(first?.expansion).toBe(expansion);
  });
});

describe('a mail in base64', () => {
  test('shows nothing on its letters, and its terms with what they say', () => {
    const coded = Buffer.from('The TDX module needs a PAMT for each TDMR.\n').toString('base64');
    const text = mail('BODY').text.replace('\n\nBODY', `\nContent-Transfer-Encoding: base64\n\n${coded}\n`);
    expect(firstMentions(readText(text), 0, text.length)).toEqual([]);
    expect(termAt(readText(text), text.indexOf(coded) + 30)).toBeUndefined();
    const pamt = termsOf(text).explained.find(({ concept }) => concept === 'pamt');
    expect(pamt?.mentions[0]?.said).toBe('The TDX module needs a PAMT for each TDMR.');
  });
});

describe('a term under the cursor', () => {
  test('is found on it and right behind it, with all its places in the message', () => {
    const { text } = mail('The TDX module needs a PAMT. That PAMT is large.\n');
    const reading = readText(text);
    const start = text.indexOf('PAMT.');
    expect(termAt(reading, start)?.concepts).toEqual(['pamt']);
    expect(termAt(reading, start + 4)?.concepts).toEqual(['pamt']);
    expect(termAt(reading, start - 1)).toBeUndefined();
    expect(mentionsBetween(reading, 'pamt', start, start + 1).map(({ start, end }) => text.slice(start, end))).toEqual([
      'PAMT',
      'PAMT',
    ]);
  });
});

describe('the reading list of a thread', () => {
  test('has each term after those that its summary uses', () => {
    const text = mailbox({ from: 'Ada Lindqvist', body: 'PAMT PAMT PAMT PAMT of a TDMR, TDX module, CMR.\n' });
    const list = readingList(termsOf(text));
    const at = (id: string) => list.indexOf(`(concept:${id})`);
    expect(at('pamt')).toBeGreaterThan(-1);
    // "The bookkeeping of the TDX module".
    expect(at('tdx-module')).toBeGreaterThan(-1);
    expect(at('tdx-module')).toBeLessThan(at('pamt'));
  });

  test('shows words of a mail as text only', () => {
    fc.assert(
      fc.property(fc.constantFrom('[x](command:quit)', '<img src=x>', '![a](b)', '`x`', '$(zap)'), (hostile) => {
        const list = readingList(
          termsOf(mailbox({ from: 'Ada Lindqvist', body: 'A PAMT of TDX.\n', subject: `TDX ${hostile}` })),
        );
        const [, subject = ''] = list.split('\n\n');
        expect(subject).toContain('TDX');
        expect(subject).not.toMatch(/(?<!\\)\]\(|(?<!\\)<|(?<!\\)!\[|(?<!\\)`|(?<!\\)\$\(/);
      }),
      { seed: 5, numRuns: 5 },
    );
  });
});
