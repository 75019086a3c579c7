import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource } from '#mailast';
import { type MessageReading, openMailbox, type ReadablePart } from '#parse';
import { type Case, corpus, expected, open, same, suite } from './corpus.ts';

/** A part with the ones that it holds, in few words, a line each. */
function treeText(lines: readonly { depth: number; says: string }[]): string {
  return lines.map(({ depth, says }) => `${'  '.repeat(depth)}${says}`).join('\n');
}

function textOf({ text }: MessageReading, part: ReadablePart): string | undefined {
  return part.text && text.slice(part.text.start, part.text.end);
}

interface Stalwart {
  cases: ({ file: string } & Record<'lf' | 'crlf', StalwartMessage>)[];
}

interface StalwartMessage {
  parts: StalwartPart[];
}

interface StalwartPart {
  kind: string;
  headers: { name: string; field: [start: number, value: number, end: number] }[];
  offsets: [header: number, body: number, end: number];
  children?: number[];
  message?: StalwartMessage;
}

/** The offsets of a message's parts, and of those of the messages in them. */
function stalwartParts(message: StalwartMessage, index = 0, depth = 0): { depth: number; says: string }[] {
  const part = message.parts[index];
  if (!part) return [];
  const [, body, end] = part.offsets;
  return [
    { depth, says: `${body}-${end}` },
    ...(part.children ?? []).flatMap((child) => stalwartParts(message, child, depth + 1)),
    ...(part.message ? stalwartParts(part.message, 0, depth + 1) : []),
  ];
}

function withLineEnds(form: 'lf' | 'crlf', file: string): string {
  const text = readFileSync(join(corpus, 'stalwart', file), 'latin1').replaceAll('\r\n', '\n');
  return form === 'lf' ? text : text.replaceAll('\n', '\r\n');
}

function stalwartCases(compare: (text: string, wanted: StalwartMessage, id: string) => Case): Case[] {
  return expected<Stalwart>('stalwart').cases.flatMap((one) =>
    (['lf', 'crlf'] as const).map((form) => compare(withLineEnds(form, one.file), one[form], `${one.file} ${form}`)),
  );
}

function readBytes(text: string): MessageReading {
  return openMailbox(bytesSource(Buffer.from(text, 'latin1'))).message(0);
}

const both = (file: string, reason: string): Record<string, string> => ({
  [`${file} lf`]: reason,
  [`${file} crlf`]: reason,
});

const OUTER =
  'stalwart does not let an outer boundary end an inner part; RFC 2046, 5.1.2 wants it, and so the outer part is found';
const PREFIX = 'stalwart takes a line that only begins like a boundary for one; the whole line must be the boundary';
const SAME =
  'an inner multipart names the boundary of the outer one; the line is the outer boundary, as python reads it';
const TWICE = 'two Content-Type fields; the first one counts, as for python and git, and so the parts are found';

suite(
  'stalwart: offsets of parts',
  121,
  () =>
    stalwartCases((text, wanted, id) => {
      const { parts } = readBytes(text).readable;
      const ours = parts.map(({ depth, body }) => ({ depth, says: `${body.start}-${body.end}` }));
      return same(id, treeText(ours), treeText(stalwartParts(wanted)));
    }),
  {
    'legacy/049.eml lf': 'the file ends in a lone CR, which is a unit of the body like any other',
    ...both('malformed/000.eml', 'stalwart finds no part; a header without a body is one by RFC 2046'),
    ...both('malformed/001.eml', PREFIX),
    ...both('malformed/003.eml', SAME),
    ...both('malformed/004.eml', PREFIX),
    ...both(
      'malformed/005.eml',
      'the line is the last outer boundary and the first inner one at once; the outer one counts',
    ),
    ...both('malformed/007.eml', 'the inner boundary ends a header that no empty line ends; stalwart loses the level'),
    ...both('malformed/008.eml', PREFIX),
    ...both('malformed/009.eml', OUTER),
    ...both('malformed/011.eml', OUTER),
    ...both('malformed/012.eml', OUTER),
    ...both('malformed/013.eml', SAME),
    ...both('malformed/016.eml', 'stalwart cuts boundaries off after 80 units, so that three of them are one'),
    ...both('malformed/019.eml', SAME),
    ...both('malformed/020.eml', TWICE),
    ...both('malformed/021.eml', TWICE),
    ...both(
      'malformed/022.eml',
      'a part that should hold a message holds none; stalwart reads on behind the boundary that ends it',
    ),
  },
);

suite('stalwart: offsets of header fields', 154, () =>
  stalwartCases((text, wanted, id) => {
    const ours = readBytes(text).readable.fields.map(({ source }) => source);
    const theirs = (wanted.parts[0]?.headers ?? []).map(({ field: [start, , end] }) => ({
      start,
      end: start + text.slice(start, end).replace(/\r?\n$/, '').length,
    }));
    const said = (spans: typeof ours): string => spans.map(({ start, end }) => `${start}-${end}`).join(' ');
    return same(id, said(ours), said(theirs));
  }),
);

interface PythonPart {
  content_type: string;
  charset: string | null;
  defects: string[];
  filename: string | null;
  disposition: string | null;
  text?: string | null;
  parts?: PythonPart[];
}

function pythonParts(part: PythonPart, depth = 0): { depth: number; part: PythonPart }[] {
  return [{ depth, part }, ...(part.parts ?? []).flatMap((child) => pythonParts(child, depth + 1))];
}

/** Without what python makes of a delivery status (see `STATUS`), so that the same index is the same part. */
function withoutStatusGroups(part: PythonPart): PythonPart {
  const { parts, ...leaf } = part;
  if (!parts || part.content_type === 'message/delivery-status') return leaf;
  return { ...leaf, parts: parts.map(withoutStatusGroups) };
}

const STATUS = 'python makes a part of each group of fields of a delivery status; by RFC 3464 they are its text';

const pythonFiles = (): [string, PythonPart][] =>
  Object.entries(expected<{ files: Record<string, PythonPart> }>('python-email').files);

suite(
  'python email: types, charsets and names of parts',
  45,
  () =>
    pythonFiles().map(([file, root]) => {
      const ours = open('python-email', 'data', file).message(0).readable.parts;
      const said = (type: string, ...others: (string | null | undefined)[]): string =>
        [type, ...others.map((one) => one?.toLowerCase() ?? '-')].join(' ');
      return same(
        file,
        treeText(
          ours.map(({ depth, mediaType, charset, filename, disposition }) => ({
            depth,
            says: said(mediaType, charset, filename, disposition),
          })),
        ),
        treeText(
          pythonParts(root).map(({ depth, part }) => ({
            depth,
            says: said(part.content_type, part.charset, part.filename, part.disposition),
          })),
        ),
      );
    }),
  {
    'msg_16.txt': STATUS,
    'msg_25.txt': 'the header lost its boundary; python gives up, the lines that part the body say it as well',
    'msg_43.txt': STATUS,
  },
);

suite('python email: the text of text parts', 85, () =>
  pythonFiles().flatMap(([file, root]) => {
    const message = open('python-email', 'data', file).message(0);
    return pythonParts(withoutStatusGroups(root)).flatMap(({ part }, index): Case[] => {
      const ours = message.readable.parts[index];
      if (!part.content_type.startsWith('text/') || part.content_type === 'text/html' || part.text == null) return [];
      const text = ours && (textOf(message, ours) ?? '');
      return [same(`${file} part ${index}`, text, part.text.replaceAll('\r\n', '\n'))];
    });
  }),
);

suite(
  'python email: something is wrong with the message, or nothing',
  47,
  () =>
    pythonFiles().map(([file, root]) => {
      const message = open('python-email', 'data', file).message(0);
      const ours = message.readable.parts.flatMap(({ defects }) => defects);
      const theirs = pythonParts(root).flatMap(({ part }) => part.defects);
      return { id: file, passes: ours.length > 0 === theirs.length > 0, because: `${ours} for ${theirs}` };
    }),
  { 'msg_19.txt': 'a text without any header is no mail; it is read as text, and nothing is wrong with it' },
);

interface MailTree {
  type: string;
  charset: string | null;
  cte: string;
  filename: string | null;
  disp: string | null;
  parts?: MailTree[];
}

function mailParts(part: MailTree, depth = 0): { depth: number; says: string }[] {
  const { type, charset, cte, filename, disp } = part;
  return [
    { depth, says: [type, charset ?? '-', cte || '-', filename ?? '-', disp ?? '-'].join(' ') },
    ...(part.parts ?? []).flatMap((child) => mailParts(child, depth + 1)),
  ];
}

interface RealMail {
  file: string;
  py: { tree?: MailTree; body?: string };
}

suite(
  'mails: the parts of each',
  96,
  () =>
    expected<RealMail[]>('mails').flatMap(({ file, py }) => {
      if (!py.tree) return [];
      const { parts } = open('mails', file).message(0).readable;
      const ours = parts.map(({ depth, mediaType, charset, encoding, filename, disposition }) => ({
        depth,
        says: [mediaType, charset?.toLowerCase() ?? '-', encoding ?? '-', filename ?? '-', disposition ?? '-'].join(
          ' ',
        ),
      }));
      return [same(file, treeText(ours), treeText(mailParts(py.tree)))];
    }),
  { 'm0075.eml': STATUS },
);

suite('mails of several parts: the first text', 11, () =>
  expected<RealMail[]>('mails').flatMap(({ file, py }) => {
    if (!py.tree?.parts || py.body === undefined) return [];
    const message = open('mails', file).message(0);
    const first = message.readable.parts.find((part) => part.mediaType === 'text/plain');
    const text = first && (textOf(message, first) ?? '').trimEnd();
    return [same(file, text, py.body.replaceAll('\r\n', '\n').trimEnd())];
  }),
);
