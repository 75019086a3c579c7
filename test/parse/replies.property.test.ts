import fc from 'fast-check';
import { describe, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { bodyLinesOf, speakerAt, voicesOf } from '#reading';
import { readChecked } from './invariants.ts';

/** Lines of replies: who wrote what, in several languages and wrapped, header lines, marks that are none, footers, seals. */
const LINES = [
  '',
  'The pot that stands on the stove in the kitchen is cold and nobody has',
  'warmed it',
  'since the day before.',
  'On Mon, Jul 3, 2023 at 10:00 AM Ada Example',
  '<ada@example.org> wrote:',
  'On Mon, Jul 3, 2023, Ada Example wrote:',
  'Am 3. Juli 2023 schrieb Ada Example <ada@example.org',
  '>:',
  '> wrote:',
  'Ada Example',
  '<',
  'mailto:ada@example.org',
  'Le 3 juil. 2023 à 10:00, Ada Example a écrit :',
  '2023年7月3日(月) 10:00 Ada Example <ada@example.org>:',
  'Ada Example 于2023年7月3日周一 10:00写道：',
  'Ada wrote...',
  '-----Original Message-----',
  'From: Ada Example <ada@example.org>',
  'Sent: Monday, July 3, 2023 10:00 AM',
  'To: ben@example.org;',
  ' cleo@example.org',
  'Subject: tea',
  'Von: Ada Example',
  '>>> On 7/3/2023 at 10:00 AM, in message <1@example.org>, Ada',
  '>>>>> "Ada" == Ada Example <ada@example.org> writes:',
  'Ada> The pot is cold.',
  'AE>> Who warms it?',
  '-- ',
  '--',
  '_______________________________________________',
  'tea mailing list',
  'To unsubscribe from this list: send the line "unsubscribe tea" in',
  '-----BEGIN PGP SIGNED MESSAGE-----',
  'Hash: SHA256',
  '- -- ',
  '- --- a/tea.c',
  '-----BEGIN PGP SIGNATURE-----',
  'abcd0123+/==',
  '-----END PGP SIGNATURE-----',
  '---',
  'Changes in v3:',
  ' - Warm the pot.',
  '- - -8<- - -',
  'See 0123456789ab ("tea: warm',
  'the pot") and id:1@example.org',
  'https://lore.example.org/tea/20230703100000.1@example.org/',
  'diff --git a/tea.c b/tea.c',
  '@@ -1 +1 @@',
  '-cold',
  '+warm',
];

const line = fc
  .tuple(fc.constantFrom('', '', '', '> ', '>', '> > ', '>>', '>> > '), fc.constantFrom(...LINES))
  .map(([marks, text]) => marks + text);

const reply = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: line }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) }),
    {
      maxLength: 40,
    },
  )
  .map((lines) => `From: Ben Sample <ben@example.org>\nSubject: tea\n\n${lines.join('\n')}`);

describe('whatever stands in a reply', () => {
  it('its tree is sound, and each line has a kind and at most one speaker', () => {
    fc.assert(
      fc.property(reply, (text) => {
        for (const source of [textSource(text), bytesSource(Buffer.from(text, 'utf8'))]) {
          for (const message of readChecked(source).messages) {
            const voices = voicesOf(message.tree);
            for (const { start } of bodyLinesOf(message).lines) speakerAt(message.tree, voices, start);
          }
        }
      }),
      { seed: 20230706, numRuns: 1500 },
    );
  });
});
