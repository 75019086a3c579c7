import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageAnswer, readBytes, readText, ThreadTraces, threadsAnswer } from '#features';
import {
  type Answerer,
  draftProblems,
  type LineRange,
  type NoteUnder,
  type ReplyDraft,
  replyDraft,
  selectedLines,
  sendableText,
  sendEmailCommand,
} from '#features/sharing';

interface Asked {
  range?: LineRange;
  notes?: readonly NoteUnder[];
  reader?: Answerer;
}

const HEAD = [
  'From: =?utf-8?q?Ad=C3=A8le?= Example <adele@example.org>',
  'To: ben@example.org, "Okafor, Cy" <cy@example.org>',
  'Cc: Dee Example <dee@example.org>, Ben <BEN@example.org>, linux-tea@lists.example.org',
  'Subject: Re: [PATCH v2 1/2] tea: warm the pot',
  'Date: Mon, 4 Mar 2024 09:12:31 +0100',
  'Message-ID: <1-1@example.org>',
  'In-Reply-To: <1-0@example.org>',
  'References: <0@example.org> <1-0@example.org>',
];
const BODY = [
  'On Sunday, Ben wrote:',
  '> > Is it cold?',
  '> It is.',
  '',
  'A cold pot cools the water.',
  '',
  '-- ',
  'Adele',
];

function mail(body: readonly string[] = BODY, head: readonly string[] = HEAD): string {
  return [...head, '', ...body, ''].join('\n');
}

function draft(text: string | Uint8Array, asked: Asked = {}): ReplyDraft {
  const source = typeof text === 'string' ? readText(text) : readBytes(text);
  const page = source.page(0);
  if (!page) throw new Error('no mail');
  return replyDraft({ page, source, ...asked });
}

/** What our own reader takes a draft for. */
function read(text: string) {
  const reading = readText(text);
  const page = reading.page(0);
  if (!page) throw new Error('no mail');
  return messageAnswer(page, reading.mailbox.source, '0:0', undefined);
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\n\n') + 2);
}

describe('who gets the answer', () => {
  const to = (head: readonly string[], reader?: Answerer) => {
    const made = draft(mail(BODY, head), reader ? { reader } : {});
    const names = (all: ReplyDraft['to']) => all.map(({ address }) => address);
    return { to: names(made.to), cc: names(made.cc) };
  };

  test('the author, and in copy everybody else once', () => {
    expect(to(HEAD)).toEqual({
      to: ['adele@example.org'],
      cc: ['ben@example.org', 'cy@example.org', 'dee@example.org', 'linux-tea@lists.example.org'],
    });
  });

  test('not the reader, whichever way the address is written', () => {
    const { cc } = to(HEAD, { address: 'Cy@Example.org', others: ['ben@example.org'] });
    expect(cc).toEqual(['dee@example.org', 'linux-tea@lists.example.org']);
  });

  test('whom Reply-To names; but a list that puts itself there does not take the author away', () => {
    expect(to([...HEAD, 'Reply-To: Adele <home@example.net>']).to).toEqual(['home@example.net']);
    expect(to([...HEAD, 'Reply-To: linux-tea@lists.example.org']).to).toEqual([
      'adele@example.org',
      'linux-tea@lists.example.org',
    ]);
  });

  test('only those of Mail-Followup-To, where it is given', () => {
    const followup = 'Mail-Followup-To: linux-tea@lists.example.org, Adele <adele@example.org>';
    expect(to([...HEAD, followup])).toEqual({ to: ['adele@example.org'], cc: ['linux-tea@lists.example.org'] });
    expect(to([...HEAD, 'Mail-Followup-To: linux-tea@lists.example.org'])).toEqual({
      to: ['linux-tea@lists.example.org'],
      cc: [],
    });
  });

  test("an answer to a mail of one's own goes where that went", () => {
    expect(to(HEAD, { address: 'adele@example.org' })).toEqual({
      to: ['ben@example.org', 'cy@example.org'],
      cc: ['dee@example.org', 'linux-tea@lists.example.org'],
    });
  });

  test('an address that cannot be written to is left out, and said', () => {
    const made = draft(
      mail(BODY, [...HEAD.slice(0, 2), 'Cc: eve@xxxxxxx, undisclosed-recipients:;', ...HEAD.slice(3)]),
    );
    expect(made.cc.map(({ address }) => address)).toEqual(['ben@example.org', 'cy@example.org']);
    expect(made.complaints.join('\n')).toContain('"eve@xxxxxxx" is no address');
  });

  test('an address that begins as an option does is left out, and no command is made for it', () => {
    const made = draft(mail(BODY, [...HEAD, 'Reply-To: <-X/tmp/tea@example.org>, <a-b@example.org>']));
    expect(made.text).toContain('To: a-b@example.org\n');
    expect(made.complaints.join('\n')).toContain('"-X/tmp/tea@example.org" is no address');
    const written = 'To: a-b@example.org, <-X/tmp/tea@example.org>\nSubject: tea\n\nhot\n';
    expect(sendEmailCommand(written, 'tea.eml')).toHaveProperty('refused');
  });
});

describe('the header', () => {
  test('says what is answered, with all ids before it, and Re: once', () => {
    const answer = read(draft(mail()).text);
    expect(answer).toMatchObject({
      subject: 'Re: [PATCH v2 1/2] tea: warm the pot',
      inReplyTo: ['1-1@example.org'],
      references: ['0@example.org', '1-0@example.org', '1-1@example.org'],
      complaints: [],
    });
    expect(answer.to).toEqual([{ name: 'Ad\u00e8le Example', address: 'adele@example.org' }]);
    expect(answer.cc[1]).toEqual({ name: 'Okafor, Cy', address: 'cy@example.org' });
  });

  test('is ASCII, folded, and has nothing of a mail that was sent', () => {
    const { text } = draft(mail(), { reader: { name: '\u0141ucja "Lu" \u5c71\u7530', address: 'lu@example.org' } });
    const head = text.slice(0, text.indexOf('\n\n'));
    expect(head).toMatch(/^[\n -~]*$/);
    expect(Math.max(...head.split('\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    expect(head).not.toMatch(/^(?:Date|Message-ID):/m);
    expect(read(text).from).toEqual({ name: '\u0141ucja "Lu" \u5c71\u7530', address: 'lu@example.org' });
  });

  test('keeps the first and the latest ids of a long thread', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `<${at}@example.org>`);
    const made = draft(mail(BODY, [...HEAD.slice(0, 7), `References: ${ids.join('\n ')}`]));
    expect(made.references).toHaveLength(31);
    expect([made.references[0], made.references[1], made.references.at(-1)]).toEqual([
      '0@example.org',
      '171@example.org',
      '1-1@example.org',
    ]);
  });

  test('without a Message-ID the answer begins a thread, and that is said', () => {
    const made = draft(
      mail(
        BODY,
        HEAD.filter((line) => !line.startsWith('Message-ID')),
      ),
    );
    expect(made.text).not.toMatch(/^(?:In-Reply-To|References):/m);
    expect(made.complaints.join('')).toContain('has no Message-ID');
  });

  test('no name, subject or id of a mail adds a field or a line', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\0',
          '\u2028',
          '\u0085',
          '\u202e',
          '=?utf-8?q?=0ABcc:=20x?=',
          '"',
          '\\',
          '<',
          '>',
          ',',
          ';',
          ':',
        ),
        fc.constantFrom('Bcc: eve@example.net', ' ', 'a', '\u00e9', '\ud83d', '(', ')', '--cc=x', '$(id)', '`id`', "'"),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (...parts) => {
        const [name = '', subject = '', id = ''] = parts.map((part) => part.join(''));
        const encoded = (text: string) => `=?utf-8?b?${Buffer.from(text, 'utf8').toString('base64')}?=`;
        const head = [
          `From: ${encoded(name)} <adele@example.org>`,
          `To: ${name} <ben@example.org>`,
          `Subject: ${encoded(subject)}`,
          `Message-ID: <${id}@example.org>`,
          `References: <${id}x@example.org> <y@example.org>`,
        ];
        const { text } = draft(mail(['words'], head), { reader: { name: subject, address: name } });
        const lines = text.slice(0, text.indexOf('\n\n')).split('\n');
        const fields = lines.filter((line) => !line.startsWith(' ')).map((line) => line.split(':')[0] ?? '');
        expect(new Set(fields).size).toBe(fields.length);
        expect([
          'From',
          'To',
          'Cc',
          'Subject',
          'In-Reply-To',
          'References',
          'MIME-Version',
          'Content-Type',
          'Content-Transfer-Encoding',
        ]).toEqual(expect.arrayContaining(fields));
        expect(lines.every((line) => /^[ -~]+$/.test(line) && line.trim() !== '')).toBe(true);
      }),
      { seed: 8, numRuns: 120 },
    );
  });
});

describe('the quote', () => {
  test('is the selected lines with one mark more, under who wrote them', () => {
    expect(bodyOf(draft(mail(), { range: { first: 2, last: 6 } }).text)).toBe(
      [
        'On Mon, 4 Mar 2024 09:12:31 +0100, Ad\u00e8le Example wrote:',
        '>> > Is it cold?',
        '>> It is.',
        '>',
        '> A cold pot cools the water.',
        '',
        '',
        '',
      ].join('\n'),
    );
  });

  test('of a whole mail leaves its signature out', () => {
    const text = bodyOf(draft(mail()).text);
    expect(text).toContain('> A cold pot');
    expect(text).not.toContain('-- ');
    expect(text).not.toContain('> Adele');
  });

  test('is what a reader reads, where the mail is encoded', () => {
    const words = Buffer.from('Gr\u00fc\u00dfe, this is what was written.\n').toString('base64');
    const coded = mail(
      [words],
      [...HEAD, 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
    );
    const reading = readText(coded);
    const at = coded.indexOf(words);
    const selected = selectedLines(reading, at + 2, at + 20);
    expect(selected).toMatchObject({ message: 0, range: { first: 1, last: 1 } });
    expect(draft(coded, selected?.range ? { range: selected.range } : {}).text).toContain(
      '\n> Gr\u00fc\u00dfe, this is what was written.\n',
    );
  });

  test('a selection stands for the whole lines that it touches, and one in the header for the mail', () => {
    const text = mail();
    const reading = readText(text);
    const at = text.indexOf('cold pot');
    expect(selectedLines(reading, at, at + 3)?.range).toEqual({ first: 5, last: 5 });
    expect(selectedLines(reading, text.indexOf('> It is'), at)?.range).toEqual({ first: 3, last: 5 });
    expect(selectedLines(reading, 3, 9)).toMatchObject({ message: 0 });
    expect(selectedLines(reading, 3, 9)?.range).toBeUndefined();
    expect(selectedLines(reading, at, at)?.range).toBeUndefined();
  });

  test('no sign of a mail ends a quoted line', () => {
    for (const sign of ['\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\0']) {
      const body = bodyOf(draft(mail([`one${sign}two`])).text);
      const lines = body
        .split(/[\n\r\v\f\u0085\u2028\u2029]/)
        .filter((line) => line !== '' && !line.endsWith('wrote:'));
      expect(lines.filter((line) => !line.startsWith('>'))).toEqual([]);
      expect(body).not.toContain('\0');
    }
  });

  test('lines that were joined for reading are broken again', () => {
    const flowed = [...HEAD, 'Content-Type: text/plain; charset=utf-8; format=flowed'];
    const words = 'It goes on and on and is one paragraph of the mail ';
    const body = bodyOf(draft(mail([words, words, words, 'and its end.'], flowed)).text);
    const quoted = body.split('\n').filter((line) => line.startsWith('>'));
    expect(quoted.length).toBeGreaterThan(1);
    expect(Math.max(...quoted.map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(quoted.map((line) => line.slice(2)).join(' ')).toBe(`${words}${words}${words}and its end.`);
  });

  test('has the notes under their lines, as words of the reader', () => {
    const notes = [
      { line: 3, text: 'Is it? '.repeat(20).trim() },
      { line: 5, text: 'Why?' },
      { line: 1, text: 'not quoted' },
    ];
    const body = bodyOf(draft(mail(), { range: { first: 3, last: 5 }, notes }).text);
    expect(body).toMatch(/>> It is\.\n\nIs it\? /);
    expect(body).toMatch(/> A cold pot cools the water\.\n\nWhy\?\n/);
    expect(body).not.toContain('not quoted');
    expect(
      body
        .split('\n')
        .slice(1)
        .every((line) => line.length <= 72),
    ).toBe(true);
  });

  test('a signature is the one of settings, else the name', () => {
    expect(draft(mail(), { reader: { name: 'Gus' } }).text).toMatch(/\n\n-- \nGus\n$/);
    expect(draft(mail(), { reader: { name: 'Gus', signature: 'Gus Example\nTea' } }).text).toMatch(
      /\n-- \nGus Example\nTea\n$/,
    );
    expect(draft(mail()).text).not.toContain('-- ');
  });

  test('costs time linear in the mail', () => {
    const long = mail(
      Array.from({ length: 100_000 }, (_, at) => `>>> line ${at} `),
      [...HEAD, 'Content-Type: text/plain; format=flowed'],
    );
    const start = performance.now();
    expect(draft(long).text.length).toBeGreaterThan(1_000_000);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe('round trip', () => {
  test('our reader finds the parent and where the quotes were said, and has nothing to complain about', () => {
    const parent = mail();
    const made = draft(parent, { range: { first: 2, last: 5 }, reader: { name: 'Gus', address: 'gus@example.org' } });
    const answer = `${made.text.slice(0, made.caret)}It does.\n${made.text.slice(made.caret)}`;
    const readings = [parent, sendableText(answer)].map((text) => readBytes(new TextEncoder().encode(text)));
    const threads = threadsAnswer(readings);
    expect(threads.parents.get('1:0')).toMatchObject({ key: '0:0' });
    const [, reply] = readings;
    const page = reply?.page(0);
    if (!reply || !page) throw new Error('no mail');
    const traces = new ThreadTraces(threads, readings);
    const said = messageAnswer(page, reply.mailbox.source, '1:0', undefined, traces.next('1:0'));
    expect(said.complaints).toEqual([]);
    expect(reply.mailbox.complaints).toEqual([]);
    expect(said.quotes.map(({ speaker }) => speaker)).toContain('Ad\u00e8le Example');
    const row = page.body.lines.findIndex((line) =>
      page.message.text.slice(line.start, line.end).includes('A cold pot'),
    );
    const from = said.quotes.find(({ firstLine, lastLine }) => firstLine <= row + 1 && row + 1 <= lastLine)?.from;
    expect(from?.key).toBe('0:0');
  });

  test('what is written by hand is encoded, and lines longer than a mail may have too', () => {
    const text = [
      'To: J\u00f6rg <joerg@example.org>, x',
      'Subject: gr\u00fcn',
      '',
      `=${'\u00e9'.repeat(600)} `,
      'end',
    ].join('\r\n');
    const sent = sendableText(text);
    expect(sent).toMatch(/^[\n -~]*$/);
    expect(Math.max(...sent.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    const answer = read(sent);
    expect(answer).toMatchObject({
      subject: 'gr\u00fcn',
      to: [{ name: 'J\u00f6rg', address: 'joerg@example.org' }],
      complaints: [],
    });
    expect(answer.text.split('\n').slice(0, 2)).toEqual([`=${'\u00e9'.repeat(600)} `, 'end']);
  });

  test('what is right already stays as it is', () => {
    const { text } = draft(mail(), { reader: { name: 'Gus' } });
    expect(sendableText(text)).toBe(text);
    expect(sendableText(sendableText(text))).toBe(sendableText(text));
  });
});

describe('while it is written', () => {
  const problems = (
    body: readonly string[],
    head = ['To: a@example.org', 'Subject: x', 'In-Reply-To: <1@example.org>'],
  ) => {
    const text = mail(body, head);
    return draftProblems(readText(text)).map(({ ruleId, place }) => `${ruleId} ${text.slice(place.start, place.end)}`);
  };
  const long = 'abc '.repeat(20).trim();

  test("lines of one's own beyond column 72 are said, from there on", () => {
    expect(problems([long])).toEqual(['reply-line-columns abc abc']);
    expect(problems(['\u5c71 '.repeat(30).trim()])).toHaveLength(1);
  });

  test('quotes, addresses, patches, trailers and single long words are not', () => {
    const patch = ['diff --git a/x.c b/x.c', '--- a/x.c', '+++ b/x.c', '@@ -1,1 +1,1 @@', `-${long}`, `+${long} more`];
    expect(problems([`> ${long}`, 'x'])).toEqual([]);
    expect(problems([`see https://example.org/${'x'.repeat(80)} for it`])).toEqual([]);
    expect(problems(['x'.repeat(90)])).toEqual([]);
    expect(problems(['words', '', ...patch])).toEqual([]);
    expect(problems(['words', '', `Fixes: 0123456789ab ("${long}")`, 'Signed-off-by: A <a@example.org>'])).toEqual([]);
  });

  test('a line that no mail may have, and an address that is none', () => {
    expect(problems([`> ${'x'.repeat(1000)}`])[0]).toContain('reply-line-octets');
    expect(problems(['words'], ['To: nobody', 'Subject: x'])).toEqual(['reply-recipient ']);
    expect(problems(['words'], ['To:', 'Subject: x'])).toEqual(['reply-recipient ']);
  });

  test('a mail that came has no such problems', () => {
    expect(problems([long], [...HEAD])).toEqual([]);
  });
});

describe('the command that sends it', () => {
  test('names what is answered, everybody who gets it, and the file', () => {
    expect(sendEmailCommand(draft(mail()).text, '/home/ada/my reply.eml')).toEqual({
      command:
        "git send-email --in-reply-to=1-1@example.org --to=adele@example.org --cc=ben@example.org --cc=cy@example.org --cc=dee@example.org --cc=linux-tea@lists.example.org '/home/ada/my reply.eml'",
    });
  });

  test('is refused where there is nobody, or where an address is none', () => {
    expect(sendEmailCommand(mail(), 'x.eml')).toHaveProperty('refused');
    expect(sendEmailCommand('To: $(id)\nSubject: x\n\n', 'x.eml')).toHaveProperty('refused');
    expect(sendEmailCommand('To: a@example.org\nSubject: x\n\n', 'x\n.eml')).toHaveProperty('refused');
  });

  test('holds no word that a shell reads something into', async () => {
    const { execFileSync } = await import('node:child_process');
    const local = fc.string({ unit: fc.constantFrom(..."a!#$%&'*+/=?^_`{|}~-"), minLength: 1, maxLength: 12 });
    const id = fc.string({ unit: fc.constantFrom(...'a!"#$%&\'()*;|`\\~[]{}-'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        local.filter((one) => !one.startsWith('-')),
        id,
        local,
        (name, answered, file) => {
          const text = `To: <${name}@example.org>\nSubject: x\nIn-Reply-To: <${answered}@example.org>\n\n`;
          const made = sendEmailCommand(text, file);
          if ('refused' in made) throw new Error(made.refused);
          const words = execFileSync('sh', ['-c', made.command.replace('git send-email', "printf '%s\\n'")], {
            encoding: 'utf8',
          });
          expect(words.split('\n').slice(0, 3)).toEqual([
            `--in-reply-to=${answered}@example.org`,
            `--to=${name}@example.org`,
            file.startsWith('-') ? `./${file}` : file,
          ]);
        },
      ),
      { seed: 8, numRuns: 40 },
    );
  });
});
