import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import type { MessageReading } from '#parse';
import { readChecked } from '../parse/invariants.ts';

/** A mail as something left it that joined all lines and took every `<token>` away. */
function flat(...pieces: string[]): MessageReading {
  const { mailbox, messages } = readChecked(bytesSource(Buffer.from(pieces.join(' '), 'utf8')));
  expect(mailbox.dialect).toBe('flattened');
  const [message] = messages;
  if (!message) throw new Error('there is no message');
  return message;
}

function bodyOf({ text, readable }: MessageReading): string[] {
  return text.slice(readable.body.start).split('\n');
}

const header = [
  'Received: by x.example.org; Fri, 24 Dec 2010 08:22:32 -0500 From: "Ada Example" Date: Fri, 24 Dec 2010 15:21:35 +0200',
  'Message-ID: <20101224132135.1@example.org> In-Reply-To: Subject: [PATCH 05/21] tea: warm the pot To: Ben Sample',
  'Cc: cleo@example.org, Dora Probe , list@lists.example.org',
];

const patch = [
  'The pot was cold, - not warm. Signed-off-by: Ada Example --- tea.c | 2 +- pots/lid.c | Bin 0 -> 12 bytes 2 files changed, 1 insertion(+)',
  'diff --git a/tea.c b/tea.c index 0123456..1234567 100644 --- a/tea.c +++ b/tea.c @@ -1,4 +1,4 @@ void f(void)',
  '{ * - is a dash in a comment */ - cold(); + hot(a + b); + hotter(); } @@ -9,2 +9,2 @@ int g(void) -- 1.7.1',
];

describe('a patch that lost its line ends', () => {
  it('has the lines that tell themselves, and no others', () => {
    expect(bodyOf(flat(...header, ...patch))).toEqual([
      'The pot was cold, - not warm.',
      'Signed-off-by: Ada Example',
      '---',
      'tea.c | 2 +-',
      'pots/lid.c | Bin 0 -> 12 bytes',
      '2 files changed, 1 insertion(+)',
      'diff --git a/tea.c b/tea.c',
      'index 0123456..1234567 100644',
      '--- a/tea.c',
      '+++ b/tea.c',
      '@@ -1,4 +1,4 @@ void f(void) { * - is a dash in a comment */',
      '- cold();',
      '+ hot(a + b);',
      '+ hotter(); }',
      '@@ -9,2 +9,2 @@ int g(void)',
      '--',
      '1.7.1',
    ]);
  });

  it('ends its header behind the address of the last receiver, and says that this is likely only', () => {
    const { readable, complaints } = flat(...header, ...patch);
    const values = new Map(readable.fields.map(({ name, value }) => [name, value]));
    expect(values.get('Cc')).toBe('cleo@example.org, Dora Probe , list@lists.example.org');
    expect(values.get('In-Reply-To')).toBe('');
    expect(complaints.map(({ ruleId }) => ruleId)).toEqual([
      'flattened-lines-restored',
      'flattened-body-start-inferred',
    ]);
  });

  it('needs no header', () => {
    const { readable, tree } = flat('From: Ada Example', ...patch);
    expect(readable.fields).toEqual([]);
    expect(JSON.stringify(tree)).toContain('"type":"diffFile"');
  });

  it('is read behind the line that a mailbox puts above a mail', () => {
    const message = flat('From mboxrd@z Thu Jan 1 00:00:00 1970', ...header, ...patch);
    expect(message.readable.fields.map(({ name }) => name).slice(0, 3)).toEqual(['Received', 'From', 'Date']);
  });
});

describe('quoted-printable text that lost its line ends', () => {
  const coded = header.map((line) => line.replace('To: Ben', 'Content-Transfer-Encoding: quoted-printable To: Ben'));

  it('is decoded, with its lines, and without the ends of soft line breaks', () => {
    const message = flat(
      ...coded,
      'On Fri, Dec 24, 2010, Ben Sample wrote= : > 2010/12/24 Cleo Probe : > > Caf=C3=A9 or tea, and who shall have the first cup of it > > a =3D b? > Tea. No= ne.',
    );
    expect(bodyOf(message)).toEqual([
      'On Fri, Dec 24, 2010, Ben Sample wrote:',
      '> 2010/12/24 Cleo Probe :',
      '> > Café or tea, and who shall have the first cup of it',
      '> > a = b?',
      '> Tea. None.',
    ]);
    expect(message.complaints.map(({ ruleId }) => ruleId)).not.toContain('transfer-encoding-damaged');
  });
});
