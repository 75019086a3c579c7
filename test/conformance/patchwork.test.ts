import { type DiffFile, walk } from '#mailast';
import type { MessageReading } from '#parse';
import { bodyLinesOf, carriedBy, fieldsOf, kindOf, messageIdsOf, seriesOf } from '#reading';
import { type Case, expected, open, same, suite } from './corpus.ts';

interface Mail {
  type: 'Patch' | 'Cover' | null;
  clean_subject: string;
  prefixes: string[];
  version: number;
  marker: [number | null, number | null];
  refs: string[];
  diff?: string | null;
  content?: string;
  filenames?: string[];
  pull_url?: string | null;
}

interface Patchwork {
  files: Record<string, { messages: Mail[] }>;
}

/** One suite for each member of the expectation, so that a deviation in one hides no other. */
function compare(
  name: string,
  floor: number,
  read: (message: MessageReading, mail: Mail) => string,
  wanted: (mail: Mail) => string | undefined,
  deviations: Readonly<Record<string, string>> = {},
): void {
  suite(
    `patchwork: ${name}`,
    floor,
    () =>
      Object.entries(expected<Patchwork>('patchwork').files).flatMap(([file, { messages }]) =>
        messages.flatMap((mail, index): Case[] => {
          const text = wanted(mail);
          if (text === undefined) return [];
          const id = file.replace(/^mail\/|\.mbox$/g, '');
          return [same(id, read(open('patchwork', file).message(index), mail), text)];
        }),
      ),
    deviations,
  );
}

function placeOf(message: MessageReading): ReturnType<typeof seriesOf> {
  const kind = kindOf(message);
  return seriesOf(subjectOf(message), kind !== 'reply' && kind !== 'other');
}

function subjectOf(message: MessageReading): string {
  return fieldsOf(message.tree).get('subject')?.[0] ?? '';
}

const COLON = 'the colon behind the brackets belongs to them, as git has it';
const RAW = 'the header is UTF-8 that nobody encoded; the name can be read';
const STRIPPED = 'patchwork takes off the first directory, whatever it is; a reader wants the path that is written';
const RENAMED = 'a rename names its file without `---` and `+++`';
const SIGNATURE = 'patchwork takes the signature for a piece of the binary patch';
const FLOWED = 'the mail is format=flowed; patchwork leaves its lines broken';
const LOST = 'patchwork loses the header of the second file to the comment';

/** patchwork keeps pull requests as patches, and leaves `PATCH` away. */
compare(
  'kind',
  26,
  (message) => kindOf(message),
  ({ type, pull_url }) => (pull_url ? 'pull' : ({ Patch: 'patch', Cover: 'cover' }[String(type)] ?? 'reply')),
);

compare(
  'prefixes and clean subject',
  24,
  (message) => {
    const place = placeOf(message);
    const prefixes = (place?.prefixes ?? []).filter((prefix) => !/^patch$/i.test(prefix));
    return `${prefixes.length === 0 ? '' : `[${prefixes.join(',')}] `}${place?.clean ?? subjectOf(message)}`;
  },
  ({ clean_subject }) => clean_subject,
  { '0007-cvs-format-diff': COLON, '0014-with-unencoded-utf8-headers': RAW },
);

compare(
  'version and number',
  26,
  (message) => {
    const place = placeOf(message);
    return [place?.version ?? 1, place?.part, place?.total].join(' ');
  },
  ({ version, marker }) => [version, ...marker].join(' '),
);

compare(
  'references, nearest first',
  26,
  ({ tree }) => {
    const header = fieldsOf(tree);
    const ids = (name: string): string[] => (header.get(name) ?? []).flatMap(messageIdsOf);
    return [...new Set([...ids('in-reply-to'), ...ids('references').reverse()])].map((id) => `<${id}>`).join(' ');
  },
  ({ refs }) => refs.join(' '),
);

compare(
  'pull request',
  25,
  (message) => {
    const { pull } = carriedBy(message);
    return pull ? `${pull.url} ${pull.ref ?? ''}`.trim() : '';
  },
  ({ type, pull_url }) => (type === null ? undefined : (pull_url ?? '')),
);

/** Files of the patch that have hunks. */
function filesOf({ tree }: MessageReading): DiffFile[] {
  const files: DiffFile[] = [];
  walk(tree, (node) => {
    if (node.type === 'quote') return 'skip';
    if (node.type === 'diffFile' && node.children.some(({ type }) => type === 'hunk')) files.push(node);
    return undefined;
  });
  return files;
}

compare(
  'names of files',
  22,
  (message) =>
    filesOf(message)
      .map(({ before, after }) => after ?? before)
      .sort()
      .join(' '),
  ({ filenames }) => filenames?.sort().join(' '),
  {
    '0007-cvs-format-diff': STRIPPED,
    '0009-git-rename-with-diff': RENAMED,
    '0026-git-add-mixed-binary-text-files': STRIPPED,
  },
);

const IN_DIFF = new Set(['diff-header', 'hunk', 'added', 'removed', 'context']);

/** The lines of the body that are in a diff of its own, with the empty lines between them, or in none. */
function linesOf(message: MessageReading, wanted: boolean): string {
  const { lines } = bodyLinesOf(message);
  const inDiff = lines.map(({ kind, depth }) => depth === 0 && IN_DIFF.has(kind));
  for (let at = 1; at < lines.length; at++) {
    if (lines[at]?.kind !== 'blank' || !inDiff[at - 1]) continue;
    const next = lines.findIndex(({ kind }, index) => index > at && kind !== 'blank');
    if (inDiff[next]) inDiff[at] = true;
  }
  const own = lines.filter((_, at) => inDiff[at] === wanted);
  return own.map(({ start, end }) => message.text.slice(start, end)).join('\n');
}

compare(
  'diff',
  22,
  (message) => linesOf(message, true).trimEnd(),
  ({ diff, type }) => (type === null ? undefined : (diff ?? '').trimEnd()),
  {
    '0025-git-add-binary-file': SIGNATURE,
    '0026-git-add-mixed-binary-text-files': LOST,
    '0027-git-modify-binary-file': SIGNATURE,
  },
);

/** patchwork cuts off signatures and what list servers put under a mail. */
compare(
  'comment',
  23,
  (message) =>
    linesOf(message, false)
      .replace(/^(?:-- |_{1,200})\n.*/ms, '')
      .trim(),
  ({ content }) => content,
  { '0007-cvs-format-diff': FLOWED, '0026-git-add-mixed-binary-text-files': LOST },
);
