import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { isMail, type MessageReading, openMailbox } from '#parse';
import { addressesOf, isoDate, messageIdsOf } from '#reading';
import { readChecked } from '../parse/invariants.ts';
import * as archive from './archive-renderings.ts';

const { mail } = archive;

/** What a page keeps of the header. */
interface Kept {
  dialect: string;
  subject?: string;
  name?: string;
  address?: string;
  date?: string;
  id?: string;
  answers?: string;
  /** White space at the start of lines is lost, or empty lines are. */
  spaces?: false;
}

const subject = mail.subject;
const named = { subject, name: mail.name };
const whole = { ...named, address: mail.address, date: '2023-07-03T10:00:00+02:00' };

const TEXTS: [string, (one: archive.Mail) => string[], Kept][] = [
  [
    'hypermail',
    archive.hypermailText,
    { dialect: 'hypermail', ...named, date: '2023-07-03T04:00:00-05:00', spaces: false },
  ],
  ['spinics', archive.mhonarcText, { dialect: 'mhonarc', subject }],
  ['MHonArc', archive.mhonarcListText, { dialect: 'mhonarc', ...whole, answers: mail.answers }],
  ['public-inbox', archive.loreTextLines, { dialect: 'lore-text', ...whole, id: mail.id, answers: mail.answers }],
  [
    'public-inbox without white space',
    archive.loreStrippedLines,
    { dialect: 'lore-stripped', ...whole, id: mail.id, answers: mail.answers, spaces: false },
  ],
  ['openwall', archive.openwallText, { dialect: 'openwall', ...whole, address: 'ada@...mple.org' }],
  ['pipermail', archive.pipermailText, { dialect: 'pipermail', ...whole, subject: subject.slice(4) }],
  ['marc', archive.marcText, { dialect: 'marc', ...whole, date: '2023-07-03T08:00:00-00:00', id: mail.id }],
  ['the mail archive', archive.mailArchiveText, { dialect: 'mail-archive', ...named, date: whole.date }],
];

const PAGES: [string, (one: archive.Mail) => string, Kept][] = [
  ['public-inbox', archive.loreHtml, { dialect: 'lore-text', ...whole, id: mail.id, answers: mail.answers }],
  ['pipermail', archive.pipermailHtml, { dialect: 'pipermail', ...whole, subject: subject.slice(4), id: mail.id }],
  ['hypermail', archive.hypermailHtml, { dialect: 'hypermail', ...whole, id: mail.id, answers: mail.answers }],
  ['MHonArc', archive.mhonarcHtml, { dialect: 'mhonarc', ...whole, id: mail.id }],
  ['patchwork', archive.patchworkHtml, { dialect: 'patchwork', ...whole, id: mail.id, answers: mail.answers }],
  ['the mail archive', archive.mailArchiveHtml, { dialect: 'mail-archive', ...named, date: whole.date }],
  ['openwall', archive.openwallHtml, { dialect: 'openwall', ...whole, address: 'ada@...mple.org' }],
];

/** Ways in which browsers save text. */
const SAVED: [string, (lines: readonly string[]) => string][] = [
  ['as it is', (lines) => lines.join('\n')],
  ['with CRLF', (lines) => `${lines.join('\r\n')}\r\n`],
  ['below empty lines', (lines) => `\n\n \n${lines.join('\n')}\n`],
  ['set in by three spaces', (lines) => lines.map((line) => (line === '' ? '' : `   ${line}`)).join('\n')],
  [
    'with the numbers of links',
    (lines) =>
      lines
        .map((line) => line.replace(/\[(?=Date |Thread |prev|thread overview)|(?<=\()(?=raw\))/g, '$&[7]'))
        .join('\n'),
  ],
];

function field(message: MessageReading, name: string): string {
  return message.readable.fields.find((one) => one.name.toLowerCase() === name)?.value ?? '';
}

function keptOf(message: MessageReading): Omit<Kept, 'spaces'> {
  const [from] = addressesOf(field(message, 'from'));
  const date = isoDate(field(message, 'date'));
  const id = messageIdsOf(field(message, 'message-id'))[0];
  const answers = messageIdsOf(field(message, 'in-reply-to'))[0];
  return {
    dialect: message.dialect,
    subject: field(message, 'subject'),
    ...from,
    ...(date === undefined ? {} : { date }),
    ...(id === undefined ? {} : { id }),
    ...(answers === undefined ? {} : { answers }),
  };
}

/** The text without the lines that the page added. */
function ownText({ text, readable }: MessageReading): string {
  let own = '';
  let at = readable.body.start;
  for (const { start, end } of readable.furniture.filter((span) => span.start >= readable.body.start)) {
    own += text.slice(at, start);
    at = end;
  }
  return (own + text.slice(at)).trim();
}

function expectMail(message: MessageReading, { spaces, ...kept }: Kept): void {
  expect(keptOf(message)).toEqual(kept);
  const lines = spaces === false ? mail.body.map((line) => line.trimStart()) : mail.body;
  const body = message.dialect === 'lore-stripped' ? archive.withoutSpace(mail.body) : lines;
  expect(ownText(message)).toBe(body.join('\n'));
  const losses = message.complaints.filter(({ ruleId }) => ruleId === 'archive-page-loss');
  expect(losses.map(({ severity }) => severity)).toEqual(['info']);
}

describe.each(TEXTS)('a page of %s saved as text', (_, render, kept) => {
  it.each(SAVED)('gives its mail, %s', (_way, save) => {
    const text = save(render(mail));
    const { messages } = readChecked(bytesSource(Buffer.from(text, 'utf8')));
    expect(messages).toHaveLength(1);
    for (const message of messages) expectMail(message, kept);
    expect(isMail(text.slice(0, 4096))).toBe(true);
  });

  it('is told by its first lines, not by a text that speaks of such a page', () => {
    const quoted = render(mail).map((line) => `> ${line}`);
    expect(openMailbox(textSource(`Look at this page:\n\n${quoted.join('\n')}\n`)).dialect).not.toBe(kept.dialect);
  });

  it('has all of its text somewhere: in a field, in the body, or as furniture', () => {
    const text = render(mail).join('\n');
    const { messages } = readChecked(textSource(text));
    for (let at = 0; at < text.length; at++) {
      if (/\S/.test(text.charAt(at))) expect([at, messages[0]?.way.toReadable(at) !== undefined]).toEqual([at, true]);
    }
  });
});

describe.each(PAGES)('a page of %s saved as HTML', (_, render, kept) => {
  it('gives its mail', () => {
    const html = render(mail);
    const { mailbox, messages } = readChecked(bytesSource(Buffer.from(html, 'utf8')));
    expect(mailbox.dialect).toBe('html-page');
    expect(messages).toHaveLength(1);
    for (const message of messages) expectMail(message, kept);
  });
});

describe('a thread on one page of public-inbox', () => {
  const thread = [
    'linux-tea.example.org archive mirror',
    ' help / color / mirror / Atom feed',
    '* [PATCH 0/2] tea: warm the pot',
    '@ 2023-07-02  9:00 Ben Sample',
    '  2023-07-02  9:00 ` [PATCH 1/2] tea: boil water Ben Sample',
    '                   ` (2 more replies)',
    '  0 siblings, 3 replies; 4+ messages in thread',
    'From: Ben Sample @ 2023-07-02  9:00 UTC (permalink / raw)',
    '  To: linux-tea; +Cc: Ada Example',
    '',
    'Two patches.',
    '',
    '^ permalink raw reply\t[flat|nested] 4+ messages in thread',
    '',
    '* [PATCH 1/2] tea: boil water',
    '  2023-07-02  9:00 [PATCH 0/2] tea: warm the pot Ben Sample',
    '@ 2023-07-02  9:00 ` Ben Sample',
    '  2023-07-02 11:30   ` Ada Example',
    '  1 sibling, 1 reply; 4+ messages in thread',
    'From: Ben Sample @ 2023-07-02  9:00 UTC (permalink / raw)',
    '  To: linux-tea',
    '',
    'Water first.',
    '',
    '^ permalink raw reply\t[flat|nested] 4+ messages in thread',
    '',
    '* Re: [PATCH 1/2] tea: boil water',
    '  2023-07-02  9:00 ` [PATCH 1/2] tea: boil water Ben Sample',
    '@ 2023-07-02 11:30   ` Ada Example',
    '  0 siblings, 0 replies; 4+ messages in thread',
    'From: Ada Example @ 2023-07-02 11:30 UTC (permalink / raw)',
    '  To: Ben Sample',
    '',
    '> Water first.',
    '* and then tea.',
    '',
    '^ permalink raw reply\t[flat|nested] 4+ messages in thread',
    '',
    'end of thread, other threads:[~2023-07-02 11:30 UTC | newest]',
    '',
    'Thread overview: 4+ messages',
  ];

  it('gives each message, and the one that it answers', () => {
    const { mailbox, messages } = readChecked(textSource(thread.join('\n')));
    expect(mailbox.dialect).toBe('lore-thread');
    expect(
      messages.map((one) => [field(one, 'subject'), field(one, 'from'), isoDate(field(one, 'date')), one.answers]),
    ).toEqual([
      ['[PATCH 0/2] tea: warm the pot', 'Ben Sample', '2023-07-02T09:00:00+00:00', undefined],
      ['[PATCH 1/2] tea: boil water', 'Ben Sample', '2023-07-02T09:00:00+00:00', 0],
      ['Re: [PATCH 1/2] tea: boil water', 'Ada Example', '2023-07-02T11:30:00+00:00', 1],
    ]);
    expect(messages.map(ownText)).toEqual(['Two patches.', 'Water first.', '> Water first.\n* and then tea.']);
    expect(messages.map((one) => field(one, 'cc'))).toEqual(['Ada Example', '', '']);
  });

  it('leaves out a parent that two messages may be', () => {
    const twice = thread.map((line) => line.replace('[PATCH 0/2] tea: warm the pot Ben', 'Ben'));
    const { messages } = readChecked(textSource(twice.join('\n')));
    expect(messages.map((one) => one.answers)).toEqual([undefined, 0, 1]);
    const thrice = [
      ...twice.slice(0, -4),
      ...twice.slice(14, 26).map((line) => line.replace('boil water', 'fill it')),
      ...twice.slice(-4),
    ];
    expect(readChecked(textSource(thrice.join('\n'))).messages.at(-1)?.answers).toBeUndefined();
  });
});

describe('several messages on one page of the mail archive', () => {
  it('are read without a word of the site where subject, sender and date stand at the top', () => {
    const page = archive.mailArchiveText(mail).slice(0, -5);
    expect(openMailbox(textSource(page.join('\n'))).dialect).toBe('mail-archive');
    const prose = ['Tea', 'Ada Example Mon, 3 Jul 2023 10:00:00 +0200', '', 'hot'];
    expect(openMailbox(textSource(prose.join('\n'))).dialect).toBe('text');
  });

  it('are several messages, each with what the page says of it', () => {
    const page = [
      ...archive.mailArchiveText(mail).slice(0, -5),
      'Re: [PATCH v2 1/3] tea: warm the pot',
      'Mon, 03 Jul 2023 12:00:00 +0200',
      '',
      'Agreed.',
      'Reply via email to',
    ];
    const { messages } = readChecked(textSource(page.join('\n')));
    expect(messages.map((one) => [field(one, 'from'), isoDate(field(one, 'date'))])).toEqual([
      ['Ada Example', '2023-07-03T10:00:00+02:00'],
      ['', '2023-07-03T12:00:00+02:00'],
    ]);
    expect(messages.map(ownText).at(-1)).toBe('Agreed.');
  });
});

describe('a patch on a page that lost white space', () => {
  const patch: archive.Mail = {
    ...mail,
    subject: '[PATCH] tea: warm the pot',
    body: [
      'The pot is cold.',
      '',
      'Signed-off-by: Ada Example <ada@example.org>',
      '---',
      ' tea.c | 3 ++-',
      ' 1 file changed, 2 insertions(+), 1 deletion(-)',
      '',
      'diff --git a/tea.c b/tea.c',
      '--- a/tea.c',
      '+++ b/tea.c',
      '@@ -1,5 +1,6 @@',
      ' Water comes first and then the tea',
      ' ',
      '-\tcold();',
      '+\tboil();',
      '+\thot();',
      ' }',
      ' ',
      '@@ -20,3 +21,3 @@',
      ' a',
      '-b',
      '+c',
      ' d',
      '-- ',
      '2.41.0',
    ],
  };

  it.each([
    ['hypermail', archive.hypermailText],
    ['public-inbox without white space', archive.loreStrippedLines],
  ])('of %s keeps its hunks, and none of them is damaged', (_, render) => {
    const { messages } = readChecked(textSource(render(patch).join('\n')));
    const [message] = messages;
    const printed = JSON.stringify(message?.tree, (key, value) => (key === 'position' ? undefined : value));
    expect(printed.match(/"type":"hunk"/g)).toHaveLength(2);
    expect(printed).not.toContain('"damaged"');
    expect(printed.match(/"change":"(?:added|removed)"/g)).toHaveLength(5);
    expect(printed).toContain('"type":"trailers"');
  });
});

describe('HTML that is no page of an archive', () => {
  it('is read as mail where it shows a header', () => {
    const html =
      '<html><body><h1>Mails</h1><pre>From: Ada Example &lt;ada@example.org&gt;\nSubject: tea\nDate: Mon, 3 Jul 2023 10:00:00 +0200\n\nhot &amp; strong\n</pre></body></html>';
    const { messages } = readChecked(textSource(html));
    expect(messages.map((one) => [field(one, 'subject'), ownText(one), one.complaints[0]?.ruleId])).toEqual([
      ['tea', 'hot & strong', 'archive-page-loss'],
    ]);
  });

  it('is otherwise its text, and says so', () => {
    const html =
      '<!doctype html><html><head><title>x</title><script>var a = "From: b";</script></head><body><p>Tea<p>Cup</body></html>';
    const { mailbox, messages } = readChecked(textSource(html));
    expect(mailbox.dialect).toBe('html');
    expect(messages[0]?.complaints.map(({ ruleId }) => ruleId)).toEqual(['html-page-unknown']);
    expect(messages[0]?.text).toContain('Tea');
    expect(messages[0]?.text).not.toContain('var a');
    expect(isMail(html)).toBe(false);
  });
});

describe('a page that was changed by anybody', () => {
  const pages = [...TEXTS.map(([, render]) => render(mail).join('\n')), ...PAGES.map(([, render]) => render(mail))];
  const change = fc.record({
    at: fc.nat(4000),
    remove: fc.oneof(fc.nat(3), fc.nat(200)),
    add: fc.constantFrom(
      '',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '>',
      '<',
      '<!--',
      '-->',
      '<pre>',
      '</pre>',
      '[',
      ']',
      'From: ',
      '* ',
      '&',
      '@@ -1 +1 @@\n',
      '\u00e9',
    ),
  });

  it('is read all the same, and all of its text leads back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...pages),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (page, changes, bytes) => {
          let text = page;
          for (const { at, remove, add } of changes) text = text.slice(0, at) + add + text.slice(at + remove);
          const { messages, mailbox } = readChecked(bytes ? bytesSource(Buffer.from(text, 'utf8')) : textSource(text));
          expect(mailbox.dialect === 'none' || messages.length > 0).toBe(true);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  }, 120_000);
});
