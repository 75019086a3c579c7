import type { DiffFile } from '#mailast';

type Paths = Pick<DiffFile, 'before' | 'after' | 'binary'>;

/**
 * The two names of a file from the header lines of its diff: `---` and `+++` first, then renames, then `diff --git`. They are labels:
 * never opened as they are.
 */
export function pathsOf(headers: readonly string[]): Paths {
  const find = (prefix: string): string | undefined =>
    headers.find((line) => line.startsWith(prefix))?.slice(prefix.length);
  const git = gitPaths(find('diff --git '));
  const created = headers.some((line) => line.startsWith('new file '));
  const deleted = headers.some((line) => line.startsWith('deleted file '));
  const index = find('Index: ')?.trim();
  const before = sideOf(find('--- '), 'a/') ?? label(find('rename from ') ?? find('copy from ')) ?? git.before ?? index;
  const after = sideOf(find('+++ '), 'b/') ?? label(find('rename to ') ?? find('copy to ')) ?? git.after ?? index;
  const paths: Paths = {};
  if (before !== undefined && before !== NOWHERE && !created) paths.before = before;
  if (after !== undefined && after !== NOWHERE && !deleted) paths.after = after;
  if (headers.some((line) => line.startsWith('Binary files ') || line.startsWith('GIT binary patch')))
    paths.binary = true;
  return paths;
}

const NOWHERE = '/dev/null';

/** `a/tea.c\t2023-07-06 ...`: a tab ends the name, the side's prefix is no part of it. */
function sideOf(value: string | undefined, prefix: string): string | undefined {
  if (value === undefined) return undefined;
  const name = label(value.split('\t')[0]?.trimEnd());
  return name?.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** `"tea/caf\303\251.c"`: git quotes names with C escapes; octal ones are bytes of UTF-8. */
function label(value: string | undefined): string | undefined {
  if (value === undefined || !/^".*"$/.test(value)) return value;
  const escaped = value.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => {
    if (/^[0-7]{3}$/.test(code)) return `%${Number.parseInt(code, 8).toString(16).padStart(2, '0')}`;
    return encodeURIComponent(PLAIN_ESCAPES[code] ?? code);
  });
  try {
    return decodeURIComponent(escaped.replace(/%(?![0-9a-fA-F]{2})/g, '%25'));
  } catch {
    return value;
  }
}

const PLAIN_ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** `a/tea.c b/tea.c`: both names are the same but for renames, which say so themselves; so the middle is where to cut. */
function gitPaths(value: string | undefined): { before?: string; after?: string } {
  if (value === undefined) return {};
  if (value.startsWith('"')) {
    const both = /^("(?:[^"\\]|\\.){0,2000}") ("?.*)$/.exec(value);
    return both ? sides(both[1], both[2]) : {};
  }
  const middle = (value.length - 1) / 2;
  if (value.charAt(middle) === ' ') return sides(value.slice(0, middle), value.slice(middle + 1));
  const cut = value.indexOf(' b/');
  return cut === -1 ? {} : sides(value.slice(0, cut), value.slice(cut + 1));
}

function sides(before: string | undefined, after: string | undefined): { before?: string; after?: string } {
  const a = sideOf(before, 'a/');
  const b = sideOf(after, 'b/');
  return { ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) };
}
