import { beginsHunk } from './hunk-head.ts';
import { type DiffLines, diffLines, type Setting, type Stretch, settingAt } from './lines.ts';

const NOT_INDENTED: Setting = { indent: 0, bare: false };

/** The first units of lines that may begin a diff. */
const FIRST_UNITS = 'dI-+@*=BRPO';

/** `*** tea.c.orig`, and not the ranges of a context hunk, `*** 1,5 ****`. */
const CONTEXT_NAME = /^\*\*\* (?!\d[\d,]{0,40} \*{4}$)\S/;
/** Fifteen stars begin a hunk of a context diff; the function may stand behind them. */
const CONTEXT_HUNK = /^\*{15}(?: |$)/;
const BINARY = /^Binary files \S.{0,500} and \S.{0,500} differ$/;
const ONLY_IN = /^Only in \S.{0,300}: \S/;
/** What `bzr diff` writes above a file. */
const BAZAAR = /^=== (?:added|modified|removed|renamed) (?:file|directory|symlink) ['"]/;

/** One space is the mark of a line of context. */
const LEAST_INDENT = 2;

/** How the diff stands that begins at this line, if one does; at most three lines are looked at. */
export function diffAt(stretch: Stretch, line: number): Setting | undefined {
  if (line >= stretch.to) return undefined;
  const { heads } = stretch;
  const first = heads.text.charAt(heads.start(line));
  if (FIRST_UNITS.includes(first) && first !== '') {
    // Whether the space behind the marks belongs to the line does not matter for lines that begin with none.
    return beginsFile(diffLines(stretch, NOT_INDENTED), line) ? { ...settingAt(stretch, line), indent: 0 } : undefined;
  }
  if (first !== ' ') return undefined;
  const setting = settingAt(stretch, line);
  const isFarIn = setting.indent >= LEAST_INDENT;
  return isFarIn && beginsIndented(diffLines(stretch, setting), line) ? setting : undefined;
}

/** Where a diff is not at the start of its lines, several lines must agree, or the header of a hunk must be whole. */
function beginsIndented(lines: DiffLines, line: number): boolean {
  if (!FIRST_UNITS.includes(lines.mark(line))) return false;
  const head = lines.head(line);
  if (head.startsWith('diff --')) return beginsFile(lines, line) && lines.has(line + 1);
  if (head.startsWith('@@')) return /^@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@/.test(head);
  return (head.startsWith('--- ') || head.startsWith('Index: ')) && beginsFile(lines, line) && lines.has(line + 1);
}

/** Whether a diff that is not indented begins at this line. */
export function beginsDiff(stretch: Stretch, line: number): boolean {
  return diffAt(stretch, line) !== undefined;
}

/** Whether the header of a file, or a hunk without one, begins at this line of a diff. */
export function beginsFile(lines: DiffLines, line: number): boolean {
  const first = lines.mark(line);
  if (first === '' || !FIRST_UNITS.includes(first)) return false;
  const head = lines.head(line);
  switch (first) {
    case '-':
      return beginsNames(lines, line, head) || beginsName(lines, line, '--- ', head);
    case '+':
      return beginsName(lines, line, '+++ ', head);
    case '@':
      return beginsHunk(head);
    case 'd':
      return beginsCommand(lines, line, head);
    case '*':
      return beginsContextDiff(lines, line, head);
    default:
      return beginsTold(lines, line, head);
  }
}

/** `--- a/tea.c` and `+++ b/tea.c` over a hunk. */
export function beginsNames(lines: DiffLines, line: number, head = lines.head(line)): boolean {
  return head.startsWith('--- ') && lines.head(line + 1).startsWith('+++ ') && /^@@/.test(lines.head(line + 2));
}

/** One of the two names over the header of a hunk: a quote may have lost the other. */
function beginsName(lines: DiffLines, line: number, mark: string, head: string): boolean {
  return head.startsWith(mark) && head.length > mark.length && beginsHunk(lines.head(line + 1));
}

/** `*** tea.c.orig` and `--- tea.c` over a hunk of a context diff, or such a hunk alone. */
export function beginsContextDiff(lines: DiffLines, line: number, head = lines.head(line)): boolean {
  if (beginsContextHunk(lines, line, head)) return true;
  return CONTEXT_NAME.test(head) && lines.head(line + 1).startsWith('--- ') && CONTEXT_HUNK.test(lines.head(line + 2));
}

export function beginsContextHunk(lines: DiffLines, line: number, head = lines.head(line)): boolean {
  return CONTEXT_HUNK.test(head) && /^\*\*\* \d[\d,]{0,40} \*{4}$/.test(lines.head(line + 1).trimEnd());
}

/** `diff --git`, or the command that made the diff with what it found below it. */
function beginsCommand(lines: DiffLines, line: number, head: string): boolean {
  if (/^diff --(?:git|cc|combined) \S/.test(head)) return true;
  if (!/^diff -\S{1,100} \S/.test(head)) return false;
  return /^(?:--- |\*\*\* |diff -|Binary files |Only in \S{1,300}: \S{1,300}$|[\da-f]{1,12}[acd]\d)/.test(
    lines.head(line + 1),
  );
}

/** Programs that say in words what follows. */
function beginsTold(lines: DiffLines, line: number, head: string): boolean {
  if (head.startsWith('Index: ')) return beginsIndexed(lines, line + 1);
  if (head.startsWith('RCS file: ')) return lines.head(line + 1).startsWith('retrieving revision');
  if (head.startsWith('Property changes on: ')) return /^_{10,}/.test(lines.head(line + 1));
  return BAZAAR.test(head) || BINARY.test(head) || (ONLY_IN.test(head) && beginsListed(lines, line + 1));
}

/** What stands below `Index: tea.c`: a rule, or the names. */
function beginsIndexed(lines: DiffLines, line: number): boolean {
  const head = lines.head(line);
  if (/^(?:={10}|diff -|RCS file: )/.test(head)) return true;
  return (head.startsWith('--- ') && lines.head(line + 1).startsWith('+++ ')) || beginsContextDiff(lines, line, head);
}

/** `Only in` is an ordinary beginning of a sentence: only what stands below it makes it a line of `diff -r`. */
function beginsListed(lines: DiffLines, line: number): boolean {
  return /^(?:Only in \S{1,300}: \S{1,300}$|diff -|Binary files )/.test(lines.head(line));
}

/** Whether a line is `Only in old/tea: pot.c`, given that it stands in a diff. */
export function isOnlyIn(head: string): boolean {
  return ONLY_IN.test(head);
}

/** Whether a line is `Binary files a/pot.png and b/pot.png differ`. */
export function isBinaryNotice(head: string): boolean {
  return BINARY.test(head);
}
