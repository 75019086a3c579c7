import fc from 'fast-check';

/** What a generated diff says, file by file; a path is absent where the file is. */
export interface WrittenFile {
  before?: string;
  after?: string;
  binary: boolean;
  hunks: WrittenHunk[];
}

export interface WrittenHunk {
  beforeStart: number;
  beforeLines: number;
  afterStart: number;
  afterLines: number;
  lines: WrittenLine[];
}

export interface WrittenLine {
  change: 'context' | 'added' | 'removed';
  text: string;
}

export interface WrittenDiff {
  lines: string[];
  files: WrittenFile[];
  /** Indexes of lines that have a line of the same hunk above them. */
  inside: number[];
}

const folder = fc.constantFrom('tea', 'arch/x86', 'mm', 'a folder', 'include/linux');
const name = fc.constantFrom('pot.c', 'cup.h', 'Kconfig', 'hot water.rst', 'kettle-2.0.txt', '.gitignore', 'café.md');
const path = fc.tuple(folder, name).map((parts) => parts.join('/'));

const code = fc.constantFrom('\tfill(pot);', '    pour();', '{', '}', ' * warm', '\treturn 0;', '#include <tea.h>');

/** Lines of files that look like something else when a reader does not count. */
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('\tfill(pot);', '    pour();', '{', '}', ' * warm', 'x', 'return 0;') },
  fc.constantFrom(
    '',
    ' ',
    '- ',
    '-- a/x',
    '++ b/x',
    '-',
    '+',
    '--',
    '@@ -1 +1 @@',
    'diff --git a/x b/x',
    '\\ No newline',
  ),
  fc.constantFrom(
    'From me',
    '> quoted',
    'Index: x',
    '2.41.0',
    '[...]',
    'x\u2028y',
    'x\u0085',
    'é',
    '---------------',
    '*** 1,2 ****',
  ),
);

interface HunkPlan {
  gap: number;
  lines: WrittenLine[];
  section: string;
  noNewline: boolean;
}

const kind = fc.constantFrom(
  'changed',
  'changed',
  'changed',
  'new',
  'deleted',
  'renamed',
  'copied',
  'mode',
  'binary',
  'empty',
);

/** A diff as git writes it, with what it says. */
function gitDiff(content: fc.Arbitrary<string>): fc.Arbitrary<WrittenDiff> {
  const line: fc.Arbitrary<WrittenLine> = fc.record({
    change: fc.constantFrom('context', 'context', 'added', 'removed'),
    text: content,
  });
  const plan: fc.Arbitrary<HunkPlan> = fc.record({
    gap: fc.integer({ min: 1, max: 400 }),
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    section: fc.constantFrom('', '', ' boil(struct pot *pot)', ' static int @@ x', ' 10'),
    noNewline: fc.boolean(),
  });
  return fc
    .array(fc.tuple(kind, path, path, fc.array(plan, { minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 5 })
    .map((plans) => {
      const written: WrittenDiff = { lines: [], files: [], inside: [] };
      for (const [what, from, to, hunks] of plans) writeFile(written, what, from, to, hunks);
      return written;
    });
}

/** Files with any lines. */
export const trickyDiff = gitDiff(anything);
/** Files of a program, without empty lines. */
export const codeDiff = gitDiff(code);

function writeFile(into: WrittenDiff, what: string, from: string, to: string, plans: HunkPlan[]): void {
  const isMoved = (what === 'renamed' || what === 'copied') && from !== to;
  const after = isMoved ? to : from;
  const head = [`diff --git a/${from} b/${after}`, ...modeLines(what, isMoved, from, to), 'index 0123456..789abcd'];
  const only = what === 'new' ? 'added' : what === 'deleted' ? 'removed' : undefined;
  const hasHunks = !['mode', 'binary', 'empty'].includes(what);
  const hunks = hasHunks ? placed(only === undefined ? plans : plans.slice(0, 1), only) : [];
  const tab = (path: string): string => (path.includes(' ') ? `${path}\t` : path);
  if (hasHunks) {
    head.push(what === 'new' ? '--- /dev/null' : `--- ${tab(`a/${from}`)}`);
    head.push(what === 'deleted' ? '+++ /dev/null' : `+++ ${tab(`b/${after}`)}`);
  } else if (what === 'binary') head.push(`Binary files a/${from} and b/${after} differ`);
  into.files.push({
    ...(what === 'new' || what === 'empty' ? {} : { before: from }),
    ...(what === 'deleted' ? {} : { after }),
    binary: what === 'binary',
    hunks: hunks.map(({ hunk }) => hunk),
  });
  into.lines.push(...head);
  for (const { text, hunk } of hunks) {
    const first = into.lines.length + 1;
    for (let next = 1; next < hunk.lines.length; next++) into.inside.push(first + next);
    into.lines.push(...text);
  }
}

function modeLines(what: string, isMoved: boolean, from: string, to: string): string[] {
  if (what === 'new' || what === 'empty') return ['new file mode 100644'];
  if (what === 'deleted') return ['deleted file mode 100644'];
  if (what === 'mode') return ['old mode 100644', 'new mode 100755'];
  const verb = what === 'renamed' ? 'rename' : 'copy';
  return isMoved ? ['similarity index 80%', `${verb} from ${from}`, `${verb} to ${to}`] : [];
}

/** Gives hunks their places in the file, one behind the other; a hunk of a new or deleted file has one side. */
function placed(plans: HunkPlan[], only: 'added' | 'removed' | undefined): { text: string[]; hunk: WrittenHunk }[] {
  let before = 0;
  let after = 0;
  return plans.map(({ gap, lines: given, section, noNewline }, index) => {
    const lines = only === undefined ? given : given.map(({ text }) => ({ change: only, text }));
    const beforeLines = lines.filter(({ change }) => change !== 'added').length;
    const afterLines = lines.filter(({ change }) => change !== 'removed').length;
    const skipped = only === undefined ? gap : 0;
    const beforeStart = before + skipped + (beforeLines > 0 ? 1 : 0);
    const afterStart = after + skipped + (afterLines > 0 ? 1 : 0);
    before += skipped + beforeLines;
    after += skipped + afterLines;
    const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${start},${count}`);
    const head = `@@ -${range(beforeStart, beforeLines)} +${range(afterStart, afterLines)} @@${section}`;
    const marks = { context: ' ', added: '+', removed: '-' };
    const end = noNewline && index === plans.length - 1 ? ['\\ No newline at end of file'] : [];
    const text = [head, ...lines.map((one) => marks[one.change] + one.text), ...end];
    return { text, hunk: { beforeStart, beforeLines, afterStart, afterLines, lines } };
  });
}
