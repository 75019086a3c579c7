import type { Construct, Found, Run } from '../construct.ts';
import { fenceEnd } from './fence.ts';
import { proseEnd } from './interrupting.ts';

/**
 * Lines whose columns matter: code, a call tree, a table, a kernel log.
 *
 *     kettle_boil
 *         fill()            // 1. water
 *         heat()
 *
 *     [   12.345678] kettle: dry
 *
 *     ```c
 *     boil(kettle);
 *     ```
 */
export const listing: Construct = {
  name: 'listing',
  read(run, line) {
    const fenced = fenceEnd(run, line);
    if (fenced !== undefined) return listingAt(run, line, fenced);
    // What is not read here is read as a paragraph of the same lines, so the cost stays linear.
    const to = proseEnd(run, line);
    if (!isListing(run, line, to)) return undefined;
    return listingAt(run, line, to);
  },
};

function listingAt(run: Run, line: number, to: number): Found {
  return {
    node: { type: 'listing', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
    next: to,
  };
}

/** How much of a line is looked at. */
const MOST_UNITS = 400;
const ITEM = /^\s{0,12}(?:[-*+o]|\(?[0-9a-zA-Z]{1,2}[.)])\s{1,8}\S/;
const ROW = /^\s{0,8}(?:\|.{0,380}\||\+[-=+]{3,200}\+?)\s{0,8}$/;
const LOG = /^\s{0,8}\[\s{0,8}\d{1,8}\.\d{6}\]/;
/** A statement's end, perhaps with a comment behind it; a comment; a preprocessor line; a keyword with its condition. */
const CODE =
  /[;{}]\s{0,8}(?:\/[*/].{0,200})?$|^\s{0,40}(?:\/[*/]|\*\/|#\s?(?:if|define|include|endif))|^\s{0,40}(?:\}\s)?(?:else|if|while|for|switch|return|case)\b.{0,200}[()]$|^\s{0,40}(?:\} )?else$/;

interface Shape {
  lines: number;
  indented: number;
  items: number;
  /** Rows of a table, lines of a log, lines of code. */
  telling: number;
  least: number;
  deepest: number;
}

function shapeOf(run: Run, from: number, to: number): Shape {
  const shape: Shape = { lines: to - from, indented: 0, items: 0, telling: 0, least: Infinity, deepest: 0 };
  for (let line = from; line < to; line++) {
    const own = run.heads.own(line).slice(0, MOST_UNITS);
    const width = indentation(own);
    if (width >= 2) shape.indented++;
    if (ITEM.test(own)) shape.items++;
    if (ROW.test(own) || LOG.test(own) || CODE.test(own)) shape.telling++;
    shape.least = Math.min(shape.least, width);
    shape.deepest = Math.max(shape.deepest, width);
  }
  return shape;
}

function isListing(run: Run, from: number, to: number): boolean {
  const first = run.heads.own(from).slice(0, MOST_UNITS);
  const { lines, indented, items, telling, least, deepest } = shapeOf(run, from, to);
  if (telling * 2 > lines && (lines > 1 || indented > 0)) return true;
  // Bullets and numbers with a hanging indent are prose; ` * ` inside a comment of C is not a bullet.
  if (ITEM.test(first) || (items > 0 && telling === 0)) return false;
  if (indented * 2 < lines) return false;
  const width = indentation(first);
  if (width < 2) return lines > 1 && /^\S{1,80}$/.test(first.trimEnd());
  return least >= 4 || deepest > least || telling > 0 || /\(\)|->|=/.test(first);
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
