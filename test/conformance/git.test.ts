import type { MessageReading } from '#parse';
import { type Commit, type CommitOptions, commitOf, commitSubject } from '#reading';
import { type Case, expected, open, same, suite } from './corpus.ts';

/** Bytes that are no UTF-8 are given in base64. */
type Bytes = string | { base64: string };

interface Expectation {
  info?: Record<string, string>;
  info_raw?: string;
  message?: string;
  patch?: Bytes;
  patch_line_count?: number;
  subject?: string;
}

interface GitMailInfo {
  cases: { id: string; file?: string; subject_in?: string; options: string[]; expect: Expectation }[];
}

function optionsOf(options: readonly string[]): CommitOptions {
  return {
    scissors: options.includes('--scissors'),
    inBodyHeader: !options.includes('--no-inbody-headers'),
    messageId: options.includes('--message-id'),
    subject: { keep: options.includes('-k'), keepOtherBrackets: options.includes('-b') },
  };
}

const LABELS: readonly [keyof Commit, string][] = [
  ['author', 'Author'],
  ['email', 'Email'],
  ['subject', 'Subject'],
  ['date', 'Date'],
];

/** As `git mailinfo` prints it; git leaves the line end of a `Date:` in a body as a space. */
function printed(commit: Partial<Record<keyof Commit, string>>): string {
  return LABELS.flatMap(([name, label]) => {
    const value = commit[name];
    return value === undefined ? [] : [`${label}: ${name === 'date' ? value.trimEnd() : value}`];
  }).join('\n');
}

/** The empty line in front of the next From_ line belongs to the mailbox; git leaves it to the mail. */
function ended(text: string): string {
  return text.replace(/\n+$/, '\n');
}

/** What an expectation gives, in one text; `only` what it gives is compared. */
function comparable(commit: Commit, { info, info_raw, message, patch, patch_line_count }: Expectation): string {
  return [
    ...(info === undefined && info_raw === undefined ? [] : [printed(commit)]),
    ...(message === undefined ? [] : ['== message', ended(commit.message)]),
    ...(patch === undefined ? [] : ['== patch', ended(commit.patch)]),
    ...(patch_line_count === undefined ? [] : [`${ended(commit.patch).split('\n').length - 1} lines`]),
  ].join('\n');
}

/** git leaves the patch in the charset of the mail. */
function textOf(bytes: Bytes, charset: string | undefined): string {
  if (typeof bytes === 'string') return bytes;
  return new TextDecoder(charset ?? 'utf-8').decode(Buffer.from(bytes.base64, 'base64'));
}

/** The expectation writes carriage returns as `%%`; `--quoted-cr=strip` takes off those at the end of a line. */
function withReturns(text: string, options: readonly string[]): string {
  return options.includes('--quoted-cr=strip') ? text.replaceAll('%%\n', '\n').replaceAll('%%', '\r') : text;
}

function wanted(expect: Expectation, charset: string | undefined, options: readonly string[]): string {
  const { info, info_raw, message, patch, patch_line_count } = expect;
  const said = (bytes: Bytes): string => ended(withReturns(textOf(bytes, charset), options));
  return [
    ...(info === undefined && info_raw === undefined ? [] : [info ? printed(info) : (info_raw ?? '').trimEnd()]),
    ...(message === undefined ? [] : ['== message', said(message)]),
    ...(patch === undefined ? [] : ['== patch', said(patch)]),
    ...(patch_line_count === undefined ? [] : [`${patch_line_count} lines`]),
  ].join('\n');
}

/** What `git mailsplit --mboxrd` made of a mailbox has lost its marks; the mailbox itself is read instead. */
function messagesOf(file: string): MessageReading[] {
  const split = /^mboxrd-000(\d)\.eml$/.exec(file);
  if (split) return [open('git-mailinfo', 'input', 'sample.mboxrd').message(Number(split[1]) - 1)];
  const mailbox = open('git-mailinfo', 'input', file);
  return mailbox.spans.map((_, at) => mailbox.message(at));
}

suite('git mailinfo', 55, () =>
  expected<GitMailInfo>('git-mailinfo').cases.map(({ id, file, subject_in, options, expect }): Case => {
    if (subject_in !== undefined)
      return same(id, commitSubject(subject_in, optionsOf(options).subject), expect.subject);
    const messages = messagesOf(file ?? '');
    const read = messages.map((message) => comparable(commitOf(message, optionsOf(options)), expect));
    const text = wanted(expect, messages[0]?.readable.charset, options);
    return same(id, [...new Set(read)].join('\n&\n'), text);
  }),
);

interface RealMail {
  file: string;
  features: string[];
  git: { info: Record<string, string>; message: Bytes; patch_bytes: number };
}

const FLOWED =
  'git joins flowed lines of quotes with their marks; RFC 3676, 4.5 takes the marks off first, and joins no two depths';
const RETURNS =
  'git keeps the carriage returns of encoded text; a line of mail ends in CRLF, and they are no part of it';
const NESTED = 'git does not know parts in parts and takes their headers for text';
const SIGNED = 'git takes the signature in the second part for text of the mail';
const ATTACHED = 'git takes an archive in an attachment for a patch';
const BOUNDARY = 'the line end in front of a boundary belongs to the boundary (RFC 2046, 5.1.1)';
const CHARSET = 'git gives up on charset=y and loses the body, which is ASCII';
const PASTED = 'the patch below the scissors is pasted with its own fields; git knows those only behind `>From`';

/** The peer ran with `--scissors` where they are what the mail was chosen for; of the patch it gives the size. */
suite(
  'mails: git mailinfo',
  72,
  () =>
    expected<RealMail[]>('mails').map(({ file, features, git }): Case => {
      const reading = open('mails', file).message(0);
      const { charset } = reading.readable;
      const commit = commitOf(reading, { scissors: features.includes('scissors') });
      const size = new TextEncoder().encode(commit.patch).length;
      return same(
        file,
        [printed(commit), commit.message, `${size} bytes`].join('\n==\n'),
        [printed(git.info), textOf(git.message, charset), `${git.patch_bytes} bytes`].join('\n==\n'),
      );
    }),
  {
    'm0004.eml': FLOWED,
    'm0018.eml': FLOWED,
    'm0027.eml': FLOWED,
    'm0105.eml': FLOWED,
    'm0196.eml': FLOWED,
    'm0030.eml': RETURNS,
    'm0038.eml': RETURNS,
    'm0057.eml': ATTACHED,
    'm0059.eml': ATTACHED,
    'm0060.eml': NESTED,
    'm0063.eml': NESTED,
    'm0065.eml': SIGNED,
    'm0066.eml': SIGNED,
    'm0075.eml': BOUNDARY,
    'm0100.eml': RETURNS,
    'm0114.eml': CHARSET,
    'm0135.eml': NESTED,
    'm0136.eml': NESTED,
    'm0159.eml': PASTED,
    'm0212.eml': NESTED,
    'm0213.eml': NESTED,
  },
);
