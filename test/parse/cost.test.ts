import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { openMailbox } from '#parse';
import { readFlow } from '../../src/parse/flow.ts';
import { lineHeads } from '../../src/parse/line-heads.ts';
import { placingOf } from '../../src/parse/placing.ts';

/** How often the constructs look at a line, over all lines of a text. */
function looksAt(text: string): number {
  const heads = lineHeads(text, { start: 0, end: text.length });
  let looks = 0;
  const counted = <Arguments extends unknown[], Result>(read: (...given: Arguments) => Result) => {
    return (...given: Arguments): Result => {
      looks++;
      return read(...given);
    };
  };
  const counting = {
    ...heads,
    own: counted(heads.own),
    blank: counted(heads.blank),
    start: counted(heads.start),
    end: counted(heads.end),
    depth: counted(heads.depth),
  };
  readFlow(counting, { start: 0, end: heads.table.count }, placingOf(counting, new Set()));
  return looks;
}

const LINES = [
  '',
  'x',
  '1.',
  'Title',
  '===',
  '----------',
  '---',
  '-- ',
  '--',
  'a | 1',
  ' tea.c | 3 ++-',
  'Acked-by: Ada <ada@example.org> | 1',
  'Signed-off-by: Ada Example <ada@example.org>',
  'Acked-by: Ada',
  'Bug: 12',
  'Link:',
  '[ada: note',
  '[ada: note]',
  '1:  0123456789ab = 1:  0123456789ab tea',
  '    indented far',
  '[1] note',
  ' indented',
  '    code();',
  'On Mon, Jul 3, 2023, Ada wrote:',
  'On Mon, Jul 3, 2023 at',
  'Ada wrote:',
  'Ada Example <ada@example.org',
  '>:',
  '-----Original Message-----',
  'From: Ada Example <ada@example.org>',
  'Sent: July 3, 2023',
  'To: ben@example.org;',
  ' cleo@example.org;',
  'Ada> x',
  '>>> On 7/3/2023 at 10:00, x',
  '____________',
  'tea mailing list',
  'To unsubscribe from this list: send the line',
  '-----BEGIN PGP SIGNED MESSAGE-----',
  '-----BEGIN PGP SIGNATURE-----',
  'Hash: x',
  'abcd',
  '- --',
  'v2:',
  'Changes since v1',
  '-- >8 --',
  '0123456789ab',
  '("tea: warm',
  '```',
  '```c',
  '~~~',
  '[1]',
  '@@ -1,9 +1,9 @@',
  '@@ -1,999999 +1,999999 @@',
  '+x',
  '-x',
  'diff --git a/x b/x',
  '--- a/x',
  '+++ b/x',
  'Index: x',
  'GIT binary patch',
  'literal 3',
  '***************',
  '*** 1,2 ****',
  'Property changes on: x',
  '____________________',
  '   @@ -1,9 +1,9 @@',
  '\tx();',
  '@@@ -1 -1 +1 @@@',
  '> x',
  '> @@ -1,9 +1,9 @@',
  '> @@ -1,999999 +1,999999 @@',
  '> +\tx();',
  '> [...]',
  '>> x',
  `${'>'.repeat(70)} x`,
  '>',
];

/** Lines of which the first construct that looks at them takes less than it has looked at. */
const SUSPECTS = [
  ['a | 1', 'Acked-by: Ada <ada@example.org> | 1'],
  ['1.', 'x', '----------'],
  ['[1] note'],
  ['Bug: 12'],
  ['Acked-by: Ada', '[ada: note', 'x'],
  ['Signed-off-by: Ada Example <ada@example.org>', '[ada: note]', 'x'],
  ['Bug: 12', '[ada: note', '[ada: note]'],
  ['x', '----------'],
  ['On Mon, Jul 3, 2023 at', 'On Mon, Jul 3, 2023 at', 'x'],
  ['@@ -1,9 +1,9 @@', ''],
  ['diff --git a/x b/x', ''],
  ['> @@ -1,999999 +1,999999 @@', '> +\tx();', 'x'],
  ['> @@ -1,999999 +1,999999 @@', '> +\tx();', '> [...]', '> x'],
  ['@@ -1,999999 +1,999999 @@', '', 'x'],
  ['@@ -1,9 +1,9 @@', '\tx();'],
];

describe('reading costs a bounded number of looks at each line', () => {
  it('whatever few lines are repeated over and over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 5 }), (lines) => {
        const piece = `${lines.join('\n')}\n`;
        const once = looksAt(piece.repeat(60));
        const twice = looksAt(piece.repeat(120));
        expect(twice).toBeLessThan(2.1 * once + 500);
        // A quote of 64 levels may be opened anew by every line.
        expect(twice / (120 * (lines.length + 1))).toBeLessThan(400);
      }),
      { seed: 64, numRuns: 1500, examples: SUSPECTS.map((lines): [string[]] => [lines]) },
    );
  });
});

const HEADER = 'From: ada@example.org\nSubject: tea\n';
const FLAT = 'Received: by x Subject: tea From: Ada To: Ben On Mon, Jul 3, 2023, Ada wrote: ';

/** A word for each number. */
function letters(at: number): string {
  return [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

/** What strangers may send. A reader that goes over its text again and again does not finish these within the time of a test. */
const hostile: [what: string, make: (size: number) => string][] = [
  ['one line of quote marks', (size) => `${HEADER}\n${'>'.repeat(size)} x\n`],
  [
    'a stair of quote marks',
    (size) =>
      `${HEADER}\n${Array.from({ length: Math.sqrt(2 * size) }, (_, at) => `${'>'.repeat(at + 1)} x`).join('\n')}`,
  ],
  ['64 levels opened by every other line', (size) => `${HEADER}\n${`x\n${'>'.repeat(64)}x\n`.repeat(size / 69)}`],
  ['one long line', (size) => `${HEADER}\n${'kvm_mmu word '.repeat(size / 13)}\n`],
  [
    'very many fields',
    (size) => `${Array.from({ length: size / 16 }, (_, at) => `X-H${at}: v${at}`).join('\n')}\n${HEADER}\nx\n`,
  ],
  [
    'one field folded over very many lines',
    (size) => `${HEADER}References:${Array.from({ length: size / 12 }, (_, at) => ` <m${at}@x>`).join('\n')}\n\nx\n`,
  ],
  [
    'spaces where a pattern looks for the end',
    (size) => `${HEADER}\nOn ${' '.repeat(size / 2)}x\nAcked-by: a <x@y>\n[${' '.repeat(size / 2)}x\n`,
  ],
  ['From_ on every line', (size) => 'From \n'.repeat(size / 6)],
  ['a mailbox of empty messages', (size) => 'From a@b Fri Jul  1 03:42:49 2022\nA: b\n\n'.repeat(size / 40)],
  [
    'very many escaped From_ lines',
    (size) => `From a@b Fri Jul  1 03:42:49 2022\n${HEADER}\n${'>From x\n'.repeat(size / 8)}`,
  ],
  [
    'a hunk that claims to be endless',
    (size) => `${HEADER}\n@@ -1,999999999 +1,999999999 @@\n${'+x\n-y\n'.repeat(size / 6)}`,
  ],
  [
    'a quoted hunk that every line of a reply cuts',
    (size) => `${HEADER}\n> @@ -1,999999999 +1,999999999 @@\n${'> +x\ny\n'.repeat(size / 8)}`,
  ],
  [
    'as many lines left out of a quoted hunk',
    (size) => `${HEADER}\n> @@ -1,999999999 +1,999999999 @@\n${'> +x\n> y\n> [...]\n'.repeat(size / 18)}`,
  ],
  [
    'a hunk that lost its white space',
    (size) => `${HEADER}\n@@ -1,999999999 +1,999999999 @@\n${'\tx\n'.repeat(size / 3)}`,
  ],
  ['hunks without lines', (size) => `${HEADER}\n${'@@ -1,9 +1,9 @@\n'.repeat(size / 16)}`],
  ['files without hunks', (size) => `${HEADER}\n${'diff --git a/x b/x\n'.repeat(size / 19)}`],
  ['a quoted name without end', (size) => `${HEADER}\n--- "${'\\303'.repeat(size / 4)}"\n+++ b\n@@ -1 +1 @@\n-a\n+b\n`],
  [
    'names with line separators',
    (size) => `${HEADER}\n${'--- x\u2028x\n+++ x\u2029x\n@@ -1 +1 @@\n-a\n+b\n'.repeat(size / 36)}`,
  ],
  ['empty words in a field', (size) => `${HEADER}X: ${'=?utf-8?q?'.repeat(size / 10)}\n\n`],
  ['words of unknown charsets', (size) => `${HEADER}X: ${'=?x?q?a?= '.repeat(size / 10)}\n\n`],
  ['brackets in a link', (size) => `${HEADER}\nhttp://${'('.repeat(size)}\n`],
  ['footnote marks in one line', (size) => `${HEADER}\n${' [1]'.repeat(size / 4)}\n`],
  ['base64 without end', (size) => `${HEADER}Content-Transfer-Encoding: base64\n\n${'YWJj'.repeat(size / 4)}`],
  [
    'quoted-printable without sense',
    (size) => `${HEADER}Content-Transfer-Encoding: quoted-printable\n\n${'= '.repeat(size / 2)}`,
  ],
  ['carriage returns', (size) => `${HEADER}\n${'\r'.repeat(size)}`],
  ['bytes that are no text', (size) => `${HEADER}\n${'\u00ff'.repeat(size)}`],
  [
    'attributions and nothing else',
    (size) => `${HEADER}\n${'On Mon, Jul 3, 2023 at 10:00, Ada Example <ada@example.org> wrote:\n'.repeat(size / 70)}`,
  ],
  ['beginnings of attributions', (size) => `${HEADER}\n${'On Mon, Jul 3, 2023 at\n'.repeat(size / 23)}`],
  [
    'an attribution of dates',
    (size) => `${HEADER}\n${`On ${'3 Jul 2023 10:00 '.repeat(28)}x wrote:\n`.repeat(size / 480)}`,
  ],
  ['an attribution of brackets', (size) => `${HEADER}\n${`On 3 Jul ${'<'.repeat(400)} wrote:\n`.repeat(size / 420)}`],
  ['quotes of one line', (size) => `${HEADER}\n${'> x\ny\n'.repeat(size / 6)}`],
  ['header lines without end', (size) => `${HEADER}\nFrom: a\nTo: b;\n${' c;\n'.repeat(size / 4)}`],
  [
    'header lines again and again',
    (size) => `${HEADER}\n${'From: a\nSent: b\nTo: c\nSubject: d\nx\n'.repeat(size / 36)}`,
  ],
  ['names before the marks', (size) => `${HEADER}\nAda wrote:\n${'Ada> x\nBen> y\n'.repeat(size / 14)}`],
  [
    'other names before every mark',
    (size) => `${HEADER}\n${Array.from({ length: size / 8 }, (_, at) => `${letters(at)}> x`).join('\n')}`,
  ],
  ['signatures and footers', (size) => `${HEADER}\n${'-- \nx\n____\ntea mailing list\n'.repeat(size / 27)}`],
  [
    'seals',
    (size) =>
      `${HEADER}\n${'-----BEGIN PGP SIGNED MESSAGE-----\n- --\n-----BEGIN PGP SIGNATURE-----\nx\n'.repeat(size / 73)}`,
  ],
  ['a seal without end', (size) => `${HEADER}\n-----BEGIN PGP SIGNATURE-----\n${'abcd\n'.repeat(size / 5)}`],
  [
    'hashes before titles without end',
    (size) => `${HEADER}\n${'0123456789ab ("x '.repeat(size / 17)}\n${'("x\n'.repeat(9)}`,
  ],
  ['hashes whose titles are below', (size) => `${HEADER}\n${'0123456789ab\n'.repeat(size / 13)}`],
  ['scissors in one line', (size) => `${HEADER}\n${'-- >8 -'.repeat(size / 7)}`],
  ['headings of versions', (size) => `${HEADER}\n${'v2:\n'.repeat(size / 4)}`],
  ['flattened quote marks', (size) => `${FLAT}${'> '.repeat(size / 2)}`],
  ['flattened quote marks glued to a word', (size) => `${FLAT}${'> '.repeat(size / 2)}>x`],
  ['a flattened name without end', (size) => `${FLAT}${'A-'.repeat(size / 2)}`],
  ['flattened attributions without a verb', (size) => `${FLAT}${'On '.repeat(size / 3)}`],
  ['flattened fields', (size) => 'Subject: x '.repeat(size / 11)],
];

describe('a message from a stranger is read in reasonable time', () => {
  it.each(hostile)('%s', (_, make) => {
    const text = make(600_000);
    for (const source of [textSource(text), bytesSource(Buffer.from(text, 'latin1'))]) {
      const mailbox = openMailbox(source);
      for (let index = 0; index < mailbox.spans.length; index++) mailbox.message(index);
      expect(mailbox.spans.length).toBeGreaterThan(0);
    }
  });

  it('a message of more lines than any is read up to its limit, and says so', () => {
    const message = openMailbox(textSource(`${HEADER}\n${'x\n'.repeat(260_000)}`)).message(0);
    expect(message.complaints.map(({ ruleId }) => ruleId)).toEqual(['message-too-long']);
    const { start = 0 } = message.complaints[0] ?? {};
    expect(message.text.slice(0, start).split('\n')).toHaveLength(250_000 + 4);
    expect(message.text.endsWith('x\nx\n')).toBe(true);
  });
});
