import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';

const HEADER = 'From: ada@example.org\nSubject: tea\n';
const MIXED = `${HEADER}Content-Type: multipart/mixed; boundary=b\n\n`;

/** What strangers may send. A reader that looks at each unit once for every part does not finish these within the time of a test. */
const hostile: [what: string, make: (size: number) => string][] = [
  ['very many parts', (size) => `${MIXED}${'--b\n\nx\n'.repeat(size / 7)}--b--\n`],
  ['very many headers without a body', (size) => MIXED + '--b\nContent-Type: text/plain\nX: y\n'.repeat(size / 36)],
  [
    'parts in parts in parts',
    (size) => {
      const level = (at: number): string => `Content-Type: multipart/mixed; boundary=b${at}x\n\n--b${at}x\n`;
      return `${HEADER}${Array.from({ length: size / 55 }, (_, at) => level(at)).join('')}\nx\n`;
    },
  ],
  ['messages in messages', (size) => HEADER + 'Content-Type: message/rfc822\n\nFrom: a@b\n'.repeat(size / 40)],
  [
    'boundaries that stand nowhere',
    (size) =>
      `${MIXED}${'--b\nContent-Type: multipart/mixed; boundary=never\n\nx\n'.repeat(size / 104)}${'x'.repeat(size / 2)}`,
  ],
  [
    'parts that name no boundary',
    (size) => `${MIXED}${'--b\nContent-Type: multipart/mixed\n\nx\n'.repeat(size / 76)}${'--x\n'.repeat(size / 8)}`,
  ],
  ['lines that begin like a boundary', (size) => MIXED + '--bb\n'.repeat(size / 5)],
  ['white space behind a boundary', (size) => `${MIXED}--b${' '.repeat(size)}`],
  ['empty lines between boundaries', (size) => MIXED + `--b\n${'\n'.repeat(1000)}`.repeat(size / 1004)],
  [
    'forms in forms',
    (size) =>
      MIXED +
      '--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html\n\nx\n--c--\n'.repeat(
        size / 90,
      ),
  ],
  ['a header without end', (size) => `${MIXED}--b\n${'X: y\n'.repeat(size / 5)}`],
  ['a parameter without end', (size) => `${HEADER}Content-Type: multipart/mixed${'; x="'.repeat(size / 5)}\n\nx\n`],
  [
    'white space in a parameter',
    (size) => `${HEADER}Content-Type: multipart/mixed; boundary${' '.repeat(size)}=b\n\nx\n`,
  ],
];

describe('a message of parts from a stranger is read in reasonable time', () => {
  it.each(hostile)('%s', (_, make) => {
    const message = openMailbox(bytesSource(Buffer.from(make(1_200_000), 'latin1'))).message(0);
    expect(message.readable.parts.length).toBeGreaterThan(0);
    expect(message.readable.parts.length).toBeLessThan(1100);
  });
});
