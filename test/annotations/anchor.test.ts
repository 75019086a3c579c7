import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchor, bodyHash, messageIdOf, midUri, referenceOf } from '#annotations';
import { MAIL, noteOn } from './samples.ts';

const spot = { messageId: 'a1@example.org', text: MAIL };

function selectorsOf(target: unknown): unknown {
  return target !== null && typeof target === 'object' && 'selector' in target ? target.selector : undefined;
}

test('an anchor names the mail, its body, the words, what stands around them, and their position', () => {
  const start = MAIL.indexOf('No lock is needed');
  const target = anchor({ ...spot, subject: 'Re: [PATCH v2] mm: fill', start, end: start + 17, speaker: 'Ada' });
  expect(target).toMatchObject({
    type: 'SpecificResource',
    source: 'mid:a1@example.org',
    'patchgloss:subject': 'Re: [PATCH v2] mm: fill',
    state: { type: 'patchgloss:BodyState', 'patchgloss:sha256': bodyHash(MAIL) },
  });
  expect(selectorsOf(target)).toEqual([
    {
      type: 'TextQuoteSelector',
      exact: 'No lock is needed',
      prefix: 'Do we need a lock for readers?\n\n',
      suffix: ': readers only see the table aft',
    },
    { type: 'TextPositionSelector', start, end: start + 17 },
    {
      type: 'patchgloss:MailSelector',
      'patchgloss:quoteDepth': 0,
      'patchgloss:distinct': ['exact', 'prefix', 'suffix'],
      'patchgloss:speaker': 'Ada',
    },
  ]);
});

test('positions count characters, not UTF-16 units', () => {
  const { position } = referenceOf(noteOn('release store'));
  expect(position).toEqual({
    start: [...MAIL.slice(0, MAIL.indexOf('release store'))].length,
    end: [...MAIL.slice(0, MAIL.indexOf('release store'))].length + 13,
  });
  expect(position?.start).toBe(MAIL.indexOf('release store') - 1);
});

test('a cursor stands for its line', () => {
  const at = MAIL.indexOf('fill_table');
  expect(referenceOf({ id: 'urn:x', target: anchor({ ...spot, start: at, end: at }) }).quote?.exact).toBe(
    '+\tfill_table(&table);',
  );
});

test('a selection through the middle of a character takes the whole character', () => {
  const at = MAIL.indexOf('😀') + 1;
  expect(referenceOf({ id: 'urn:x', target: anchor({ ...spot, start: at, end: at + 1 }) }).quote?.exact).toBe('😀');
});

test('words that stand more than once are kept with as much around them as singles them out', () => {
  const text = `${'same line\n'.repeat(12)}the last one\n${'same line\n'.repeat(8)}`;
  const { quote, distinct } = referenceOf(noteOn('same line', { text }, 11));
  expect(quote?.suffix).toMatch(/^\nthe last one/);
  expect(quote?.prefix?.length).toBeGreaterThan(64);
  expect([...(distinct ?? [])]).toEqual(['prefix', 'suffix']);
});

test('words that nothing singles out say so', () => {
  const text = 'same line\n'.repeat(200);
  expect([...(referenceOf(noteOn('same line', { text }, 100)).distinct ?? ['?'])]).toEqual([]);
});

test('the quote depth of the line is kept', () => {
  expect(referenceOf(noteOn('Do we need a lock')).depth).toBe(1);
  expect(referenceOf(noteOn('No lock is needed')).depth).toBe(0);
});

test('without a Message-ID the file is the source', () => {
  const target = anchor({ path: './mails/a b.txt', text: MAIL, start: 0, end: 5 });
  expect(target).toMatchObject({ source: 'mails/a%20b.txt' });
  expect(referenceOf({ id: 'urn:x', target })).toMatchObject({ path: 'mails/a b.txt' });
});

test('without a selection the note is about the whole message', () => {
  const target = anchor(spot);
  expect(selectorsOf(target)).toBeUndefined();
  expect(referenceOf({ id: 'urn:x', target }).whole).toBe(true);
});

test('any Message-ID finds its way into a mid address and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
      fc.pre(id.trim() === id && !id.startsWith('<'));
      expect(messageIdOf(midUri(id))).toBe(id);
      expect(midUri(`<${id}>`)).toBe(midUri(id));
      expect(midUri(id)).toMatch(/^mid:[\w.!~*'()@$+=%-]*$/);
    }),
    { seed: 12 },
  );
});

test('any selection of any text gives an anchor whose position is its quote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), fc.integer(), (text, start, end) => {
      const { quote, position } = referenceOf({ id: 'urn:x', target: anchor({ text, start, end }) });
      if (text === '' || quote === undefined) return;
      expect([...text].slice(position?.start, position?.end).join('')).toBe(quote.exact);
      expect(text).toContain(`${quote.prefix}${quote.exact}${quote.suffix}`);
    }),
    { seed: 13, numRuns: 300 },
  );
});
