import type { DiffFile } from '#mailast';
import { unquoted } from './quoted-name.ts';

type Told = Pick<DiffFile, 'before' | 'after' | 'moved' | 'similarity' | 'beforeMode' | 'afterMode' | 'binary'>;

/** Two names as they are written; one that is nowhere is `/dev/null`. */
interface Names {
  before?: string | undefined;
  after?: string | undefined;
}

const NOWHERE = '/dev/null';

/**
 * What the header lines of a file's diff say: `---` and `+++` first, then renames, then `diff --git`, `Index:` and `Binary files`. Names are
 * labels: never opened as they are. `hunks` says whether its only hunk adds to nothing, or leaves nothing: outside of git a new file looks like
 * that. Headers are at most some thousand units long.
 */
export function fileTold(headers: readonly string[], hunks: { addToNothing: boolean; leaveNothing: boolean }): Told {
  const value: Value = (prefix) => headers.find((line) => line.startsWith(prefix))?.slice(prefix.length);
  const git = gitNames(value('diff --git '));
  const isGit = value('diff --git ') !== undefined;
  const sides = sidesOf(headers, value);
  const names = namesOf(headers, value, sides, git);
  const { before, after } = withoutPrefixes(names, git);
  // In the words of git an empty file exists; elsewhere nobody says whether it does.
  const isPlain = !isGit && before === names.before && after === names.after;
  const created =
    value('new file ') !== undefined ||
    isNowhere(sides.before) ||
    isFirstOfSvn(sides.before) ||
    (isPlain && hunks.addToNothing);
  const deleted = value('deleted file ') !== undefined || isNowhere(sides.after) || (isPlain && hunks.leaveNothing);
  const from = unquoted(value('rename from ') ?? value('copy from ')) ?? before;
  const to = unquoted(value('rename to ') ?? value('copy to ')) ?? after;
  return {
    ...(from === undefined || from === NOWHERE || (created && !deleted) ? {} : { before: from }),
    ...(to === undefined || to === NOWHERE || (deleted && !created) ? {} : { after: to }),
    ...movedBy(value),
    ...modesOf(value),
    ...(headers.some((line) => BINARY.test(line)) ? { binary: true } : {}),
  };
}

/** The rest of the first header line that begins so. */
type Value = (prefix: string) => string | undefined;

const BINARY = /^(?:Binary files |GIT binary patch|Cannot display: file marked as a binary)/;

function movedBy(value: Value): Told {
  const renamed = value('rename from ') !== undefined;
  const copied = value('copy from ') !== undefined;
  const percent = /^(\d{1,3})%/.exec(value('similarity index ') ?? '')?.[1];
  return {
    ...(renamed ? { moved: 'renamed' } : copied ? { moved: 'copied' } : {}),
    ...(percent === undefined ? {} : { similarity: Number(percent) }),
  };
}

/** Only what the header says of modes in words: `index 0123..4567 100644` is no news. */
function modesOf(value: Value): Told {
  const mode = (prefix: string): string | undefined => /^[0-7]{6}(?=\s|$)/.exec(value(prefix) ?? '')?.[0];
  const before = mode('deleted file mode ') ?? mode('old mode ');
  const after = mode('new file mode ') ?? mode('new mode ');
  return {
    ...(before === undefined ? {} : { beforeMode: before }),
    ...(after === undefined ? {} : { afterMode: after }),
  };
}

/** What stands behind `---` and `+++`, or behind the stars and dashes of a context diff. */
function sidesOf(headers: readonly string[], value: Value): Names {
  const at = headers.findIndex((line) => line.startsWith('*** '));
  const after = headers[at + 1];
  if (at !== -1 && after?.startsWith('--- ')) return { before: headers[at]?.slice(4), after: after.slice(4) };
  return { before: value('--- '), after: value('+++ ') };
}

/** The names by the first lines that give them. What has one name has it on both sides. */
function namesOf(headers: readonly string[], value: Value, sides: Names, git: Names): Names {
  const told: Names[] = [
    { before: nameOf(sides.before), after: nameOf(sides.after) },
    git,
    onBothSides(unquoted(value('diff --cc ') ?? value('diff --combined '))),
    binaryNames(value('Binary files ')),
    onBothSides(value('Index: ')?.trim()),
    bazaarNames(headers),
    onBothSides(value('Property changes on: ')?.trim()),
    onlyInNames(value('Only in ')),
    commandNames(headers),
  ];
  return {
    before: told.find((names) => names.before !== undefined)?.before,
    after: told.find((names) => names.after !== undefined)?.after,
  };
}

function onBothSides(name: string | undefined): Names {
  return { before: name, after: name };
}

/** A time or a revision that no file has: it is the other side of a file that is new, or gone. */
const NEVER =
  /\t(?:1970-01-01|1969-12-31|(?:Thu, )?0?1 Jan 1970|Thu Jan {1,2}0?1 \d\d:\d\d:\d\d 1970|Wed Dec 31 \d\d:\d\d:\d\d 1969)|\(nonexistent\)\s{0,8}$/;

function isNowhere(side: string | undefined): boolean {
  if (side === undefined) return false;
  return nameOf(side) === NOWHERE || NEVER.test(side);
}

/** `svn` writes revision 0 on both sides of a file that is new. */
function isFirstOfSvn(before: string | undefined): boolean {
  return /\(revision 0\)\s{0,8}$/.test(before ?? '');
}

/** What stands behind a name: a tab or, where tabs were lost, a date or a revision. */
const BEHIND_NAME =
  /\t.*$|\s{1,8}(?:\d{4}-\d\d-\d\d(?: \d\d:\d\d.{0,40})?|(?:\d{1,2} )?(?:[A-Z][a-z]{2},? ){1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d.{0,40}|\d{1,2} [A-Z][a-z]{2} \d{4} .{0,40}|\((?:revision \d+|working copy|nonexistent|\.\.\..{0,80})\).{0,20})$/s;

/** `tea.c\t2023-07-06 ...`, `"tea/caf\303\251.c"`. */
function nameOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return unquoted(value.replace(BEHIND_NAME, '').trimEnd());
}

/** `a/tea.c b/tea.c`: both names are the same but for renames, which say so themselves; so the middle is where to cut. */
function gitNames(value: string | undefined): Names {
  if (value === undefined) return {};
  const trimmed = value.trimEnd();
  const quoted = /^("(?:[^"\\]|\\.){0,4000}") (.*)$/s.exec(trimmed);
  if (quoted) return { before: unquoted(quoted[1]), after: unquoted(quoted[2]) };
  const second = trimmed.indexOf(' "');
  if (second !== -1 && trimmed.endsWith('"'))
    return { before: trimmed.slice(0, second), after: unquoted(trimmed.slice(second + 1)) };
  const middle = (trimmed.length - 1) / 2;
  const cut = trimmed.charAt(middle) === ' ' ? middle : trimmed.indexOf(' b/');
  return cut < 1 ? {} : { before: trimmed.slice(0, cut), after: trimmed.slice(cut + 1) };
}

function binaryNames(value: string | undefined): Names {
  // GNU diff has been seen to say the first two words twice.
  const match = /^(?:Binary files )?(.{1,500}) and (.{1,500}) differ$/.exec(value?.trimEnd() ?? '');
  return match ? { before: unquoted(match[1]), after: unquoted(match[2]) } : {};
}

/** `Only in a/tea: pot.c`; on which side that is can only be said where the name of the folder says it. */
function onlyInNames(value: string | undefined): Names {
  const match = /^(.{1,300}?): (.{1,300})$/.exec(value?.trimEnd() ?? '');
  if (!match) return {};
  const name = `${match[1]}/${match[2]}`;
  const root = name.split('/')[0] ?? '';
  if (/^(?:b|new)$|[.-]new$/.test(root)) return { before: NOWHERE, after: name };
  return /^(?:a|old|orig)$|[.-](?:orig|old)$/.test(root) ? { before: name, after: NOWHERE } : {};
}

/** `=== renamed file 'tea.c' => 'pot.c'` */
function bazaarNames(headers: readonly string[]): Names {
  const line = headers.find((one) => one.startsWith('=== ')) ?? '';
  const match = /^=== (\w+) \w+ '([^']{1,500})'(?: => '([^']{1,500})')?/.exec(line);
  if (!match) return {};
  return {
    before: match[1] === 'added' ? NOWHERE : match[2],
    after: match[1] === 'removed' ? NOWHERE : (match[3] ?? match[2]),
  };
}

/** `diff -u tea.c.orig tea.c`, or of Mercurial `diff -r 0123456789ab tea.c`: the last words, when no other line has names. */
function commandNames(headers: readonly string[]): Names {
  const words = (headers.find((line) => /^diff -(?!-)/.test(line)) ?? '').trimEnd().split(' ');
  const after = words.at(-1);
  const before = words.at(-2);
  if (words.length < 3 || after === undefined || before === undefined) return {};
  return /^[\da-f]{12}$/.test(before) || before.startsWith('-') ? onBothSides(after) : { before, after };
}

/** What git puts before the names of the two sides besides `a/` and `b/`: index, work tree, commit, object, and two folders. */
const PREFIXES = /^[abciow12]\/(?=.)/;

/**
 * Takes off `a/` and `b/`, and other prefixes where both sides have different ones before the same name, as in a diff that was turned around.
 * Names that are written alike on both sides have no prefix, whatever they begin with.
 */
function withoutPrefixes({ before, after }: Names, git: Names): Names {
  if (before !== undefined && before === after) return { before, after };
  if (git.before !== undefined && git.before === git.after) return { before, after };
  const isPair = before !== undefined && after !== undefined && PREFIXES.test(before) && PREFIXES.test(after);
  if (isPair && before.slice(2) === after.slice(2)) return { before: before.slice(2), after: after.slice(2) };
  return {
    before: before?.startsWith('a/') ? before.slice(2) : before,
    after: after?.startsWith('b/') ? after.slice(2) : after,
  };
}
