import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';
import { addressGroupsOf, isoDate, messageIdsOf } from '#reading';
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

interface AddressAnswer {
  List?: NamedAddress[];
  Group?: { name: string | null; addresses: NamedAddress[] }[];
}

interface NamedAddress {
  name: string | null;
  address: string | null;
}

/** A header ends at the first line that goes on in no other. */
function firstField(header: string): string {
  return header.split(/\n(?![ \t])/)[0] ?? '';
}

function groupsOf(header: string): string {
  const groups = addressGroupsOf(firstField(header));
  return JSON.stringify(groups.map(({ name, addresses }) => [name ?? '', addresses.map(plainAddress)]));
}

function plainAddress({ name, address }: { name?: string | null; address?: string | null }): [string, string] {
  return [name ?? '', address ?? ''];
}

function wantedGroups({ List, Group }: AddressAnswer): string {
  const groups = Group ?? [{ name: null, addresses: List ?? [] }];
  return JSON.stringify(groups.map(({ name, addresses }) => [name ?? '', addresses.map(plainAddress)]));
}

const COMMENTS =
  'comments stay where they stand, one by one, as git keeps them in names; the peer moves them to the end and joins them';
const OBSOLETE = 'RFC 5322, 4.4: a route, and spaces and comments around the signs of an address, are no part of it';

suite(
  'headers: addresses',
  52,
  () =>
    cases<AddressAnswer>('address').map(
      ({ header, expected }, index): Case => same(idOf(index, header), groupsOf(header), wantedGroups(expected ?? {})),
    ),
  {
    '8 "Pete(A nice \\\\) chap) <pete(his account)@silly.test(his host)>\\n"': COMMENTS,
    '9 "Pete(A nice \\n \\\\\\n ) chap) <pete(his\\n account)@silly\\n .test(his host)>\\n"': COMMENTS,
    '11 "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;\\n"': COMMENTS,
    '56 "Name (comment) =?utf-8?q?Doe?= <a@b.com>\\n"': COMMENTS,
    '13 "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example\\n"': OBSOLETE,
    '14 "John Doe <jdoe@machine(comment).  example>\\n"': OBSOLETE,
    '33 "\\"  James Smythe\\" <james@example.com>, Friends:\\n  jane@example.com, =?UTF-8?Q?John_Sm=C3=AEth?=\\n   <john@example.com>;\\n"':
      'white space around a name says nothing to a reader',
    '42 "NO (posting not allowed on this list)\\n"': 'NO is no address; it is the word of List-Post that there is none',
  },
);

interface DateAnswer {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  tz_before_gmt: boolean;
  tz_hour: number;
  tz_minute: number;
}

function wantedDate(date: DateAnswer | null): string | undefined {
  if (!date) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.year}-${two(date.month)}-${two(date.day)}`;
  const time = `${two(date.hour)}:${two(date.minute)}:${two(date.second)}`;
  return `${day}T${time}${date.tz_before_gmt ? '-' : '+'}${two(date.tz_hour)}:${two(date.tz_minute)}`;
}

suite(
  'headers: dates',
  39,
  () =>
    cases<DateAnswer>('date').map(
      ({ header, expected }, index): Case =>
        same(idOf(index, header), isoDate(firstField(header))?.replace('-00:00', '+00:00'), wantedDate(expected)),
    ),
  {
    '12 " 4 8 15 16 23 42, 4 8 15 16 23 42, 4 8 15 16 23 42, "':
      'six numbers are no date: nothing says which of them is what, and no colon parts a time',
  },
);

suite(
  'headers: message ids',
  9,
  () =>
    cases<string[]>('id').map(
      ({ header, expected }, index): Case =>
        same(idOf(index, header), messageIdsOf(firstField(header)).join('\n'), (expected ?? []).join('\n')),
    ),
  {
    '6 "<1234   @   local(blah)  .machine .example>\\n"':
      'the comment and the spaces are no part of the id (RFC 5322, 4.5.4), so the peer has another id than the one that answers name; nothing is read instead of something wrong',
    '10 "   m \\n"': 'a word without brackets and without an @ is no id: old In-Reply-To fields hold prose',
  },
);
