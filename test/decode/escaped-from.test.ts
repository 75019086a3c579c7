import { expect, test } from 'vitest';
import { textSource } from '#mailast';
import { openMailbox } from '#parse';

const BEGIN = 'From ada@example.org Mon Jul  3 10:00:00 2023\n';
const HEADER = 'From: ada@example.org\nSubject: tea\nMIME-Version: 1.0\n';

test.each([
  [
    'plain text',
    'Content-Type: text/plain\n',
    '>From me\n>>From you\n> From him\n>From',
    'From me\n>From you\n> From him\n>From',
  ],
  [
    'quoted-printable text',
    'Content-Transfer-Encoding: quoted-printable\n',
    '>From me=20\na soft =\n>From end\n>>From you\n=3EFrom him\n',
    'From me \na soft From end\n>From you\n>From him\n',
  ],
])('lines that a mailbox escaped are as they were written, in %s', (_, field, body, wanted) => {
  const source = textSource(`${BEGIN}${HEADER}${field}\n${body}`);
  const { text, readable, way } = openMailbox(source).message(0);
  expect(text.slice(readable.body.start)).toBe(wanted);
  const place = way.toSource(readable.body.start, readable.body.start + 4);
  expect(source.text.slice(place.start, place.end)).toBe('>From');
});

test('a mail that stands in no mailbox has no escaped lines', () => {
  const { text, readable } = openMailbox(textSource(`${HEADER}\n>From me\n`)).message(0);
  expect(text.slice(readable.body.start)).toBe('>From me\n');
});
