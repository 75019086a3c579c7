import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attribution, type Message, nodesAt, type Quote, textSource, walk } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';
import { addressesOf, bodyLinesOf, messageIdsOf, voicesOf } from '#reading';
import { type Case, corpus, expected, filesOf, open, suite } from './corpus.ts';

interface Fragment {
  quoted: boolean;
  hidden: boolean;
  signature: boolean;
  content: string;
}

interface ReplyParsers {
  zapier: { file: string; fragments: Fragment[] }[];
  crisp: { file: string; fragments: Fragment[] }[];
  talon_text: { test: string; vars: Record<string, unknown>; asserts: [unknown, { expr: string }][] }[];
}

function readBody(body: string): MessageReading {
  return openMailbox(textSource(`From: Ada Example <ada@example.org>\nSubject: case\n\n${body}`)).message(0);
}

/** Where these tools cut a reply stands a line that says who wrote what follows: it has an address, a time or a year, or stands between dashes. */
const SAYS_WHO = /@|\d[:.h]\d\d|\b(?:19|20)\d\d\b|^-{4,} ?[\p{L}]/u;

function withoutMarks(line: string): string {
  return line.replace(/^[> ]+/, '').trim();
}

/** Whether the line that begins with these words is one of an attribution. */
function recognised(id: string, body: string, line: string): Case {
  const { lines, text } = bodyLinesOf(readBody(body));
  const words = line.replace(/\s+/g, ' ').slice(0, 20);
  const row = text.split('\n').findIndex((one) => withoutMarks(one).replace(/\s+/g, ' ').startsWith(words));
  const kind = lines[row]?.kind;
  return { id: `${id}: ${line.slice(0, 60)}`, passes: kind === 'attribution', because: `read as ${kind}` };
}

suite('reply parsers: the line that says who wrote the quote', 66, () => {
  const { zapier, crisp } = expected<ReplyParsers>('reply-parsers');
  return [...zapier, ...crisp].flatMap(({ file, fragments }) => {
    const body = readFileSync(join(corpus, 'reply-parsers', file), 'utf8');
    return fragments
      .filter(({ hidden, signature }) => hidden && !signature)
      .map(({ content }) => withoutMarks(content.trim().split('\n')[0] ?? ''))
      .filter((line) => SAYS_WHO.test(line) && !line.startsWith('http'))
      .map((line) => recognised(file, body, line));
  });
});

suite('reply parsers: no line is taken for one where nothing is quoted', 35, nothingQuoted, {
  'crisp/email_9.txt': 'the header lines stand below a rule, and the peer takes them for a signature',
  'crisp/email_italian.txt': 'the peer takes the attribution for a signature',
});

function nothingQuoted(): Case[] {
  const { zapier, crisp } = expected<ReplyParsers>('reply-parsers');
  return [...zapier, ...crisp].flatMap(({ file, fragments }): Case[] => {
    const body = readFileSync(join(corpus, 'reply-parsers', file), 'utf8');
    const cuts = fragments.some(({ hidden, signature }) => hidden && !signature);
    if (cuts || /^[> ]*>|^\W*(?:From|On .*\d):?/m.test(body)) return [];
    const [first] = attributionsOf(readBody(body).tree);
    return [{ id: file, passes: first === undefined, because: `found ${first?.author}` }];
  });
}

/** The text of a mail in a test of talon, and the reply it expects: the first line behind that reply is the attribution. */
function talonCases(): Case[] {
  return expected<ReplyParsers>('reply-parsers').talon_text.flatMap(({ test, vars, asserts }) =>
    asserts.flatMap(([wanted, { expr }]): Case[] => {
      const literal = /^quotations\.extract_from_plain\(u?'(.*)'\)$/s.exec(expr)?.[1]?.replaceAll('\\n', '\n');
      const body = literal ?? (expr.includes('extract_from_plain(msg_body)') ? vars.msg_body : undefined);
      if (typeof body !== 'string' || typeof wanted !== 'string' || !body.startsWith(wanted)) return [];
      const line = withoutMarks(body.slice(wanted.length).trim().split('\n')[0] ?? '');
      return SAYS_WHO.test(line) ? [recognised(test, body, line)] : [];
    }),
  );
}

suite('talon: the line that says who wrote the quote', 32, talonCases, {
  'test_link_closed_with_quotation_marker_on_new_line: From: somebody@example.com':
    'a sender and a date alone are also what git writes above a commit message',
  'test_from_block_starts_with_date: Date: Wed, 16 May 2012 00:15:02 -0600':
    'a date and a reader without a sender say nothing about who wrote',
});

function attributionsOf(tree: Message): Attribution[] {
  const found: Attribution[] = [];
  walk(tree, (node) => {
    if (node.type === 'attribution') found.push(node);
    return undefined;
  });
  return found;
}

interface Thread {
  file: string;
  messages: { id: string; truth_parent: string | null }[];
}

/** A reply counts when a long line of its outermost quote stands in its parent, and it names the parent's sender above or in that quote. */
function threadCases(): Case[] {
  return expected<Thread[]>('threads').flatMap(({ file, messages }) => {
    const mailbox = open('threads', file);
    const byId = new Map<string, MessageReading>();
    for (let index = 0; index < mailbox.spans.length; index++) {
      const message = mailbox.message(index);
      byId.set(messageIdsOf(field(message, 'message-id'))[0] ?? '', message);
    }
    return messages.flatMap(({ id, truth_parent }) => {
      const [reply, parent] = [byId.get(id), byId.get(truth_parent ?? '')];
      return reply && parent ? replyCase(`${file} ${id}`, reply, parent) : [];
    });
  });
}

function field(message: MessageReading, name: string): string {
  return message.readable.fields.find((one) => one.name.toLowerCase() === name)?.value ?? '';
}

function replyCase(id: string, reply: MessageReading, parent: MessageReading): Case[] {
  const body = bodyLinesOf(reply);
  const said = body.text.split('\n');
  const theirs = new Set(
    bodyLinesOf(parent)
      .text.split('\n')
      .map((line) => line.trim()),
  );
  const quoted = said.findIndex(
    (line, row) => body.lines[row]?.depth === 1 && line.length > 30 && theirs.has(withoutMarks(line)),
  );
  const from = field(parent, 'from');
  const above = said
    .slice(0, quoted + 1)
    .join('\n')
    .toLowerCase();
  const names = wordsOf(addressesOf(from)[0]?.name ?? '').filter((word) => word.length > 2);
  if (quoted === -1 || !names.some((word) => above.includes(word)) || !/\d[:.]\d\d|wrote|writes/.test(above)) return [];
  const { quotes } = voicesOf(reply.tree);
  const place = body.lines[quoted]?.end ?? 0;
  const around = nodesAt(reply.tree, place - 1).find((node): node is Quote => node.type === 'quote');
  const author = around && quotes.get(around);
  return [{ id, passes: author !== undefined && isSame(author, from), because: `read ${author}, expected ${from}` }];
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort();
}

function isSame(author: string, from: string): boolean {
  const [address] = addressesOf(from);
  return author === address?.address || wordsOf(author).join(' ') === wordsOf(address?.name ?? '').join(' ');
}

const NAMES_NOBODY = 'the reply has no attribution of its own; the one in its quote is about the deeper quote';

suite("threads: what a reply quotes of its parent is spoken by the parent's sender", 287, threadCases, {
  't027.mbox 20200226074729.GA15207@dell5510': NAMES_NOBODY,
  't027.mbox 20200226085303.GA30488@dell5510': NAMES_NOBODY,
});

suite('standard replies: the line below the reply', 12, () =>
  filesOf('reply-parsers/talon_standard_replies', '.eml').map((file): Case => {
    const message = open('reply-parsers', 'talon_standard_replies', file).message(0);
    const found = attributionsOf(message.tree).length > 0;
    return { id: file, passes: found, because: 'no attribution was found' };
  }),
);
