import { describe, expect, test } from 'vitest';
import {
  type Annotation,
  anchor,
  bodyHash,
  type Candidate,
  MOST_LISTED,
  type Placing,
  place,
  placeAll,
} from '#annotations';
import { MAIL, mail, noteOn, page } from './samples.ts';

const SUBJECT = 'Re: [PATCH 2/3] mm: fill the example table';
const ORDER = 'The order is what matters here 😀, so the flag needs a release store.';

function wordsAt(placing: Placing, candidates: readonly Candidate[]): string | undefined {
  if (placing.state !== 'placed') return `${placing.state}: ${placing.reason}`;
  const { key, start, end } = placing.where;
  return candidates.find((candidate) => candidate.key === key)?.text.slice(start, end);
}

/** The same annotation as another tool would have written it: without our own members. */
function plain(annotation: Annotation, selector: readonly object[], source = 'mid:a1@example.org'): Annotation {
  return JSON.parse(JSON.stringify({ id: annotation.id, type: 'Annotation', target: { source, selector } }));
}

describe('in the message itself', () => {
  test('an unchanged body: the note stands at its position', () => {
    const note = noteOn('- reader: takes no lock', {}, 1);
    const placing = place(note, [mail(MAIL)]);
    expect(placing).toMatchObject({
      state: 'placed',
      where: { key: '0:0', by: 'message-id', match: 'position', depthChange: 0 },
    });
    expect(placing.state === 'placed' && placing.where.start).toBe(MAIL.lastIndexOf('- reader'));
  });

  test.each([
    ['a line was added before', `Please keep me in Cc.\n${MAIL}`],
    ['line ends are CRLF', MAIL.replaceAll('\n', '\r\n')],
    ['the paragraph was wrapped anew', MAIL.replace('here 😀, so the', 'here\n😀, so\n  the')],
    ['white space was lost', MAIL.replace(/\s+/g, ' ')],
    [
      'the sentence before it is gone',
      MAIL.replace('No lock is needed: readers only see the table after the flag is set.\n', ''),
    ],
    ['the lines after it were edited', MAIL.replace('- reader: takes no lock\n - writer', '- readers')],
    ['everything was quoted', MAIL.replace(/^/gm, '> ')],
  ])('the body changed, %s: the note stands at its words', (_, text) => {
    const placing = place(noteOn(ORDER), [mail(text)]);
    expect(wordsAt(placing, [mail(text)])?.replace(/[\s>]+/g, ' ')).toBe(ORDER);
    expect(placing).toMatchObject({ state: 'placed', where: { by: 'message-id' } });
  });

  test('one of two equal lines: the words around them say which one is meant', () => {
    const text = `One more line.\n${MAIL}`;
    const first = place(noteOn('- reader: takes no lock', {}, 0), [mail(text)]);
    const second = place(noteOn('- reader: takes no lock', {}, 1), [mail(text)]);
    expect(first).toMatchObject({ state: 'placed', where: { start: text.indexOf('- reader'), match: 'exact' } });
    expect(second).toMatchObject({ state: 'placed', where: { start: text.lastIndexOf('- reader') } });
  });

  test('the paragraph stands twice now: both places are listed and none is taken', () => {
    const paragraph = MAIL.slice(MAIL.indexOf('No lock'), MAIL.indexOf(' - reader'));
    const text = MAIL.replace(paragraph, paragraph.repeat(3));
    const placing = place(noteOn('what matters here'), [mail(text)]);
    expect(placing).toMatchObject({ state: 'ambiguous', total: 3 });
    const starts = placing.state === 'ambiguous' ? placing.candidates.map(({ start }) => start) : [];
    expect(starts.map((start) => text.slice(start, start + 17))).toEqual(Array(3).fill('what matters here'));
  });

  test('the paragraph is repeated at the end: the one between the old words is the place', () => {
    const text = `${MAIL}\nP.S. ${ORDER}\n`;
    expect(place(noteOn(ORDER), [mail(text)])).toMatchObject({
      state: 'placed',
      where: { start: MAIL.indexOf(ORDER) },
    });
  });

  test('the line is gone and one that looks like it is left: the note does not jump there', () => {
    const second = noteOn('- reader: takes no lock', {}, 1);
    const text = MAIL.replace(' - writer: takes the mutex\n - reader: takes no lock\n', '');
    expect(place(second, [mail(text)])).toMatchObject({ state: 'ambiguous', total: 1 });
  });

  test('a short word that stood once, and now stands once elsewhere, is not taken for the same', () => {
    const note = noteOn('mutex', { text: 'The writer takes the mutex before it fills the table.\n' });
    const text = 'A spinlock would do as well, said no one; use a mutex or nothing at all.\n';
    expect(place(note, [mail(text)])).toMatchObject({ state: 'ambiguous', total: 1 });
  });

  test.each([
    ['the paragraph is gone', MAIL.replace(`${ORDER}\n`, '')],
    ['most of it was changed', MAIL.replace('order is what matters here', 'flag may be set at any time, ever')],
    ['the message is empty', ''],
  ])('%s: the note is lost, with the reason', (_, text) => {
    expect(place(noteOn(ORDER), [mail(text)])).toEqual({
      state: 'lost',
      reason: 'The message is here, but the quoted words are not in it any more.',
    });
  });

  test('a word of it was changed, and its neighbours are what they were: there, and said so', () => {
    const text = MAIL.replace('release store', 'full barrier');
    const placing = place(noteOn(ORDER), [mail(text)]);
    expect(placing).toMatchObject({
      state: 'placed',
      where: { match: 'altered' },
      because: expect.stringMatching('others'),
    });
    expect(wordsAt(placing, [mail(text)])).toBe(ORDER.replace('release store', 'full barrier'));
  });

  test('it moved away from all its neighbours: listed, because a look-alike may have stayed', () => {
    const text = `${MAIL.replace(`${ORDER}\n`, '')}\n${ORDER}\n`;
    expect(place(noteOn(ORDER), [mail(text)])).toMatchObject({ state: 'ambiguous', total: 1 });
  });

  test('words that are gone are not looked for in other messages', () => {
    const reply = mail(MAIL.replace(/^/gm, '> '), {
      key: '0:1',
      messageId: 'b2@example.org',
      references: ['a1@example.org'],
    });
    expect(place(noteOn(ORDER), [mail('Nothing.\n'), reply]).state).toBe('lost');
  });

  test('a periodic text that moved by one period does not fool the position', () => {
    const text = 'tick tock, says the clock.\n'.repeat(40);
    const note = noteOn('says', { text }, 20);
    expect(place(note, [mail(text)])).toMatchObject({ state: 'placed', where: { match: 'position' } });
    expect(place(note, [mail(text.slice(27))]).state).toBe('ambiguous');
  });

  test('a quote that stands thousands of times is ambiguous, and the list is short', () => {
    const text = '}\n'.repeat(5000);
    const placing = place(noteOn('}', { text }, 4000), [mail(`${text}}\n`)]);
    expect(placing.state).toBe('ambiguous');
    expect(placing.state === 'ambiguous' && placing.candidates.length).toBe(MOST_LISTED);
  });

  test('the same line at two quote depths: the depth where the note was written decides', () => {
    const text = 'Ada wrote:\n> > Is it safe?\n> Is it safe?\nIs it safe?\n';
    const note = noteOn('Is it safe?', { text }, 1);
    const moved = `\n${text}`;
    const placing = place(note, [mail(moved)]);
    expect(placing).toMatchObject({
      state: 'placed',
      where: { start: moved.indexOf('> Is it', 20) + 2, depthChange: 0 },
    });
  });
});

describe('the message itself, found in other ways', () => {
  test('a file that holds the mail twice: the first copy is the place, the other is named', () => {
    const placing = place(noteOn(ORDER), [mail(MAIL), mail(MAIL, { key: '0:7' })]);
    expect(placing).toMatchObject({ state: 'placed', where: { key: '0:0', copies: ['0:7'] } });
  });

  test('two mails with one Message-ID and different bodies: the body that was annotated', () => {
    const candidates = [mail('Something else.\n'), mail(MAIL, { key: '0:1' })];
    expect(place(noteOn(ORDER), candidates)).toMatchObject({
      state: 'placed',
      where: { key: '0:1', match: 'position' },
    });
  });

  test('two mails with one Message-ID, both changed, both with the words: ambiguous', () => {
    const candidates = [mail(`${MAIL}\n-- \nlist one\n`), mail(`${MAIL}\n-- \nlist two\n`, { key: '0:1' })];
    expect(place(noteOn(ORDER), candidates)).toMatchObject({ state: 'ambiguous', total: 2 });
  });

  test('no ids, the same body: found by its hash', () => {
    expect(
      place(noteOn('- reader: takes no lock', {}, 1), [page('Other.\n', { key: '0:1' }), page(MAIL)]),
    ).toMatchObject({
      state: 'placed',
      where: { key: '0:0', by: 'body-hash', match: 'position' },
    });
  });

  test('a body of two words is not known by its hash alone', () => {
    const text = 'Applied, thanks.\n';
    expect(place(noteOn('Applied', { text }), [page(text)]).state).toBe('ambiguous');
    expect(place(noteOn('Applied', { text, subject: SUBJECT }), [page(text, { subject: SUBJECT })]).state).toBe(
      'placed',
    );
    expect(place(noteOn('Applied', { text }), [mail(text, { messageId: 'other@example.org' })]).state).not.toBe(
      'placed',
    );
  });

  test('a file without ids: the note comes back in the same file', () => {
    const [path, text] = ['mails/page.txt', 'Applied, thanks.\n'];
    const target = anchor({ path, text, start: 0, end: 7 });
    expect(place({ id: 'urn:x', target }, [page('No.\n', { key: '0:1', path }), page(text, { path })]).state).toBe(
      'placed',
    );
  });

  test('a hash given by the caller counts for a text that is more than the body', () => {
    const text = `Subject: hello\n\n${MAIL}`;
    const note = noteOn(ORDER, { text, bodyHash: bodyHash(MAIL) });
    expect(place(note, [mail(text, { bodyHash: bodyHash(MAIL) })])).toMatchObject({ where: { match: 'position' } });
  });
});

describe('the message is not here', () => {
  test('an archive page of it, wrapped anew and without ids: found by content', () => {
    const text = `Archive of the list\n${MAIL.replace(/\n(?=\S)/g, ' ')}\n`;
    expect(place(noteOn(ORDER), [page(text)])).toMatchObject({ state: 'placed', where: { by: 'content' } });
  });

  test.each([1, 2, 3, 4, 5])('a reply that quotes it %i deep: found there, and said so', (depth) => {
    const text = `On that day, Ada wrote:\n${MAIL.replace(/^/gm, '> '.repeat(depth))}\nRight.\n`;
    const reply = mail(text, { messageId: 'b2@example.org', references: ['a1@example.org'] });
    const placing = place(noteOn(ORDER), [reply]);
    expect(placing).toMatchObject({ state: 'placed', where: { by: 'content', depthChange: depth } });
    expect(wordsAt(placing, [reply])).toBe(ORDER);
  });

  test('several replies quote it: the shallowest quote; two equally deep ones are ambiguous', () => {
    const quoted = (depth: number, key: string): Candidate =>
      page(`${key} wrote:\n${MAIL.replace(/^/gm, '>'.repeat(depth))}`, { key });
    expect(place(noteOn(ORDER), [quoted(3, '0:3'), quoted(1, '0:1'), quoted(2, '0:2')])).toMatchObject({
      state: 'placed',
      where: { key: '0:1' },
    });
    expect(place(noteOn(ORDER), [quoted(1, '0:1'), quoted(1, '0:2')])).toMatchObject({ state: 'ambiguous', total: 2 });
  });

  test('the next version of the patch, by its subject: carried where the lines are the same', () => {
    const note = noteOn('+\tfill_table(&table);', { subject: '[PATCH v2 3/7] mm: fill the table' });
    const next = MAIL.replace('Hello all', 'Hi').replace('@@ -10,3 +10,4 @@', '@@ -12,3 +12,4 @@');
    const version = { messageId: 'v3@example.org', subject: '[PATCH v3 4/8] mm: fill the table' };
    expect(place(note, [mail(next, version)])).toMatchObject({ state: 'placed', where: { by: 'content' } });
  });

  test('another patch of the series with the same lines is listed, not taken', () => {
    const note = noteOn('+\tfill_table(&table);', { subject: '[PATCH 3/7] mm: fill the table' });
    const sibling = mail(MAIL, { messageId: 'p4@example.org', subject: '[PATCH 4/7] mm: empty the table' });
    expect(place(note, [sibling])).toMatchObject({ state: 'ambiguous', total: 1 });
  });

  test('the same words in a stranger’s mail, with other words around them: lost', () => {
    const other = mail('They say no lock is needed. So the flag needs a release store.\n', {
      messageId: 'x@example.org',
    });
    expect(place(noteOn('release store'), [other]).state).toBe('lost');
  });

  test('nothing like it anywhere: lost', () => {
    expect(place(noteOn(ORDER), [])).toEqual({
      state: 'lost',
      reason: 'Neither the message nor its quoted words are here.',
    });
  });
});

describe('annotations of other tools', () => {
  const note = noteOn(ORDER);
  const start = [...MAIL.slice(0, MAIL.indexOf(ORDER))].length;
  const position = { type: 'TextPositionSelector', start, end: start + [...ORDER].length };

  test('a quote alone is enough where it stands once', () => {
    expect(place(plain(note, [{ type: 'TextQuoteSelector', exact: 'release store' }]), [mail(MAIL)]).state).toBe(
      'placed',
    );
    expect(place(plain(note, [{ type: 'TextQuoteSelector', exact: 'takes' }]), [mail(MAIL)]).state).toBe('ambiguous');
  });

  test('quote and position that agree are the place, also of a word that stands often', () => {
    const at = MAIL.lastIndexOf('takes') - 1;
    const selectors = [
      { type: 'TextQuoteSelector', exact: 'takes' },
      { type: 'TextPositionSelector', start: at, end: at + 5 },
    ];
    expect(place(plain(note, selectors), [mail(MAIL)])).toMatchObject({ state: 'placed', where: { start: at + 1 } });
  });

  test('the page of an archive whose address has the Message-ID is the message', () => {
    const quote = [{ type: 'TextQuoteSelector', exact: 'release store' }];
    const found = place(plain(note, quote, 'https://lore.example.org/all/a1@example.org/#t'), [mail(MAIL)]);
    expect(found).toMatchObject({ state: 'placed', where: { by: 'message-id' } });
    const another = place(plain(note, quote, 'https://lore.example.org/~ada/notes'), [mail(MAIL)]);
    expect(another).not.toMatchObject({ where: { by: 'message-id' } });
  });

  test('a position alone cannot be checked', () => {
    expect(place(plain(note, [position]), [mail(MAIL)])).toMatchObject({
      state: 'lost',
      reason: expect.stringContaining('position'),
    });
  });

  test('one selector without a list, and selectors nobody here knows, are read as W3C has them', () => {
    const quote = { type: 'TextQuoteSelector', exact: ORDER };
    const single: Annotation = { id: 'urn:x', target: { source: 'mid:a1@example.org', selector: quote } };
    expect(place(single, [mail(MAIL)]).state).toBe('placed');
    expect(place(plain(note, [{ type: 'XPathSelector', value: '/p' }]), [mail(MAIL)])).toMatchObject({
      state: 'lost',
      reason: 'It has no selector that can be read here.',
    });
  });

  test('an address as target means the whole message', () => {
    const whole: Annotation = { id: 'urn:x', target: 'mid:a1@example.org' };
    expect(place(whole, [mail(MAIL)])).toMatchObject({ state: 'placed', where: { start: 0, end: MAIL.length } });
    expect(place(whole, [page('Other.\n')])).toEqual({ state: 'lost', reason: 'The message is not here.' });
  });

  test('a reply that is an annotation of its own stands where the note stands; a circle is lost', () => {
    const reply: Annotation = { id: 'urn:r', target: note.id };
    const answer: Annotation = { id: 'urn:s', target: 'urn:r' };
    const circle: Annotation[] = [
      { id: 'urn:c', target: 'urn:d' },
      { id: 'urn:d', target: 'urn:c' },
    ];
    const placings = placeAll([answer, reply, note, ...circle], [mail(MAIL)]);
    expect(placings.get('urn:s')).toEqual(placings.get(note.id));
    expect(placings.get('urn:r')).toMatchObject({ state: 'placed' });
    expect(placings.get('urn:d')).toMatchObject({ state: 'lost', reason: expect.stringContaining('in turn') });
  });
});
