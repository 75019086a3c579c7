import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Annotation,
  formatStore,
  type Json,
  parseStore,
  place,
  placeAll,
  readNote,
  referenceOf,
} from '#annotations';
import { bare, MAIL, mail, noteAt, page } from './samples.ts';

const spanOf = (text: string) =>
  fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

interface Edit {
  at: number;
  remove: number;
  insert: string;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.nat(MAIL.length),
    remove: fc.nat(40),
    insert: fc.oneof(fc.constantFrom('> ', '\n', '\r\n', ' ', 'lock', '- reader: takes no lock\n', '😀'), fc.string()),
  }),
  { maxLength: 6 },
);

function applied(text: string, list: readonly Edit[]): string {
  return list.reduce((now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove), text);
}

test('whatever is done to the mail, a placed note stands at the words it quotes, or it is not placed', () => {
  let placed = 0;
  fc.assert(
    fc.property(spanOf(MAIL), edits, fc.boolean(), ([start, end], list, known) => {
      const note = noteAt(start, end);
      const text = applied(MAIL, list);
      const placing = place(note, [known ? mail(text) : page(text)]);
      // Words that were changed between the same neighbours are told by that.
      if (placing.state !== 'placed' || placing.where.match === 'altered') return;
      placed++;
      const loose = placing.where.match === 'masked';
      const words = (quoted: string): string => bare(quoted.replace(loose ? />/g : /^[\s>]*/, ''));
      expect(words(text.slice(placing.where.start, placing.where.end))).toBe(
        words(referenceOf(note).quote?.exact ?? ''),
      );
    }),
    { seed: 21, numRuns: 2000 },
  );
  expect(placed).toBeGreaterThan(500);
});

test('an unchanged mail always gives the note back where it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), fc.nat(), fc.nat(), (text, a, b) => {
      const [start, end] = [Math.min(a, b) % text.length, (Math.max(a, b) % text.length) + 1];
      fc.pre(start < end);
      const note = noteAt(start, end, { text });
      const placing = place(note, [mail('Another mail.\n', { key: '0:1', messageId: 'z@example.org' }), mail(text)]);
      expect(placing).toMatchObject({ state: 'placed', where: { key: '0:0', match: 'position' } });
      if (placing.state !== 'placed') return;
      expect(text.slice(placing.where.start, placing.where.end)).toBe(referenceOf(note).quote?.exact);
    }),
    { seed: 22, numRuns: 500 },
  );
});

test('the order of the candidates does not decide', () => {
  fc.assert(
    fc.property(spanOf(MAIL), fc.array(edits, { minLength: 2, maxLength: 4 }), ([start, end], lists) => {
      const note = noteAt(start, end);
      const pages = lists.map((list, index) => page(applied(MAIL, list), { key: `0:${index}` }));
      const there = place(note, pages);
      const back = place(note, pages.toReversed());
      expect(back.state).toBe(there.state);
      if (there.state === 'placed' && back.state === 'placed') expect(back.where).toEqual(there.where);
    }),
    { seed: 23, numRuns: 300 },
  );
});

const NAMES = [
  'type',
  'target',
  'selector',
  'source',
  'state',
  'exact',
  'prefix',
  'suffix',
  'start',
  'end',
  'body',
  'value',
  'purpose',
  'creator',
  'motivation',
  '__proto__',
  'constructor',
  'toString',
  'patchgloss:sha256',
  'patchgloss:distinct',
  'items',
];
const VALUES = [
  'Annotation',
  'TextQuoteSelector',
  'TextPositionSelector',
  'patchgloss:BodyState',
  'mid:a1@example.org',
  'lock',
];

const hostile: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<Json>(null, true, -1, 0, 3, 1e300, '', ...VALUES),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 6 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

test('any JSON at all gets an answer: reading, placing and writing never throw', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (target, body, more) => {
      const annotation: Annotation = { id: 'urn:x', type: 'Annotation', target, body, motivation: more, creator: more };
      expect(['placed', 'ambiguous', 'lost']).toContain(place(annotation, [mail(MAIL)]).state);
      expect(readNote(annotation).id).toBe('urn:x');
      const store = parseStore(JSON.stringify({ items: [annotation, more, annotation] }));
      expect(store.annotations.length + store.damaged.length).toBe(3);
      expect(placeAll(store.annotations, [page(MAIL)]).size).toBe(store.annotations.length);
      expect(parseStore(formatStore(store)).annotations).toEqual(store.annotations);
    }),
    { seed: 24, numRuns: 500 },
  );
});

test('a name such as __proto__ is only a name', () => {
  const store = parseStore(
    '{"items":[{"id":"urn:x","type":"Annotation","target":"mid:a","__proto__":{"kept":1}}],"__proto__":{"items":[]}}',
  );
  expect(store.annotations).toHaveLength(1);
  expect(formatStore(store)).toContain('"__proto__": {\n        "kept": 1');
  expect(Object.hasOwn(Object.prototype, 'kept')).toBe(false);
});

test('texts made to slow a search down are searched at once', () => {
  const text = 'a'.repeat(300_000);
  const quote = (exact: string): Annotation => ({
    id: 'urn:x',
    target: {
      source: 'mid:a1@example.org',
      selector: { type: 'TextQuoteSelector', exact, prefix: exact, suffix: exact },
    },
  });
  expect(place(quote(`b${'a'.repeat(100_000)}`), [mail(text)]).state).toBe('lost');
  expect(place(quote('a'.repeat(100_000)), [mail(text)]).state).not.toBe('lost');
  expect(place(quote('> '.repeat(100_000)), [mail('> '.repeat(200_000))]).state).toBe('lost');
});
