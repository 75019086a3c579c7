import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource, type DiffFile, type Message, walk } from '#mailast';
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

function count(file: DiffFile, change: 'added' | 'removed'): number {
  let lines = 0;
  for (const child of file.children) {
    if (child.type === 'hunk') lines += child.children.filter((line) => line.change === change && !line.wrapped).length;
  }
  return lines;
}

/** As `git apply --numstat` prints it: lines added and removed, and the path after the change (before it for a deletion). */
function numstat(tree: Message): string {
  return filesOf(tree)
    .map((file) => {
      const path = file.after ?? file.before ?? '?';
      return file.binary ? `-\t-\t${path}` : `${count(file, 'added')}\t${count(file, 'removed')}\t${path}`;
    })
    .join('\n');
}

interface Diffs {
  cases: { file: string; git_numstat: string[] | null }[];
}

const STRIPPED = 'git takes off the first directory, whatever it is; a reader wants to see the path that is written';
const QUOTED = 'git prints the path quoted, with octal codes; a reader wants to see the name';

suite(
  'diffs: git numstat',
  49,
  () =>
    expected<Diffs>('diffs').cases.flatMap(({ file, git_numstat }): Case[] => {
      if (git_numstat === null) return [];
      const { tree } = openMailbox(bytesSource(readFileSync(join(corpus, 'diffs', file)))).message(0);
      return [same(file, numstat(tree), git_numstat.join('\n'))];
    }),
  {
    'unidiff/debdiff.diff': STRIPPED,
    'unidiff/git_filenames_with_spaces_prefix.diff': STRIPPED,
    'unidiff/sample0.diff': STRIPPED,
    'unidiff/git_quoted_filename.diff': QUOTED,
    'unidiff/git_quoted_filename_with_spaces.diff': QUOTED,
  },
);

interface RealMail {
  file: string;
  git: { numstat?: string[] | null };
}

suite('mails: git numstat', 42, () =>
  expected<RealMail[]>('mails').flatMap(({ file, git }): Case[] => {
    if (!git.numstat) return [];
    return [same(file, numstat(open('mails', file).message(0).tree), git.numstat.join('\n'))];
  }),
);
