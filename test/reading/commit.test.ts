import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textSource } from '#mailast';
import { type Commit, type CommitOptions, commitOf, openMailbox } from '#reading';

function commit(body: string, options: CommitOptions = {}, from = 'Ada Example <ada@example.org>'): Commit {
  const header = `From: ${from}\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nSubject: [PATCH] tea: warm\nMessage-ID: <1@example.org>\n`;
  return commitOf(openMailbox(textSource(`${header}\n${body}`)).message(0), options);
}

const DIFF = 'diff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1 +1 @@\n-cold\n+warm\n';

describe('the message of a commit ends', () => {
  it.each([
    ['at three dashes', '---\n tea.c | 2 +-\n'],
    ['at three dashes with white space behind them', '---  \t\nnotes\n'],
    ['at a diff', DIFF],
    ['at the name of a file', '--- tea.c\n+++ tea.c\n'],
    ['at an index of CVS', 'Index: tea.c\n'],
  ])('%s', (_, patch) => {
    expect(commit(`The pot is cold.\n\n${patch}`)).toMatchObject({ message: 'The pot is cold.\n\n', patch });
  });

  it.each([
    ['four dashes', '----\n'],
    ['dashes and words', '---- not a cut ----\n'],
    ['a quoted cut', '> ---\n'],
    ['an indented diff', ` ${DIFF.split('\n')[0]}\n`],
  ])('not at %s', (_, line) => {
    expect(commit(`The pot is cold.\n${line}`)).toMatchObject({ message: `The pot is cold.\n${line}`, patch: '' });
  });
});

describe('fields at the top of a body', () => {
  const above = 'From: Ben Sample\n <ben@example.org>\nSubject: =?utf-8?q?t=C3=A9?=\nDate: tomorrow\n\nThe pot.\n';

  it('stand above those of the header, folded and encoded as they may be', () => {
    expect(commit(`${above}${DIFF}`)).toEqual({
      author: 'Ben Sample',
      email: 'ben@example.org',
      subject: 't\u00e9',
      date: 'tomorrow',
      message: 'The pot.\n',
      patch: DIFF,
    });
  });

  it('are not taken where no patch follows, though the message begins behind them', () => {
    expect(commit(above)).toMatchObject({ author: 'Ada Example', subject: 'tea: warm', message: 'The pot.\n' });
  });

  it('end at the first line that is none', () => {
    const { author, message } = commit(`Hello\nFrom: Ben Sample <ben@example.org>\n${DIFF}`);
    expect([author, message]).toEqual(['Ada Example', 'Hello\nFrom: Ben Sample <ben@example.org>\n']);
  });

  it('may stand behind the line that git writes above a patch', () => {
    const line = `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n`;
    expect(commit(`${line}Subject: [PATCH] tea\n\n${DIFF}`)).toMatchObject({ subject: 'tea', message: '' });
  });

  it('are text when that is asked for', () => {
    const { author, message } = commit(`${above}${DIFF}`, { inBodyHeader: false });
    expect([author, message]).toEqual(['Ada Example', above]);
  });
});

describe('scissors', () => {
  const body = `Hello\n\n-- >8 --\nSubject: tea\n\nThe pot.\n${DIFF}`;

  it('cut off what stands above them, when they are asked for', () => {
    expect(commit(body, { scissors: true })).toMatchObject({ subject: 'tea', message: 'The pot.\n' });
    expect(commit(body)).toMatchObject({
      subject: 'tea: warm',
      message: 'Hello\n\n-- >8 --\nSubject: tea\n\nThe pot.\n',
    });
  });

  it.each(['-- >8 --', '8< - - - cut here', '-------- %< --------', '- - >% - -'])('may be %s', (line) => {
    expect(commit(`Hello\n${line}\nThe pot.\n`, { scissors: true }).message).toBe('The pot.\n');
  });

  it.each(['>8', '-- 8 --', 'a long line of words >8 and no more', '>8 -'])('are not %s', (line) => {
    expect(commit(`Hello\n${line}\nThe pot.\n`, { scissors: true }).message).toContain('Hello');
  });
});

describe('the author is', () => {
  it.each([
    ['Ada (tea) Example <ada@example.org> (Kettle)', 'Ada (tea) Example (Kettle)', 'ada@example.org'],
    ['ada@example.org (Ada Example)', 'Ada Example', 'ada@example.org'],
    ['ada@example.org', 'ada@example.org', 'ada@example.org'],
    ['"Example, Ada \\"Tea\\"" <ada@example.org>', 'Example, Ada "Tea"', 'ada@example.org'],
    ['Ada Example <ada>', 'Ada Example', 'ada'],
    [`${'A'.repeat(61)} <ada@example.org>`, 'ada@example.org', 'ada@example.org'],
    ['nobody', '', ''],
  ])('of %s', (from, author, email) => {
    expect(commit('', {}, from)).toMatchObject({ author, email });
  });
});

it('the Message-ID ends the message when that is asked for and a patch follows', () => {
  expect(commit(`Tea.\n${DIFF}`, { messageId: true }).message).toBe('Tea.\nMessage-ID: <1@example.org>\n');
  expect(commit('Tea.\n', { messageId: true }).message).toBe('Tea.\n');
});

it('whatever the lines, message and patch are the end of the body and nothing is made up', () => {
  const line = fc.constantFrom(
    '',
    ' ',
    '---',
    '-- >8 --',
    'From: x <x@example.org>',
    'Subject: y',
    ' folded',
    'diff -',
    'Index: z',
    'tea',
    '> tea',
    '[PATCH] w',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (lines, scissors) => {
      const body = `${lines.join('\n')}\n`;
      const { message, patch } = commit(`x\n${body}`, { scissors });
      expect(`x\n${body}`.endsWith(message + patch)).toBe(true);
    }),
    { seed: 20230709, numRuns: 1000 },
  );
});
