import type { Construct, Run } from '../construct.ts';

/**
 * Lines whose columns matter: code, a call tree, a table. A block is one when at least half of its lines are indented, and
 * the first is indented too or is a single name.
 *
 *     kettle_boil
 *         fill()            // 1. water
 *         heat()
 */
export const listing: Construct = {
  name: 'listing',
  read(run, line) {
    if (!beginsBlock(run, line)) return undefined;
    let to = line;
    while (to < run.to && !run.heads.blank(to)) to++;
    if (!isListing(run, line, to)) return undefined;
    return {
      node: { type: 'listing', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: to,
    };
  },
};

/** A listing begins behind an empty line or a heading. Looking only there keeps the cost linear. */
function beginsBlock(run: Run, line: number): boolean {
  return line === run.from || run.heads.blank(line - 1) || run.afterHeading === line;
}

function indentation(line: string): number {
  let width = 0;
  for (const sign of line) {
    if (sign === '\t') width += 8;
    else if (sign === ' ') width++;
    else break;
  }
  return width;
}

const ITEM = /^\s{0,12}(?:[-*+o]|\(?[0-9a-zA-Z]{1,2}[.)])\s{1,8}/;

function isListing(run: Run, from: number, to: number): boolean {
  const first = run.heads.own(from).slice(0, 400);
  // A paragraph with a hanging indent behind its bullet or number is prose.
  if (ITEM.test(first)) return false;
  let indented = 0;
  let least = Number.POSITIVE_INFINITY;
  let deepest = 0;
  for (let line = from; line < to; line++) {
    const width = indentation(run.heads.own(line).slice(0, 400));
    if (width >= 2) indented++;
    least = Math.min(least, width);
    deepest = Math.max(deepest, width);
  }
  if (indented * 2 < to - from) return false;
  const openedByName = indentation(first) < 2 && /^\S{1,80}$/.test(first.trimEnd());
  if (openedByName) return true;
  return indentation(first) >= 2 && (least >= 4 || deepest > least || looksLikeCode(first));
}

function looksLikeCode(line: string): boolean {
  return /[;{}]|\(\)|->|^\s*#|=/.test(line);
}
