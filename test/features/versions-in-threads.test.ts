import { describe, expect, test } from 'vitest';
import { unitsOfBuffer } from '#archive/node';
import { MailIndex, readBytes, type ThreadAnswer, threadsAnswer } from '#features';

interface Sent {
  id: string;
  subject: string;
  from?: string;
  answers?: string;
  body?: string;
}

let minute = 0;
function mbox(...mails: Sent[]): Buffer {
  const written = mails.map(({ id, subject, from = 'ada@example.org', answers, body = 'Words.' }) => {
    const time = new Date(Date.UTC(2024, 0, 1) + 60_000 * minute++).toUTCString().replace('GMT', '+0000');
    const named = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
    return `From ${from} Mon Jan  1 00:00:00 2024\nFrom: ${from}\nSubject: ${subject}\nDate: ${time}\nMessage-ID: <${id}@example.org>\n${named}\n${body}\n\n`;
  });
  return Buffer.from(written.join(''));
}

/** Of the threads: their root, the thread that they are a version of, what tells so, and what is missing. */
function told(threads: Iterable<ThreadAnswer>): unknown[] {
  return [...threads].map(({ root, versionOf, series = [] }) => [
    root,
    ...(versionOf ? [versionOf.root, versionOf.by] : []),
    ...series.filter(({ missing }) => missing.length > 0).map(({ missing }) => missing),
  ]);
}

const read = (...files: Buffer[]): unknown[] => told(threadsAnswer(files.map((bytes) => readBytes(bytes))).threads);

function indexed(...files: Buffer[]): unknown[] {
  const index = new MailIndex();
  for (const bytes of files) index.add(unitsOfBuffer(bytes));
  return told(index.threads());
}

const diff = (...lines: string[]): string =>
  `---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1,1 +1,${lines.length + 1} @@\n boil();\n${lines.map((line) => `+${line}`).join('\n')}\n`;

/** A series of a cover letter and two patches; each patch changes lines of its own. */
function series(name: string, version: string, title: string, cover = ''): Sent[] {
  const change = (part: number) => diff(...[1, 2, 3, 4, 5].map((at) => `step_${part}_${at}(pot);`));
  return [
    { id: `${name}0`, subject: `[PATCH${version} 0/2] ${title}`, body: `Words.\n${cover}` },
    { id: `${name}1`, subject: `[PATCH${version} 1/2] ${title}: first`, answers: `${name}0`, body: change(1) },
    { id: `${name}2`, subject: `[PATCH${version} 2/2] ${title}: second`, answers: `${name}0`, body: change(2) },
  ];
}

describe('a version in another thread, or in another file, is told with what tells so', () => {
  const id = '\n--- \nchange-id: 20240101-warm-pot-0123456789ab\n';

  test('the change-id of the cover letters, which an index does not look for', () => {
    const files = [mbox(...series('a', '', 'tea', id)), mbox(...series('b', ' v2', 'kettle', id))];
    expect(read(...files)).toEqual([['0:0'], ['1:0', '0:0', 'change-id']]);
    expect(indexed(...files)).toEqual([['0:0'], ['1:0']]);
  });

  test('author and subject', () => {
    const both = mbox(...series('a', '', 'tea'), ...series('b', ' v2', 'Tea'));
    expect(read(both)).toEqual([['0:0'], ['0:3', '0:0', 'subject']]);
    expect(indexed(both)).toEqual([['0:0'], ['0:3', '0:0', 'subject']]);
  });

  test('a part of a series that was sent again, with what is missing of it', () => {
    const again: Sent = { id: 'c2', subject: '[PATCH v2 2/2] tea: second', body: diff('other(pot);') };
    const both = mbox(...series('a', '', 'tea'), again);
    expect(read(both)).toEqual([['0:0'], ['0:3', '0:0', 'patches', [1]]]);
    expect(indexed(both)).toEqual([['0:0'], ['0:3', '0:0', 'patches', [1]]]);
  });

  test('patches that change the same under other names, which an index does not look at', () => {
    const both = mbox(...series('a', '', 'tea'), ...series('b', ' v2', 'kettle'));
    expect(read(both)).toEqual([['0:0'], ['0:3', '0:0', 'patches']]);
    expect(indexed(both)).toEqual([['0:0'], ['0:3']]);
  });
});

test('what is doubtful is no version', () => {
  const other = series('b', ' v2', 'tea').map((mail) => ({ ...mail, from: 'ben@example.org' }));
  expect(read(mbox(...series('a', '', 'tea'), ...other))).toEqual([['0:0'], ['0:3']]);
  expect(indexed(mbox(...series('a', '', 'tea'), ...other))).toEqual([['0:0'], ['0:3']]);
  const one = mbox(
    { id: 'q', subject: '[PATCH] tea' },
    { id: 'r', subject: 'tea' },
    { id: 's', subject: 'Re: [PATCH v2] tea' },
  );
  expect(indexed(one).filter((thread) => Array.isArray(thread) && thread.length > 1)).toEqual([]);
});
