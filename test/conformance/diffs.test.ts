import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource, type DiffFile, type Hunk, type Message, walk } from '#mailast';
import { openMailbox } from '#parse';
import { type Case, corpus, expected, open, same, suite } from './corpus.ts';

/** The files of the diffs that stand outside of quotes. */
function filesOf(tree: Message): DiffFile[] {
  const files: DiffFile[] = [];
  walk(tree, (node) => {
    if (node.type === 'quote') return 'skip';
    if (node.type === 'diffFile') files.push(node);
    return undefined;
  });
  return files;
}

function hunksOf(file: DiffFile): Hunk[] {
  return file.children.filter((child) => child.type === 'hunk');
}

function count(file: DiffFile, change: 'added' | 'removed'): number {
  return hunksOf(file)
    .flatMap((hunk) => hunk.children)
    .filter((line) => line.change === change && !line.wrapped).length;
}

function pathOf(file: DiffFile): string {
  return file.after ?? file.before ?? '?';
}

/** As `git apply --numstat` prints it: lines added and removed, and the path after the change (before it for a deletion). */
function numstat(tree: Message): string {
  return filesOf(tree)
    .map((file) =>
      file.binary ? `-\t-\t${pathOf(file)}` : `${count(file, 'added')}\t${count(file, 'removed')}\t${pathOf(file)}`,
    )
    .join('\n');
}

/** As `git apply --summary` prints it: what happens to a file besides its lines. */
function summary(tree: Message): string {
  return filesOf(tree).flatMap(summaryOf).join('\n');
}

function summaryOf(file: DiffFile): string[] {
  const { before, after, beforeMode, afterMode, moved } = file;
  const mode = (octal: string | undefined): string => (octal === undefined ? '' : ` mode ${octal}`);
  if (before === undefined) return [` create${mode(afterMode)} ${after}`];
  if (after === undefined) return [` delete${mode(beforeMode)} ${before}`];
  const verb = moved === 'renamed' ? 'rename' : 'copy';
  const lines = moved ? [` ${verb} ${movedPath(before, after)} (${file.similarity ?? 0}%)`] : [];
  if (beforeMode !== undefined && afterMode !== undefined)
    lines.push(` mode change ${beforeMode} => ${afterMode}${moved ? '' : ` ${after}`}`);
  return lines;
}

/** `a/{b => c}/d`: folders that both paths share at their ends are written once. */
function movedPath(before: string, after: string): string {
  const from = before.split('/');
  const to = after.split('/');
  let first = 0;
  while (first < Math.min(from.length, to.length) - 1 && from[first] === to[first]) first++;
  let last = 0;
  while (last < Math.min(from.length, to.length) - first - 1 && from.at(-1 - last) === to.at(-1 - last)) last++;
  if (first === 0 && last === 0) return `${before} => ${after}`;
  const middle = (path: string[]): string => path.slice(first, path.length - last).join('/');
  const changed = `{${middle(from)} => ${middle(to)}}`;
  return [...from.slice(0, first), changed, ...from.slice(from.length - last)].join('/');
}

interface Unidiff {
  source: string;
  target: string;
  path: string;
  added: number;
  removed: number;
  added_file: boolean;
  removed_file: boolean;
  rename: boolean;
  binary: boolean;
  hunks: [number, number, number, number, string][];
}

/** What unidiff says of a file, with its names as we read them: without prefix, and none for `/dev/null`. */
function unidiffOf(file: Unidiff): unknown {
  const name = (path: string, prefix: string): string =>
    path === '/dev/null' ? '' : path.startsWith(prefix) ? path.slice(prefix.length) : path;
  const { added, removed, binary, hunks } = file;
  return {
    before: file.added_file ? '' : name(file.source, 'a/'),
    after: file.removed_file ? '' : name(file.target, 'b/'),
    ...{ added, removed, binary, hunks },
  };
}

function ourUnidiff(file: DiffFile): unknown {
  return {
    before: file.before ?? '',
    after: file.after ?? '',
    added: count(file, 'added'),
    removed: count(file, 'removed'),
    binary: file.binary ?? false,
    hunks: hunksOf(file).map((hunk) => [
      hunk.beforeStart,
      hunk.beforeLines,
      hunk.afterStart,
      hunk.afterLines,
      hunk.section ?? '',
    ]),
  };
}

interface Diffs {
  cases: {
    file: string;
    git_numstat: string[] | null;
    git_summary: string[] | null;
    unidiff?: Unidiff[];
    unidiff_error?: string;
  }[];
}

function treeOf(file: string): Message {
  return openMailbox(bytesSource(readFileSync(join(corpus, 'diffs', file)))).message(0).tree;
}

const STRIPPED = 'git takes off the first directory, whatever it is; a reader wants to see the path that is written';
const QUOTED = 'git prints the path quoted, with octal codes; a reader wants to see the name';

suite(
  'diffs: git numstat',
  49,
  () =>
    expected<Diffs>('diffs').cases.flatMap(({ file, git_numstat }): Case[] =>
      git_numstat === null ? [] : [same(file, numstat(treeOf(file)), git_numstat.join('\n'))],
    ),
  {
    'unidiff/debdiff.diff': STRIPPED,
    'unidiff/git_filenames_with_spaces_prefix.diff': STRIPPED,
    'unidiff/git_quoted_filename.diff': QUOTED,
    'unidiff/git_quoted_filename_with_spaces.diff': QUOTED,
    'unidiff/sample0.diff': STRIPPED,
  },
);

suite(
  'diffs: git summary',
  51,
  () =>
    expected<Diffs>('diffs').cases.flatMap(({ file, git_summary }): Case[] =>
      git_summary === null ? [] : [same(file, summary(treeOf(file)), git_summary.join('\n'))],
    ),
  {
    'unidiff/debdiff.diff': STRIPPED,
    'unidiff/git_filenames_with_spaces_prefix.diff': STRIPPED,
    'unidiff/sample0.diff': STRIPPED,
  },
);

const AS_WRITTEN = 'unidiff keeps the quotes and octal codes of the name; a reader wants to see the name';
const EMPTY =
  'git writes a header when a file is new or deleted, and this has none: the file is empty, as git summary says too';
const TOO_LARGE = 'a number above 2^53 cannot be told exactly: none is better than a wrong one';

suite(
  'diffs: unidiff',
  65,
  () =>
    expected<Diffs>('diffs').cases.flatMap(({ file, unidiff }): Case[] => {
      if (!unidiff) return [];
      const ours = filesOf(treeOf(file)).map(ourUnidiff);
      return [same(file, JSON.stringify(ours), JSON.stringify(unidiff.map(unidiffOf)))];
    }),
  {
    'unidiff/debdiff.diff': 'the line says "Binary files" twice, and unidiff takes the second for part of the name',
    'unidiff/git_quoted_filename.diff': AS_WRITTEN,
    'unidiff/git_quoted_filename_with_spaces.diff': AS_WRITTEN,
    'unidiff/git_rename.diff':
      'the lines that tell of the rename have other names than the first line; git follows them too',
    'go-gitdiff/apply_text_fragment_delete_all.patch': EMPTY,
    'go-gitdiff/apply_text_fragment_error_new_file.patch': EMPTY,
    'go-gitdiff/apply_text_fragment_new.patch': EMPTY,
    'go-gitdiff/apply_text_fragment_error_overflow.patch': TOO_LARGE,
    'go-gitdiff/apply_text_fragment_error_short_src_extreme.patch': TOO_LARGE,
  },
);

suite('diffs: what others refuse is read and said to be damaged', 4, () =>
  expected<Diffs>('diffs').cases.flatMap(({ file, unidiff_error }): Case[] => {
    if (unidiff_error === undefined) return [];
    const hunks = filesOf(treeOf(file)).flatMap(hunksOf);
    return [{ id: file, passes: hunks.length > 0 && hunks.some((hunk) => hunk.damaged !== undefined) }];
  }),
);

interface RealMail {
  file: string;
  git: { numstat?: string[] | null; summary?: string[] | null };
}

suite('mails: git numstat', 42, () =>
  expected<RealMail[]>('mails').flatMap(({ file, git }): Case[] => {
    if (!git.numstat) return [];
    return [same(file, numstat(open('mails', file).message(0).tree), git.numstat.join('\n'))];
  }),
);

suite('mails: git summary', 42, () =>
  expected<RealMail[]>('mails').flatMap(({ file, git }): Case[] => {
    if (!git.summary) return [];
    return [same(file, summary(open('mails', file).message(0).tree), git.summary.join('\n'))];
  }),
);
