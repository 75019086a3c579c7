import { expect, test } from 'vitest';
import { outlineThreads, readText } from '#features';

function mail(id: string, subject: string, answers?: string): string {
  return `From x@example.org Mon Mar  4 08:12:40 2024\nFrom: Ada Lindqvist <ada@example.org>\nSubject: ${subject}\nMessage-ID: <${id}@example.org>\n${answers ? `In-Reply-To: <${answers}@example.org>\n` : ''}\nTea.\n`;
}
const threads = (...mails: string[]) => outlineThreads(readText(mails.join('\n')));

test('messages of a thread stand together under its subject', () => {
  expect(
    threads(
      mail('0', 'a mail alone'),
      mail('1', '[PATCH v2 0/1] tea: warm the pot'),
      mail('2', '[PATCH v2 1/1] tea: heat', '1'),
      mail('3', 'Re: [PATCH v2 1/1] tea: heat', '2'),
    ),
  ).toEqual([{ first: 1, last: 3, title: 'tea: warm the pot' }]);
});

test('a thread that another mail interrupts is left as it stands', () => {
  expect(threads(mail('1', 'tea'), mail('2', 'coffee'), mail('3', 'Re: tea', '1'))).toEqual([]);
});

test('a mail alone is no thread', () => {
  expect(threads(mail('1', 'tea'))).toEqual([]);
  expect(threads(mail('1', 'tea'), mail('2', 'coffee'))).toEqual([]);
});
