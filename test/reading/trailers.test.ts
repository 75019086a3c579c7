import { describe, expect, it } from 'vitest';
import { textSource } from '#mailast';
import { collectTrailers, kindOf, messageIdInUrl, openMailbox, threadMail, trailerValue } from '#reading';

interface Invented {
  id: string;
  subject: string;
  body: string;
  from?: string;
  answers?: string;
  references?: string;
  date?: string;
}

const ADA = 'Ada Example <ada@example.org>';
const SIGNED = `Signed-off-by: ${ADA}`;
const DIFF = 'diff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1 +1 @@\n-cold\n+warm\n';

function patch(id: string, subject: string, more: Partial<Invented> = {}, diff = DIFF): Invented {
  return { id, subject, body: `The pot.\n\n${SIGNED}\n---\n${diff}`, ...more };
}

function answer(id: string, answers: string, body: string, from = 'Ben Sample <ben@example.org>'): Invented {
  return { id, subject: 'Re: tea', body, from, answers };
}

/** `patch: token value < mail`, a line for each trailer, by version. */
function collected(mails: readonly Invented[], sloppy = false): Record<number, string[]> {
  const read = mails.map(({ id, subject, body, from = ADA, answers, references, date }) => {
    const fields = [
      `From: ${from}`,
      `Subject: ${subject}`,
      `Date: ${date ?? 'Mon, 3 Jul 2023 10:00:00 +0200'}`,
      `Message-ID: <${id}@example.org>`,
      ...(answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`]),
      ...(references === undefined ? [] : [`References: ${references}`]),
    ];
    const reading = openMailbox(textSource(`${fields.join('\n')}\n\n${body}`)).message(0);
    return threadMail(id, kindOf(reading), reading);
  });
  return Object.fromEntries(
    collectTrailers(read, { sloppy }).map(({ version, patches }) => [
      version,
      patches.flatMap(({ patch: one, trailers, mismatched }) => [
        ...trailers.map(({ trailer, mail }) => `${one.key}: ${trailer.token} < ${mail.key}`),
        ...mismatched.map(({ trailer, mail }) => `${one.key}: not ${trailer.token} < ${mail.key}`),
      ]),
    ]),
  );
}

const acked = 'Acked-by: Ben Sample <ben@example.org>\n';

describe('a patch has', () => {
  it('its own trailers, and those of answers to it and to answers', () => {
    const mails = [
      patch('p', '[PATCH] tea'),
      answer('a', 'p', `> The pot.\n\n${acked}`),
      answer('b', 'a', 'Me too.\nTested-by: Cy Muster <cy@example.org>\n', 'Cy Muster <cy@example.org>'),
    ];
    expect(collected(mails)).toEqual({ 1: ['p: Signed-off-by < p', 'p: Acked-by < a', 'p: Tested-by < b'] });
  });

  it('no trailer of a quote, of a signature, of a link, and none about the mail', () => {
    const body = `> ${acked}\nLink: https://example.org/1\nCc: Ben Sample <ben@example.org>\nPhone: 12\n\n-- \n${acked}`;
    expect(collected([patch('p', '[PATCH] tea'), answer('a', 'p', body)])).toEqual({ 1: ['p: Signed-off-by < p'] });
  });

  it('a trailer once, capitals aside', () => {
    const mails = [patch('p', '[PATCH] tea'), answer('a', 'p', acked), answer('b', 'p', acked.toUpperCase())];
    expect(collected(mails)).toEqual({ 1: ['p: Signed-off-by < p', 'p: Acked-by < a'] });
  });

  it('no trailer for somebody else, unless that is asked for', () => {
    const mails = [patch('p', '[PATCH] tea'), answer('a', 'p', acked, 'Cy Muster <cy@example.org>')];
    expect(collected(mails)).toEqual({ 1: ['p: Signed-off-by < p', 'p: not Acked-by < a'] });
    expect(collected(mails, true)).toEqual({ 1: ['p: Signed-off-by < p', 'p: Acked-by < a'] });
  });

  it.each([
    ['a tag in the address', 'ben+list@example.org'],
    ['another level of the domain', 'ben@mail.example.org'],
    ['the name', 'Ben Sample <bsample@example.com>'],
    ['the name turned around', '"Sample, Ben" <bsample@example.com>'],
  ])('a trailer of its sender with %s', (_, from) => {
    expect(collected([patch('p', '[PATCH] tea'), answer('a', 'p', acked, from)])[1]).toContain('p: Acked-by < a');
  });

  it('the trailers of answers to the cover letter', () => {
    const mails = [
      { id: 'c', subject: '[PATCH v2 0/2] tea', body: 'Tea.\n' },
      patch('p', '[PATCH v2 1/2] tea', { answers: 'c' }),
      patch('q', '[PATCH v2 2/2] pot', { answers: 'c' }, DIFF.replaceAll('tea.c', 'pot.c')),
      answer('a', 'c', acked),
      answer('b', 'q', 'Fixes: 0123456789ab ("pot")\n'),
    ];
    expect(collected(mails)).toEqual({
      2: ['p: Signed-off-by < p', 'p: Acked-by < a', 'q: Signed-off-by < q', 'q: Fixes < b', 'q: Acked-by < a'],
    });
  });

  it('the trailers of another version of the same change', () => {
    const mails = [
      patch('p', '[PATCH] tea'),
      answer('a', 'p', acked),
      patch('p2', '[PATCH v2] tea', {}, DIFF.replace('@@ -1 +1 @@', '@@ -9 +9 @@')),
      patch('p3', '[PATCH v3] tea', {}, DIFF.replace('+warm', '+hot')),
    ];
    expect(collected(mails)).toEqual({
      1: ['p: Signed-off-by < p', 'p: Acked-by < a'],
      2: ['p2: Signed-off-by < p2', 'p2: Acked-by < a'],
      3: ['p3: Signed-off-by < p3'],
    });
  });
});

describe('a version of a series', () => {
  it('has the patches of the version before where only some were sent again, each as an answer', () => {
    const mails = [
      patch('p', '[PATCH v1 1/2] tea'),
      patch('q', '[PATCH v1 2/2] pot'),
      patch('q2', '[PATCH v2 2/2] pot', { answers: 'q' }, DIFF.replace('+warm', '+hot')),
    ];
    expect(collected(mails)[2]).toEqual(['p: Signed-off-by < p', 'q2: Signed-off-by < q2']);
  });

  it('is the next one where the same sender posts a patch again without a number', () => {
    const mails = [
      patch('p', '[PATCH] tea'),
      patch('p2', '[PATCH] tea', { date: 'Tue, 4 Jul 2023 10:00:00 +0200' }, DIFF.replace('+warm', '+hot')),
    ];
    expect(Object.keys(collected(mails))).toEqual(['1', '2']);
  });

  it('is that of the cover letter where the patch says none', () => {
    const mails = [
      { id: 'c', subject: '[PATCH v3 0/1] tea', body: 'Tea.\n' },
      patch('p', '[PATCH 1/1] tea', { answers: 'c' }),
    ];
    expect(Object.keys(collected(mails))).toEqual(['3']);
  });
});

it('headers that go round in a circle, and answers to nothing, give nothing and end', () => {
  const mails = [
    answer('a', 'b', acked),
    answer('b', 'a', acked),
    answer('c', 'none', acked),
    patch('p', '[PATCH] tea'),
  ];
  expect(collected(mails)).toEqual({ 1: ['p: Signed-off-by < p'] });
});

it('a long chain of answers costs no more than its mails', () => {
  const chain = Array.from({ length: 2000 }, (_, at) => answer(`a${at}`, at === 0 ? 'p' : `a${at - 1}`, 'Yes.\n'));
  const mails = [patch('p', '[PATCH] tea'), ...chain, answer('z', 'a1999', acked)];
  expect(collected(mails)[1]).toContain('p: Acked-by < z');
});

describe('the value of a trailer', () => {
  it.each([
    [
      'Ada <ada@example.org> # v2',
      { text: 'Ada <ada@example.org>', note: '# v2', person: { name: 'Ada', address: 'ada@example.org' } },
    ],
    ['<ada@example.org>', { text: 'ada@example.org', person: { address: 'ada@example.org' } }],
    ['ada@example.org # 5.10+', { text: 'ada@example.org', note: '# 5.10+', person: { address: 'ada@example.org' } }],
    [
      'Ada <ada@example.org<mailto:ada@example.org>>',
      { text: 'Ada <ada@example.org>', person: { name: 'Ada', address: 'ada@example.org' } },
    ],
    ['https://example.org/a#b', { text: 'https://example.org/a#b' }],
    ['#12', { text: '#12' }],
    ['kettle test robot', { text: 'kettle test robot' }],
  ])('%s', (written, value) => {
    expect(trailerValue(written)).toEqual(value);
  });
});

describe('an archive names a mail', () => {
  it.each([
    ['https://lore.kernel.org/r/1-a%40example.org', '1-a@example.org'],
    ['https://lore.kernel.org/tea/1-a@example.org/T/#u', '1-a@example.org'],
    ['https://patch.msgid.link/1-a@example.org', '1-a@example.org'],
    ['https://lore.kernel.org/tea/', undefined],
    ['https://lore.kernel.org/r/100%@example.org', '100%@example.org'],
    ['https://example.org/r/1-a@example.org', undefined],
  ])('in %s', (url, id) => {
    expect(messageIdInUrl(url)).toBe(id);
  });
});
