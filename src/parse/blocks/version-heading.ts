import type { Run } from '../construct.ts';

/** No such line is longer; what is longer is a sentence. */
const MOST_UNITS = 80;

const VERSION = /^(?:rfc|patch|rfc-?patch|resend)?-?v?\d{1,3}(?:\.\d{1,2})?$|^rfc$/;
const ARROW = /^(?:-{1,2}>|=>|\.{2,3}|\u2192|-|\/|vs\.?)$/;
const WORDS = new Set(
  "change changes changelog changelogs log history revision revisions version versions diff differences delta since from to in for between and of new patch patchset rfc resend rebase rebased posting post series last previous prior first the with this what's what changed update updates updated compared note notes on initial".split(
    ' ',
  ),
);
/** Enough without a number: `Changelog:`, `Version history:`. */
const ALONE = /^(?:change ?log|changes|(?:revision|version|patch|change) (?:history|log)|history)$/;

/**
 * A line that says of which version the changes below are.
 *
 *     Changes in v3:      v2 -> v3      Changes since v1 [1]:      v2 (3 Jul 2023):      Changelog:
 */
export function isVersionHeading(run: Run, line: number): boolean {
  const own = run.heads.own(line);
  const start = own.charCodeAt(0);
  if (own.length > MOST_UNITS || !FIRST.test(own.slice(0, 12))) return false;
  const trimmed = own.trim();
  const colon = trimmed.endsWith(':');
  const said = trimmed
    .replace(/:$/, '')
    .replace(/[[(][^[\]()]{0,40}[\])]$/, '')
    .trim()
    .toLowerCase();
  if (!isSaid(said)) return false;
  // Without a colon only a list below tells it from a word that stands alone; an indented line is a part of some list.
  return (colon && start !== SPACE && start !== TAB) || itemFollows(run, line + 1);
}

const FIRST =
  /^[-*\s[]{0,3}(?:[vV]\d|[iI]n v|[cC]hange|CHANGE|[rR]evision|[vV]ersion|[hH]istory|[sS]ince|[dD]iff|[dD]elta|[nN]ew|[wW]hat|RFC|PATCH|[uU]pdate)/;
const SPACE = 32;
const TAB = 9;

function isSaid(said: string): boolean {
  const plain = said.replace(/^[-*\s[]{1,3}/, '').replace(/[\]:]$/, '');
  if (ALONE.test(plain)) return true;
  const words = plain.split(/\s+|(?<=\w)(?=->|=>|\.\.|\u2192)|(?<=->|=>|\.\.|\u2192)(?=\w)/);
  let numbered = 0;
  for (const word of words) {
    if (VERSION.test(word)) numbered++;
    else if (!WORDS.has(word.replace(/[,;]$/, '')) && !ARROW.test(word)) return false;
  }
  const relative = /^(?:changes?|changelog|diff[a-z]{0,10}) (?:since|from|to) /.test(plain);
  return (numbered > 0 || relative) && words.length <= 10 && /[vV]\d|rfc|version|revision|change|patch/.test(plain);
}

/** Whether the next line that is not empty is an item of a list, or indented. */
function itemFollows(run: Run, line: number): boolean {
  const below = line < run.to && run.heads.blank(line) ? line + 1 : line;
  return below < run.to && /^(?:[ \t]{1,40}\S|[-*+o]\s|\d{1,2}[.)]\s)/.test(run.heads.own(below).slice(0, 60));
}
