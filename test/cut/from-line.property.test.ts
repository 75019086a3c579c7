import fc from 'fast-check';
import { expect, test } from 'vitest';
import { envelopeAt, isMessageNear, messageAt } from '../../src/cut/mailbox/from-line.ts';

const ABOVE = [
  '',
  'text',
  '--b',
  '--',
  'Content-Type: text/x-patch',
  'content-id: <x>',
  ' more',
  'X-Tea: hot',
  'a:',
  'long '.repeat(60),
];
const BEHIND = [
  '',
  'Subject: tea',
  '>From ada',
  'no field',
  'x'.repeat(150),
  `${'x'.repeat(99)}: y`,
  'a b: c',
  'Date :',
];
const ENVELOPES = [
  'From ada@example.org Mon Jul  3 10:00:00 2023',
  'From ',
  `From ${'0123456789'.repeat(4)} Mon Sep 17 00:00:00 2001`,
];

test('what little around a From_ line tells, much around it tells too', () => {
  const lines = (from: string[]) => fc.array(fc.constantFrom(...from), { maxLength: 6 });
  let told = 0;
  fc.assert(
    fc.property(
      lines(ABOVE),
      fc.constantFrom(...ENVELOPES),
      lines(BEHIND),
      fc.nat(300),
      (above, envelope, behind, near) => {
        const before = above.map((line) => `${line}\n`).join('');
        const text = `${before}${envelope}\n${behind.join('\n')}`;
        const at = before.length;
        const from = Math.max(0, at - near);
        const window = text.slice(from, at + 320);
        const kind = envelopeAt(window, at - from);
        if (kind === undefined || !isMessageNear(window, at - from, from === 0)) return;
        told++;
        expect(messageAt(text, at, kind)).toBe(kind);
      },
    ),
    { seed: 41, numRuns: 5000 },
  );
  expect(told).toBeGreaterThan(100);
});
