import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';
import { fieldParameters } from '../../src/decode/parameters.ts';
import { type Case, corpus, same, suite } from './corpus.ts';

interface HeaderCase<Expected> {
  header: string;
  expected: Expected | null;
}

function cases<Expected>(kind: string): HeaderCase<Expected>[] {
  return JSON.parse(readFileSync(join(corpus, 'stalwart/headers', `${kind}.json`), 'utf8'));
}

function idOf(index: number, header: string): string {
  return `${index} ${JSON.stringify(header)}`;
}

interface ContentTypeAnswer {
  c_type: string;
  c_subtype: string | null;
  attributes?: [string, string][] | null;
}

/** The peer has no value at all where the type is missing, and names the language of a parameter in one of its own. */
function contentTypeOf(header: string): string {
  const { value, parameters } = fieldParameters(header);
  const [type = '', ...subtype] = value.split('/');
  if (type === '') return 'null';
  return JSON.stringify([type.toLowerCase(), subtype.join('/').toLowerCase(), [...parameters].sort()]);
}

function wantedContentType(wanted: ContentTypeAnswer | null): string {
  if (!wanted) return 'null';
  const parameters = (wanted.attributes ?? []).filter(([name]) => !name.endsWith('-language')).sort();
  return JSON.stringify([wanted.c_type, wanted.c_subtype ?? '', parameters]);
}

suite(
  'headers: content types and their parameters',
  101,
  () =>
    cases<ContentTypeAnswer>('content_type').map(
      ({ header, expected }, index): Case =>
        same(idOf(index, header), contentTypeOf(header), wantedContentType(expected)),
    ),
  {
    '34 "image/jpeg;\\n   name=\\"=?iso-8859-1?B?4Q==?= =?utf-8?B?w6k=?= =?iso-8859-1?q?=ED?=.jpeg\\"\\n"':
      'white space between two encoded words is nothing (RFC 2047, 6.2); in quotes neither the words nor the space have a standard, and the peer itself drops it where no quotes stand',
    '61 "malicious/attempt; 1*2*=a; 3**=b; 4***=c; *5**6*=d;*****7*8*=e; 9*10*11*12*13*14=f; 15*x***fff*===g;1 * 999999999999999999 *= h; 18 *=*=*=*=*==i;\\n"':
      'piece 999999999999999999 comes behind piece 2 (RFC 2231, 3); the number is too large for the peer',
  },
);

const UNFOLDED =
  'unfolding takes the line end away and nothing else (RFC 5322, 2.2.3): white space before it stays, as in real subjects that end a line in a space';
const TAGGED =
  'text stands beside an encoded word without a space; the peer writes one there, and we invent no character';

function subjectOf(header: string): string | undefined {
  const mail = `From: a@example.org\nSubject:${header}\nx\n`;
  const { readable } = openMailbox(bytesSource(Buffer.from(mail, 'utf8'))).message(0);
  return readable.fields.find(({ name }) => name === 'Subject')?.value;
}

suite(
  'headers: text with encoded words',
  23,
  () =>
    cases<string>('unstructured').map(
      ({ header, expected }, index): Case => same(idOf(index, header), subjectOf(header), expected ?? undefined),
    ),
  {
    '21 "[SUSPECTED SPAM]=?utf-8?B?VGhpcyBpcyB0aGUgb3JpZ2luYWwgc3ViamVjdA==?=\\n"': TAGGED,
    '27 "[SUSPECTED SPAM]=?utf-8?B?VGhpcyBpcyB0aGUgb\\n 3JpZ2luYWwgc3ViamVjdA==?=\\n"': TAGGED,
    '28 "[SUSPECTED SPAM]=?utf-8?B?VGhpcyBpcyB0aGUgb\\r\\n 3JpZ2luYWwgc3ViamVjdA==?=\\r\\n"': TAGGED,
    '2 " Fwd: \\n\\tSaying \\n Hello\\r\\n"': UNFOLDED,
    '3 " FWD: \\n Saying Hello \\nX-Mailer: 123\\r\\n"': UNFOLDED,
    '19 " let\'s = try =?iso-8859-1? to break\\n =? the \\n parser\\n"': UNFOLDED,
    '22 "Some text =?utf-8?Q??=here\\n"': TAGGED,
  },
);
