import { type Trailer, textSource, walk } from '#mailast';
import { type Mailbox, openMailbox } from '#parse';
import {
  addressesOf,
  type CollectedSeries,
  carriedBy,
  collectTrailers,
  givenTrailers,
  kindOf,
  messageIdInUrl,
  seriesOf,
  threadMail,
  trailerKey,
  trailerValue,
} from '#reading';
import { type Case, expected, open, same, suite } from './corpus.ts';

/**
 * Of b4's 107 literal cases 82 ask for something that we read: the 22 threads and 60 others. The other 25 are no reading: checking signatures
 * (5), writing mailboxes (4), Message-IDs (3), subjects (2) and encoded names (1), and ranges of numbers (10).
 */

type Pair = [token: string, value: string];

interface Followup {
  mbox: string;
  expected_am_mbox: string;
  series_args: { sloppytrailers?: boolean };
  am_args: { noaddtrailers?: boolean; addmysob?: boolean; copyccs?: boolean; addlink?: boolean };
  config: { 'trailer-order'?: string; 'trailers-ignore-from'?: string };
  expected: { subject: string; trailers_in_order: Pair[] }[];
}

interface B4 {
  followup_trailers: Followup[];
  literal_asserts: { test: string; cases: unknown[][] }[];
}

function seriesIn(mailbox: Mailbox, sloppy: boolean): CollectedSeries[] {
  const mails = mailbox.spans.map((_, index) => {
    const reading = mailbox.message(index);
    return threadMail(String(index), kindOf(reading, carriedBy(reading)), reading);
  });
  return collectTrailers(mails, { sloppy });
}

/**
 * What b4 adds of its own is no reading: the sign-off and link of who applies the patch, copies of Cc, an order of one's choice, trailers from people to be
 * ignored. Those are taken off on both sides; with an order, so is the order.
 */
function comparable(pairs: readonly Pair[], { am_args, config }: Followup): string {
  const ours = pairs.filter(([token, value]) => {
    if (am_args.addmysob && value.includes('test-override@example.com')) return false;
    if (am_args.copyccs && token === 'Cc') return false;
    if (am_args.addlink && /^(?:Link|Message-ID)$/.test(token) && /orig-message|patch-\d-message/.test(value))
      return false;
    return config['trailers-ignore-from'] === undefined || !value.includes(config['trailers-ignore-from']);
  });
  const lines = ours.map(([token, value]) => `${token}: ${value}`);
  return (config['trailer-order'] === undefined ? lines : lines.sort()).join('\n');
}

/** With its note, as b4 writes it again. */
function pairOf({ token, value }: Trailer): Pair {
  const { text, note } = trailerValue(value);
  return [token, note === undefined ? text : `${text}  ${note}`];
}

suite('b4: trailers of each patch, with those of answers', 22, () =>
  expected<B4>('b4').followup_trailers.map((one): Case => {
    const found = seriesIn(open('b4', 'samples', one.mbox), one.series_args.sloppytrailers ?? false);
    const patches = found.at(-1)?.patches ?? [];
    const read = patches.map(({ patch, trailers }) => {
      const stated = one.am_args.noaddtrailers ? trailers.filter(({ mail }) => mail === patch) : trailers;
      return comparable(
        stated.map(({ trailer }) => pairOf(trailer)),
        one,
      );
    });
    const wanted = one.expected.map(({ trailers_in_order }) => comparable(trailers_in_order, one));
    return same(`${one.mbox} ${one.expected_am_mbox}`, read.join('\n\n'), wanted.join('\n\n'));
  }),
);

function literal(test: string): unknown[][] {
  return expected<B4>('b4').literal_asserts.find((one) => one.test === test)?.cases ?? [];
}

function trailersOf(mailbox: Mailbox): { trailer: Trailer; note: string | undefined }[] {
  const { tree, text } = mailbox.message(0);
  const found: { trailer: Trailer; note: string | undefined }[] = [];
  walk(tree, (node) => {
    if (node.type !== 'trailers') return undefined;
    node.children.forEach((trailer, index) => {
      const next = node.children[index + 1]?.position.start.offset ?? node.position.end.offset;
      const between = text.slice(trailer.position.end.offset, next).trim();
      found.push({ trailer, note: between || trailerValue(trailer.value).note });
    });
    return 'skip';
  });
  return found;
}

/** `utility` trailers name no person. Notes on the lines behind a trailer are compared without their indentation. */
suite('b4: trailers of a message, with their notes', 2, () =>
  literal('test_parse_trailers').map(([source, trailers]): Case => {
    const wanted = (trailers as [string, string, string, string | null][]).map(([type, token, value, note]) =>
      [type, token, value, note?.trim()].join(' | '),
    );
    const read = trailersOf(open('b4', 'samples', `${source}.txt`)).map(({ trailer, note }) => {
      const { text, person } = trailerValue(trailer.value);
      return [person ? 'person' : 'utility', trailer.token, text, note].join(' | ');
    });
    return same(String(source), read.join('\n'), wanted.join('\n'));
  }),
);

suite('b4: Fixes in answers need a commit', 5, () =>
  literal('test_fixes_trailer_format_validation').map(([body, , values]): Case => {
    const answer = openMailbox(textSource(`Subject: Re: [PATCH] tea\n\n${String(body)}`)).message(0);
    const fixes = givenTrailers(answer.tree).filter(({ token }) => token === 'Fixes');
    return same(String(body), fixes.map(({ value }) => value).join('\n'), (values as string[]).join('\n'));
  }),
);

const QUOTES = 'quotes around a whole name belong to the way it is written; the name is what stands in them';

suite(
  'b4: who a trailer names',
  6,
  () =>
    literal('test_trailer_addr_parsing').map(([, value, , person, text]): Case => {
      const read = trailerValue(String(value));
      const wanted = [...(person as string[]), text].join(' | ');
      return same(String(value), [read.person?.name ?? '', read.person?.address, read.text].join(' | '), wanted);
    }),
  { '"Doe, Jane" <jane@example.com>': QUOTES },
);

/** What b4 writes anew (padded numbers, more prefixes) is no reading. */
suite('b4: prefixes of subjects', 7, () =>
  literal('test_lore_subject_prefixes').flatMap(([subject, , rebuilt]): Case[] => {
    if (subject !== rebuilt) return [];
    const place = seriesOf(String(subject));
    return [same(String(subject), `[${place?.prefixes.join(' ')}] ${place?.clean}`, String(rebuilt))];
  }),
);

/** Sets, as python prints them. */
function strings(set: unknown): string[] {
  return [...String(set).matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
}

suite('b4: Message-IDs in addresses of archives', 4, () =>
  literal('test_get_all_msgids_from_urls').map(([urls, ids]): Case => {
    const read = strings(urls).flatMap((url) => messageIdInUrl(url) ?? []);
    return same(String(urls), read.join(' '), strings(ids).join(' '));
  }),
);

suite('b4: links to the same mail', 5, () =>
  literal('test_link_trailer_dedup').map(([one, other, count]): Case => {
    const keys = new Set([trailerKey('Link', String(one)), trailerKey('Link', String(other))]);
    return same(`${one} ${other}`, String(keys.size), String(count));
  }),
);

suite('b4: cover letters without a number', 2, () =>
  literal('test_naked_cover_letter_detection').map(([source, isCover, subject]): Case => {
    const cover = seriesIn(open('b4', 'samples', `naked-cover-${source}.mbox`), false).at(-1)?.cover;
    const title = cover?.reading.readable.fields.find(({ name }) => name === 'Subject')?.value;
    return same(String(source), `${cover !== undefined} ${title ?? ''}`, `${isCover} ${subject ?? ''}`);
  }),
);

/** b4 writes addresses; what it wrote is read back. */
suite('b4: written addresses', 10, () =>
  literal('test_format_addrs').flatMap(([pairs, written, clean]): Case[] => {
    if (clean !== true) return [];
    const read = addressesOf(fieldValue('To', String(written))).map(
      ({ name, address }) => `${name ?? ''} <${address}>`,
    );
    const decoded = (pairs as Pair[]).map(([name, address]) => {
      return `${fieldValue('To', name).replace(/^"(.*)"$/, '$1')} <${address}>`;
    });
    return [same(String(written), read.join(', '), decoded.join(', '))];
  }),
);

function fieldValue(name: string, written: string): string {
  const header = `From: a@example.org\n${name}: ${written}\n\n`;
  return openMailbox(textSource(header)).message(0).readable.fields[1]?.value ?? '';
}

/** b4 folds and encodes values; what it wrote is read back. */
suite('b4: folded and encoded values', 18, () =>
  literal('test_header_wrapping').map(([value, written], index): Case => {
    const said = String(value).replace(/^Message-ID: /, '');
    const name = /[^<]@/.test(said) && said === value ? 'To' : 'Subject';
    const read = fieldValue(name, String(written));
    if (name === 'Subject') return same(`${index} ${said}`, read, said);
    return same(
      `${index} ${said}`,
      JSON.stringify(addressesOf(read)),
      JSON.stringify(addressesOf(fieldValue(name, said))),
    );
  }),
);
