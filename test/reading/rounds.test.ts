import { expect, test } from 'vitest';
import { type Round, roundsOf, seriesOf } from '#reading';

/** `KEY SUBJECT`, and behind a bar the key of the message that it answers; one a minute. */
function rounds(...mails: readonly string[]): string[] {
  const given = mails.map((mail, minute) => {
    const [written = '', parent] = mail.split(' | ');
    const [key = ''] = written.split(' ');
    const place = seriesOf(written.slice(key.length + 1), true);
    if (!place) throw new Error(`${written} is no patch`);
    return { key, place, date: minute * 60_000, ...(parent === undefined ? {} : { parent }) };
  });
  return roundsOf(given).map(roundText);
}

function roundText({ version, parts, missing }: Round): string {
  return `v${version}: ${parts.join(' ')}${missing.length === 0 ? '' : `, without ${missing.join(' ')}`}`;
}

test('two versions in one thread are two postings, lowest first', () => {
  expect(
    rounds('c2 [PATCH v2 0/2] tea', 'd1 [PATCH v2 1/2] a', 'c [PATCH 0/2] tea', 'p1 [PATCH 1/2] a', 'p2 [PATCH 2/2] b'),
  ).toEqual(['v1: c p1 p2', 'v2: c2 d1, without 2']);
});

test('a series that is sent again without a version is another posting', () => {
  expect(
    rounds('c [PATCH 0/2] tea', 'p1 [PATCH 1/2] a | c', 'p2 [PATCH 2/2] b | c', 'q1 [PATCH 1/2] a', 'q2 [PATCH 2/2] b'),
  ).toEqual(['v1: c p1 p2', 'v1: q1 q2']);
  expect(rounds('p1 [PATCH 1/3] a', 'p3 [PATCH 3/3] c', 'q1 [PATCH 1/3] a', 'q2 [PATCH 2/3] b')).toEqual([
    'v1: p1 p3, without 2',
    'v1: q1 q2, without 3',
  ]);
});

test('a patch that comes late is put where it answers', () => {
  expect(
    rounds(
      'c [PATCH 0/2] tea',
      'p1 [PATCH 1/2] a | c',
      'd [PATCH 0/2] tea',
      'q1 [PATCH 1/2] a | d',
      'p2 [PATCH 2/2] b | c',
    ),
  ).toEqual(['v1: c p1 p2', 'v1: d q1, without 2']);
});

test('a cover letter and the patches under it are one posting, whatever versions they name', () => {
  expect(rounds('c [PATCH v2 0/2] tea', 'p1 [PATCH 1/2] a | c', 'p2 [PATCH 2/2] b | c')).toEqual(['v2: c p1 p2']);
});

test('but a new version that answers the old one is not', () => {
  expect(rounds('c [PATCH 0/1] tea', 'p1 [PATCH 1/1] a | c', 'q1 [PATCH v2 1/1] a | p1')).toEqual([
    'v1: c p1',
    'v2: q1',
  ]);
  expect(rounds('p1 [PATCH 1/2] a', 'q1 [PATCH v2 2/2] a | p1')).toEqual(['v1: p1, without 2', 'v2: q1, without 1']);
});

test('patches without a number stand alone', () => {
  expect(rounds('a [PATCH] a', 'b [PATCH] b | a', 'c [PATCH v2] a | a')).toEqual(['v1: a', 'v1: b', 'v2: c']);
});

test('one part sent 100,000 times is read at once', () => {
  expect(rounds(...Array.from({ length: 100_000 }, (_, index) => `k${index} [PATCH 1/1] tea`))).toHaveLength(100_000);
});
