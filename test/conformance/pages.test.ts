import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quote } from '#mailast';
import { walk } from '#mailast';
import type { MessageReading } from '#parse';
import { addressesOf, kindOf, messageIdsOf, seriesOf } from '#reading';
import { type Case, corpus, open, same, suite } from './corpus.ts';

interface Page {
  file: string;
  rendering: string;
  subject: string | null;
  from: string | null;
  date: string | null;
  is_patch: boolean;
  has_diff: boolean;
  quote_depth_max: number;
  message_id?: string | null;
  in_reply_to?: string | null;
  references?: string[];
  series?: { version?: number; n?: number; of?: number };
  trailers?: string[];
  diffstat_files?: number;
  attributions?: string[];
}

function pages(): Page[] {
  return JSON.parse(readFileSync(join(corpus, 'pages/index.json'), 'utf8'));
}

function read(file: string): MessageReading {
  return open('pages', file).message(0);
}

function field(message: MessageReading, name: string): string | undefined {
  return message.readable.fields.find((one) => one.name.toLowerCase() === name)?.value;
}

/** The cases of one question: what we read, and what is expected; pages that say nothing of it are left out. */
function ask(answer: (message: MessageReading, page: Page) => [actual: string, wanted: string] | undefined): Case[] {
  return pages().flatMap((page) => {
    const both = answer(read(page.file), page);
    return both === undefined ? [] : [same(`${page.file} ${page.rendering}`, both[0], both[1])];
  });
}

suite('pages: subject', 12, () =>
  ask((message, { subject }) => [field(message, 'subject') ?? '(none)', subject ?? '(none)']),
);

suite('pages: sender, as far as the page has one', 12, () =>
  ask((message, { from }) => [
    JSON.stringify(addressesOf(field(message, 'from') ?? '')),
    JSON.stringify(addressesOf(from ?? '')),
  ]),
);

suite('pages: date', 12, () => ask((message, { date }) => [field(message, 'date') ?? '(none)', date ?? '(none)']));

suite('pages: ids, none of them invented', 12, () =>
  ask((message, { message_id, in_reply_to, references = [] }) => {
    const ids = (name: string): string[] => messageIdsOf(field(message, name) ?? '');
    const actual = [ids('message-id')[0], ids('in-reply-to')[0], ...ids('references')];
    return [JSON.stringify(actual), JSON.stringify([message_id ?? undefined, in_reply_to ?? undefined, ...references])];
  }),
);

suite('pages: place in a series', 9, () =>
  ask((message, { series }) => {
    if (!series) return undefined;
    const place = seriesOf(field(message, 'subject') ?? '');
    return [
      JSON.stringify([place?.version, place?.part, place?.total]),
      JSON.stringify([series.version ?? 1, series.n, series.of]),
    ];
  }),
);

suite('pages: whether it is a patch', 12, () =>
  ask((message, { is_patch }) => [`${kindOf(message) === 'patch'}`, `${is_patch}`]),
);

/** What a message has outside of quotes, and in them. */
interface Content {
  deepest: number;
  diffs: number;
  trailers: string[];
  rows: number;
  damaged: number;
}

function contentOf({ tree }: MessageReading): Content {
  const content: Content = { deepest: 0, diffs: 0, trailers: [], rows: 0, damaged: 0 };
  walk(tree, (node, parents) => {
    const quotes = parents.filter((parent): parent is Quote => parent.type === 'quote').length;
    if (node.type === 'quote') content.deepest = Math.max(content.deepest, node.depth);
    if (node.type === 'diff') content.diffs++;
    if (node.type === 'hunk' && node.damaged !== undefined) content.damaged++;
    if (node.type === 'diffstat' && quotes === 0) content.rows += node.children.length;
    if (node.type === 'trailer' && quotes === 0) content.trailers.push(`${node.token}: ${node.value}`);
    return undefined;
  });
  return content;
}

suite('pages: depth of quotes', 12, () =>
  ask((message, page) => [`${contentOf(message).deepest}`, `${page.quote_depth_max}`]),
);

suite('pages: whether a diff is there', 12, () =>
  ask((message, { has_diff, diffstat_files }) => {
    // Two pages were cut off inside the diffstat or the header of the diff: there is nothing to see of one.
    if (!has_diff && diffstat_files === undefined) return [`${contentOf(message).diffs > 0}`, 'false'];
    return has_diff ? [`${contentOf(message).diffs > 0}`, 'true'] : undefined;
  }),
);

suite("pages: the message's own trailers", 6, () =>
  ask((message, { trailers }) =>
    trailers ? [contentOf(message).trailers.join('\n'), trailers.join('\n')] : undefined,
  ),
);

/** A row for each file; the sum below them is cut off on one page. */
suite('pages: files of the diffstat', 5, () =>
  ask((message, { diffstat_files: files }) => {
    if (files === undefined) return undefined;
    const { rows } = contentOf(message);
    return [`${rows === files + 1 || rows === files}`, 'true'];
  }),
);

suite('pages: what was lost is said once for each message, and hunks that lost white space are not damaged', 12, () =>
  ask((message, { rendering }) => {
    const told = message.complaints.filter(({ ruleId }) =>
      /^(?:archive-page-loss|flattened-lines-restored)$/.test(ruleId),
    );
    const { damaged } = contentOf(message);
    const stripped = /hypermail|stripped|flattened/.test(rendering);
    return [`${told.length} ${stripped ? damaged : 0}`, '1 0'];
  }),
);
