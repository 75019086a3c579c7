import fc from 'fast-check';
import parseDiff from 'parse-diff';
import { describe, expect, it } from 'vitest';
import { type DiffFile, type HunkLine, textSource, walk } from '#mailast';
import { codeDiff, trickyDiff, type WrittenDiff, type WrittenFile } from './diff-arbitrary.ts';
import { readChecked } from './invariants.ts';

/** One line of a diff with its numbers. */
type Numbered = [change: string, text: string, before: number | undefined, after: number | undefined];

interface Said {
  before: string | undefined;
  after: string | undefined;
  added: number;
  removed: number;
  hunks: { ranges: (number | undefined)[]; lines: Numbered[] }[];
}

function filesIn(text: string): DiffFile[] {
  const { messages } = readChecked(textSource(`From: Ada Example <ada@example.org>\nSubject: case\n\n${text}`));
  const files: DiffFile[] = [];
  for (const { tree } of messages) {
    walk(tree, (node) => {
      if (node.type === 'diffFile') files.push(node);
      return undefined;
    });
  }
  return files;
}

function ours(file: DiffFile): Said {
  const hunks = file.children.filter((child) => child.type === 'hunk');
  const lines = hunks.flatMap((hunk) => hunk.children);
  return {
    before: file.before,
    after: file.after,
    added: lines.filter((line) => line.change === 'added').length,
    removed: lines.filter((line) => line.change === 'removed').length,
    hunks: hunks.map((hunk) => ({
      ranges: [hunk.beforeStart, hunk.beforeLines, hunk.afterStart, hunk.afterLines],
      lines: hunk.children.filter((line) => line.change !== 'note').map(numbered),
    })),
  };
}

function numbered(line: HunkLine): Numbered {
  return [line.change, line.value, line.beforeNumber, line.afterNumber];
}

/** What the diff says, by the one who wrote it. */
function written(file: WrittenFile): Said {
  const lines = file.hunks.flatMap((hunk) => hunk.lines);
  return {
    before: file.before,
    after: file.after,
    added: lines.filter((line) => line.change === 'added').length,
    removed: lines.filter((line) => line.change === 'removed').length,
    hunks: file.hunks.map((hunk) => {
      let before = hunk.beforeStart;
      let after = hunk.afterStart;
      return {
        ranges: [hunk.beforeStart, hunk.beforeLines, hunk.afterStart, hunk.afterLines],
        lines: hunk.lines.map(
          ({ change, text }): Numbered => [
            change,
            text,
            change === 'added' ? undefined : before++,
            change === 'removed' ? undefined : after++,
          ],
        ),
      };
    }),
  };
}

const CHANGES = { normal: 'context', add: 'added', del: 'removed' };

function peers(file: parseDiff.File): Said {
  const name = (path: string | undefined): string | undefined => (path === '/dev/null' ? undefined : path);
  return {
    before: name(file.from),
    after: name(file.to),
    added: file.additions,
    removed: file.deletions,
    hunks: file.chunks.map((chunk) => ({
      ranges: [chunk.oldStart, chunk.oldLines, chunk.newStart, chunk.newLines],
      // It gives `\ No newline at end of file` as one more line of the kind above.
      lines: chunk.changes
        .filter((change) => !change.content.startsWith('\\ '))
        .map((change): Numbered => {
          const [before, after] =
            change.type === 'normal'
              ? [change.ln1, change.ln2]
              : change.type === 'add'
                ? [undefined, change.ln]
                : [change.ln, undefined];
          return [CHANGES[change.type], change.content.slice(1), before, after];
        }),
    })),
  };
}

function linesOf(files: readonly Said[]): Numbered[] {
  return files.flatMap((file) => file.hunks).flatMap((hunk) => hunk.lines);
}

/** Each run reads its text anew; a busy machine takes its time. */
const timeout = 120_000;

describe('a diff as git writes it', { timeout }, () => {
  it('says what was written into it: names, hunks, lines and their numbers', () => {
    const says = ({ lines, files }: WrittenDiff): void => {
      const read = filesIn(`${lines.join('\n')}\n`);
      expect(read.map(ours)).toEqual(files.map(written));
      expect(read.map((file) => file.binary ?? false)).toEqual(files.map((file) => file.binary));
      for (const part of read.flatMap((file) => file.children)) expect(part).not.toHaveProperty('damaged');
    };
    fc.assert(fc.property(trickyDiff, says), { seed: 20230706, numRuns: 1000 });
  });

  it('says the same to parse-diff', () => {
    const agree = ({ lines }: WrittenDiff): void => {
      const text = `${lines.join('\n')}\n`;
      expect(filesIn(text).map(ours)).toEqual(parseDiff(text).map(peers));
    };
    fc.assert(fc.property(trickyDiff, agree), { seed: 20230707, numRuns: 1000 });
  });

  const places = fc.array(fc.nat(200), { maxLength: 6 });
  const marks = fc.constantFrom('> ', '>', '> > ', '>> ');

  /** The diff in a quote, with words between some lines of its hunks; behind the first words so many lines of the hunk were left out. */
  function parted({ lines, inside }: WrittenDiff, at: readonly number[], mark: string, lost = 0): string {
    const cuts = new Set(at.map((place) => inside[place % Math.max(1, inside.length)]));
    const first = Math.min(...[...cuts].map((cut) => cut ?? Number.POSITIVE_INFINITY));
    let behind = first;
    while (behind < first + lost && inside.includes(behind)) behind++;
    const quoted: string[] = [];
    for (const [index, line] of lines.entries()) {
      if (cuts.has(index)) quoted.push('', 'Why?', '');
      if (index < first || index >= behind) quoted.push(mark + line);
    }
    return `${quoted.join('\n')}\n`;
  }

  it('has the same lines and numbers in a quote, with any words between them', () => {
    fc.assert(
      fc.property(codeDiff, places, marks, (diff, at, mark) => {
        const read = filesIn(parted(diff, at, mark)).map(ours);
        expect(linesOf(read)).toEqual(linesOf(diff.files.map(written)));
      }),
      { seed: 20230708, numRuns: 1000 },
    );
  });

  it('has no wrong number in a quote, whatever its lines look like and whatever was left out behind the words', () => {
    fc.assert(
      fc.property(trickyDiff, places, marks, fc.nat(5), (diff, at, mark, lost) => {
        const known = new Set(linesOf(diff.files.map(written)).map((line) => JSON.stringify(line)));
        for (const line of linesOf(filesIn(parted(diff, at, mark, lost)).map(ours))) {
          const isNumbered = line[2] !== undefined || line[3] !== undefined;
          if (isNumbered) expect(known).toContain(JSON.stringify(line));
        }
      }),
      { seed: 20230709, numRuns: 1000 },
    );
  });
});
