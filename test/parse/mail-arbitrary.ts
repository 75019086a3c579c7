import fc from 'fast-check';

/**
 * Texts that look like mail, made of the pieces that real mail is made of, in any order and often damaged: what a reader may meet. One
 * unit a byte or more; `sourceOf` makes bytes or a document of them.
 */

const names = ['Ada Example', 'Ben Sample', '"Muster, Max"', 'Zoë Probe', 'kirill . probe', '李 雷'];
const person = fc.constantFrom(...names);
const word = fc.constantFrom(
  ...'tea kettle() warm[1] UPM[*] the pot, boil it_now &&x 0123456789ab On at wrote: -- --- >8 From [1] <a@example.org>'.split(
    ' ',
  ),
  'https://example.org/a(b)?c=[d]',
  '<20230703.123456-1-ada@example.org>',
  '0123456789ab ("tea: warm the pot")',
  '\u202eabc\u202c',
  'a\u0000b',
  '\r',
  '\u00a0',
  '\ud83d\ude00',
  '\ud83d',
  'é',
  '\u00e9\u00e8',
  '=?utf-8?Q?Andr=C3=A9?=',
  '=C3=A9',
  '=',
  'R3LDvMOfZQ==',
);
const prose = fc.array(word, { minLength: 0, maxLength: 14 }).map((words) => words.join(' '));
const prefix = fc.constantFrom(
  '',
  '',
  '> ',
  '>',
  '>> ',
  '> > ',
  '>>> ',
  '> >> ',
  `${'> '.repeat(70)}`,
  ' ',
  '\t',
  '| ',
);

const attribution = fc
  .tuple(person, fc.constantFrom('\n', ' '))
  .chain(([name, gap]) =>
    fc.constantFrom(
      `On Mon, Jul 3, 2023 at 10:48 PM ${name} wrote:`,
      `On Mon, Jul 03, 2023 at 07:34:06AM -0700,${gap}${name}${gap}<x@example.org> wrote:`,
      `${name} wrote:`,
      `${name} <x@example.org>${gap}writes:`,
      `As ${name} wrote:`,
      `Am 3.7.2023 schrieb ${name}:`,
      `* ${name} <x@example.org> [2023-07-03]:`,
    ),
  );
const trailer = fc
  .tuple(fc.constantFrom('Signed-off-by', 'Reviewed-by', 'Fixes', 'Link', 'Cc', 'Note', 'Co-developed-by'), person)
  .map(([token, name]) => `${token}: ${name} <x@example.org>`);
const footnote = fc
  .tuple(fc.constantFrom('[1]', '[*]', '[2]:', '[12] '), prose)
  .map(([mark, text]) => `${mark} ${text}`);
const rule = fc.constantFrom(
  '---',
  '-- ',
  '--',
  '====',
  '-----8<-----',
  '---- >8 ----',
  '______',
  '(1)',
  '2.',
  '===',
  '',
);
const row = fc.constantFrom(
  ' tea.c | 3 ++-',
  ' a => b | Bin 0 -> 12 bytes',
  ' 2 files changed, 1 insertion(+)',
  ' create mode 100644 x',
);
const hunkLine = fc.tuple(fc.constantFrom(' ', '+', '-', '', '\\', '\t', '--'), prose).map((pair) => pair.join(''));
const hunk = fc
  .tuple(fc.nat(4), fc.nat(4), fc.array(hunkLine, { maxLength: 8 }))
  .map(([before, after, lines]) => [`@@ -10,${before} +10,${after} @@ boil()`, ...lines].join('\n'));
const diff = fc
  .tuple(
    fc.constantFrom(
      'diff --git a/tea.c b/tea.c\nindex 01..02 100644\n--- a/tea.c\n+++ b/tea.c',
      '--- a/tea.c\t2023\n+++ /dev/null',
      'diff --git "a/caf\\303\\251.c" "b/caf\\303\\251.c"\nnew file mode 100644\n--- /dev/null\n+++ b/x',
      'diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y',
      'diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,2 -1,2 +1,3 @@@',
      'diff --git a/i b/i\nGIT binary patch\nliteral 3\nKcmZQzU|?imU',
      'Index: tea.c\n======================\n--- tea.c\n+++ tea.c',
      'diff --git a/x b/x\nBinary files a/x and b/x differ',
    ),
    fc.array(hunk, { maxLength: 3 }),
  )
  .map(([head, hunks]) => [head, ...hunks].join('\n'));
const listing = fc.constantFrom('kettle\n\tfill()\n\t\tboil()', '  a = b;\n    c();', '    | a | b |\n    | 1 | 2 |');
const odd = fc.constantFrom(
  '\u0000',
  '\ufeff',
  'x'.repeat(3000),
  ' '.repeat(2000),
  '>'.repeat(500),
  '\r\r\n',
  '\u2028',
  '\u000b',
);

const line = fc.oneof(
  { weight: 6, arbitrary: prose },
  { weight: 2, arbitrary: attribution },
  { weight: 2, arbitrary: trailer },
  footnote,
  { weight: 2, arbitrary: rule },
  row,
  { weight: 2, arbitrary: diff },
  hunk,
  listing,
  { weight: 1, arbitrary: odd },
  { weight: 3, arbitrary: fc.constant('') },
);

/** Blocks of lines behind the same quote mark, as mail programs write them. */
const block = fc.tuple(prefix, fc.array(line, { minLength: 1, maxLength: 6 })).map(([mark, lines]) =>
  lines
    .flatMap((one) => one.split('\n'))
    .map((one) => mark + one)
    .join('\n'),
);

export const body = fc.array(block, { maxLength: 10 }).map((blocks) => blocks.join('\n'));

const field = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('From', 'To', 'Subject', 'Date', 'Message-ID', 'X-Any'), prose)
      .map((pair) => pair.join(': ')),
  },
  fc.constantFrom(
    'Content-Type: text/plain; charset=utf-8',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Type: text/plain; charset="gb2312"',
    'Content-Type: text/plain; charset=y',
    'Content-Type: multipart/mixed; boundary=x',
    'Content-Transfer-Encoding: quoted-printable',
    'Content-Transfer-Encoding: base64',
    'Content-Transfer-Encoding: 8bit',
    'References: <1@example.org>\n <2@example.org>\n\t<3@example.org>',
    'Subject: =?utf-8?B?w6nDqQ==?= =?utf-8?Q?_x=?= tail',
    'X-Empty:',
    'no field at all',
    ' continuation',
    'From: "A" <a@example.org>',
  ),
);

const header = fc.array(field, { maxLength: 8 }).map((fields) => fields.join('\n'));
const message = fc
  .tuple(
    fc.constantFrom(
      '',
      'From ada@example.org Fri Jul  1 03:42:49 2022\n',
      `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\n`,
    ),
    header,
    fc.constantFrom('\n\n', '\n\n', '\n', '', '\n \n'),
    body,
  )
  .map((pieces) => pieces.join(''));
const page = fc
  .tuple(
    fc.constantFrom(
      'Re: tea\n\nFrom: Ada Example\nDate: Mon Jul 10 2023 - 13:58:29 EST\n\n',
      'Next message: Ben: "tea"\n\nRe: tea\nPrevious message: x\n\nFrom: Ada Example\nDate: Mon Jul 10 2023 - 13:58:29 EST\n* Next message: y\n\n',
      'Re: tea\n\n[Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]\n\n',
    ),
    body,
    fc.constantFrom(
      '',
      '\n* Next message: Ben\n* Previous message: x\n',
      '\n[Index of Archives]     [Linux]\n\n  Powered by Linux\n',
    ),
  )
  .map((pieces) => pieces.join(''));
/** A mail whose line ends all became spaces. */
const flat = fc
  .tuple(header, body)
  .map((pieces) =>
    `Received: by x; Subject: Re: tea From: Ada To: Ben ${pieces.join(' ').replace(/\s+/g, ' ')}`.padEnd(
      320,
      ' > and so on',
    ),
  );

export const mail: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.array(message, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n\n')) },
      { weight: 2, arbitrary: page },
      { weight: 1, arbitrary: flat },
      { weight: 2, arbitrary: body },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
    ),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '', '', '\ufeff', '\n\n', ' '),
  )
  .map(([text, lineEnd, before]) => before + (lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd)));

/** One change to a text: a piece taken out, doubled, moved, or something put in. */
const change = fc.record({
  kind: fc.constantFrom('cut', 'double', 'insert', 'end', 'flip'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(200),
  what: fc.oneof(
    line,
    prefix,
    fc.constantFrom('\n', '\r\n', '\r', '\u0000', '=', '>', 'From ', '\n\n', '\u00ff', '=?', '@@ ', '\ufeff'),
  ),
});

/** A real text after a few changes, at most `most` units of it. */
export function mutated(texts: readonly string[], most = 12_000): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), fc.array(change, { maxLength: 6 }))
    .map(([text, from, changes]) => {
      const start = text.length > most ? Math.floor(from * (text.length - most)) : 0;
      let result = text.slice(start, start + most);
      for (const { kind, at, length, what } of changes) {
        const place = Math.floor(at * result.length);
        const piece = result.slice(place, place + length);
        const [before, after] = [result.slice(0, place), result.slice(place + length)];
        if (kind === 'cut') result = before + after;
        else if (kind === 'double') result = before + piece + piece + after;
        else if (kind === 'insert') result = before + what + piece + after;
        else if (kind === 'end') result = place > result.length / 2 ? before : result;
        else result = before + [...piece].reverse().join('') + after;
      }
      return result;
    });
}
