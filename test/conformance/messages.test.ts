import type { MessageReading } from '#parse';
import { addressesOf, messageIdsOf } from '#reading';
import { type Case, expected, open, same, suite } from './corpus.ts';

function field(message: MessageReading | undefined, name: string): string | undefined {
  return message?.readable.fields.find((one) => one.name.toLowerCase() === name)?.value;
}

function bodyOf({ text, readable }: MessageReading): string {
  return text.slice(readable.body.start, readable.body.end);
}

interface Thread {
  file: string;
  messages: { id: string; subject: string; irt: string[]; refs: string[] }[];
}

suite('threads: ids, subjects and references of each message', 605, () =>
  expected<Thread[]>('threads').flatMap(({ file, messages }) => {
    const mailbox = open('threads', file);
    const read = mailbox.spans.map((_, index) => mailbox.message(index));
    const byId = new Map(read.map((one) => [messageIdsOf(field(one, 'message-id') ?? '')[0], one]));
    return messages.map(({ id, subject, irt, refs }): Case => {
      const message = byId.get(id);
      const actual = [field(message, 'subject'), idsOf(message, 'in-reply-to'), idsOf(message, 'references')];
      return same(
        `${file} ${id}`,
        actual.join('\n'),
        [withoutWords(subject), irt.join(' '), refs.join(' ')].join('\n'),
      );
    });
  }),
);

/** The expectation left some encoded words as they are written. */
function withoutWords(subject: string): string {
  return subject.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, coded: string) =>
    decodeURIComponent(
      coded
        .replaceAll('_', ' ')
        .replaceAll('%', '%25')
        .replace(/=([0-9A-F]{2})/gi, '%$1'),
    ),
  );
}

function idsOf(message: MessageReading | undefined, name: string): string {
  return messageIdsOf(field(message, name) ?? '').join(' ');
}

interface RealMail {
  file: string;
  /** What python's parser reads; an error where it gives up. */
  py: { subject?: string; from?: string; tree?: { type: string; charset?: string }; body?: string };
}

suite(
  'mails: sender and subject',
  97,
  () =>
    expected<RealMail[]>('mails').map(({ file, py }) => {
      const message = open('mails', file).message(0);
      const line = (from = '', subject = ''): string => `${JSON.stringify(addressesOf(from))} ${subject.trim()}`;
      return same(file, line(field(message, 'from'), field(message, 'subject')), line(py.from, py.subject));
    }),
  { 'm0114.eml': 'python gives up on charset=y; the header needs no charset and is read' },
);

suite('mails of one part: the text as it was sent', 86, () =>
  expected<RealMail[]>('mails').flatMap(({ file, py }): Case[] => {
    if (py.tree?.type !== 'text/plain' || py.body === undefined) return [];
    const message = open('mails', file).message(0);
    const text = (message.readable.sent[0]?.text ?? bodyOf(message)).trimEnd();
    return [same(`${file} ${py.tree.charset ?? ''}`, text, py.body.replaceAll('\r\n', '\n').trimEnd())];
  }),
);
