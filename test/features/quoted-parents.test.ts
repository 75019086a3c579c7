import { expect, test } from 'vitest';
import { readText, threadsAnswer } from '#features';

interface Said {
  subject: string;
  date?: number;
  id?: string;
  named?: string;
  lines: string[];
}

function parentsIn(...mails: Said[]): unknown[] {
  const text = mails.map(({ subject, date, id, named, lines }) =>
    [
      'From ada@example.org Mon Jul  3 10:00:00 2023',
      'From: Ada <ada@example.org>',
      `Subject: ${subject}`,
      ...(date === undefined ? [] : [`Date: Mon, 3 Jul 2023 10:${date}:00 +0200`]),
      ...(id === undefined ? [] : [`Message-ID: <${id}@example.org>`]),
      ...(named === undefined ? [] : [`In-Reply-To: <${named}@example.org>`]),
      '',
      ...lines,
      '',
      '',
    ].join('\n'),
  );
  const { parents } = threadsAnswer([readText(text.join(''))]);
  return mails.map((_, index) => {
    const parent = parents.get(`0:${index}`);
    return parent && [parent.key, parent.by];
  });
}

const warm: Said = {
  subject: 'pots',
  date: 10,
  lines: [
    'Please warm the pot well before',
    'you pour the tea, else it gets cold.',
    'Milk comes last in every house here.',
  ],
};
const quoting: Said = {
  subject: 'another word',
  date: 20,
  lines: ['Ada said:', '> Please warm the pot well', '> before you pour the tea,', 'No.'],
};

test('an answer without ids whose subject was changed finds its parent by what it quotes', () => {
  expect(parentsIn(warm, quoting)).toEqual([undefined, ['0:0', 'quote']]);
  expect(parentsIn(quoting, { ...warm, id: 'warm' })).toEqual([['0:1', 'quote'], undefined]);
});

test('one message that is there twice is one', () => {
  const twice = { ...warm, id: 'warm' };
  expect(parentsIn(twice, twice, quoting)[2]).toEqual(['0:0', 'quote']);
});

test.each<[string, Said[]]>([
  ['two mails say it', [warm, { ...warm, subject: 'copied' }, quoting]],
  [
    'it quotes two mails',
    [
      warm,
      { ...warm, lines: ['No, never put any milk in it.'] },
      { ...quoting, lines: [...quoting.lines, '> No, never put any milk in it.'] },
    ],
  ],
  ['fewer than six words are quoted', [warm, { ...quoting, lines: ['> Please warm the pot well', 'No.'] }]],
  ['it was sent earlier', [{ ...warm, date: 30 }, quoting]],
  ['it names another message, if only one that is missing', [warm, { ...quoting, named: 'lost' }]],
  [
    'it is quoted by what is quoted',
    [warm, { ...quoting, lines: quoting.lines.map((line) => line.replace('>', '> >')) }],
  ],
])('but not where %s', (_, mails) => {
  expect(parentsIn(...mails).filter((parent) => Array.isArray(parent) && parent[1] === 'quote')).toEqual([]);
});
