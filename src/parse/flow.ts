import type { Flow, Quote, Span } from '#mailast';
import { attribution } from './blocks/attribution.ts';
import { diff } from './blocks/diff/diff.ts';
import { DiffMemory } from './blocks/diff/memory.ts';
import { passWords } from './blocks/diff/words-between.ts';
import { diffstat } from './blocks/diffstat.ts';
import { divider } from './blocks/divider.ts';
import { footnote } from './blocks/footnote.ts';
import { heading } from './blocks/heading.ts';
import { listing } from './blocks/listing.ts';
import { paragraph } from './blocks/paragraph.ts';
import { rangeDiff } from './blocks/range-diff.ts';
import { signature } from './blocks/signature.ts';
import { trailers } from './blocks/trailers.ts';
import type { Construct, Run } from './construct.ts';
import { MOST_QUOTES } from './limits.ts';
import { DEEPEST, type LineHeads } from './line-heads.ts';
import type { Placing } from './placing.ts';

/** The grammar: the first construct that reads something has it. `paragraph` reads anything. */
const CONSTRUCTS: readonly Construct[] = [
  diff,
  diffstat,
  rangeDiff,
  signature,
  heading,
  divider,
  trailers,
  footnote,
  attribution,
  listing,
  paragraph,
];

interface Open {
  depth: number;
  children: Flow[];
  quote?: Quote;
}

/** Reads lines [from, to) into flow: a stack of open quotes, and in each the constructs. Linear in the lines. */
export function readFlow(heads: LineHeads, lines: Span, placing: Placing): Flow[] {
  const root: Open = { depth: 0, children: [] };
  const open: Open[] = [root];
  const diffs = new DiffMemory();
  let quotes = 0;
  for (let line = lines.start; line < lines.end; ) {
    const depth = Math.min(heads.depth(line), quotes < MOST_QUOTES ? DEEPEST : 1);
    closeDeeperThan(open, depth);
    if (heads.blank(line)) {
      line++;
      continue;
    }
    quotes += Math.max(0, depth - (open.at(-1)?.depth ?? 0) - 1);
    openUpTo(open, depth, line, heads, placing);
    const to = runEnd(heads, line, lines.end);
    const target = open.at(-1) ?? root;
    const run: Run = { heads, from: line, to, limit: lines.end, depth: heads.depth(line), placing, diffs };
    const reached = readRun(run, target.children);
    const end = target.children.at(-1)?.position.end;
    if (end) for (const { quote } of open) if (quote) quote.position.end = end;
    line = Math.max(to, reached);
  }
  diffs.closeAll();
  return root.children;
}

function closeDeeperThan(open: Open[], depth: number): void {
  while ((open.at(-1)?.depth ?? 0) > depth) open.pop();
}

function openUpTo(open: Open[], depth: number, line: number, heads: LineHeads, placing: Placing): void {
  for (let next = (open.at(-1)?.depth ?? 0) + 1; next <= depth; next++) {
    const start = heads.mark(line, next);
    const quote: Quote = {
      type: 'quote',
      depth: next,
      position: placing.position(start, heads.end(line)),
      children: [],
    };
    open.at(-1)?.children.push(quote);
    open.push({ depth: next, children: quote.children, quote });
  }
}

/** Lines of the same true depth stand together, empty ones too. */
function runEnd(heads: LineHeads, line: number, limit: number): number {
  const depth = heads.depth(line);
  let to = line + 1;
  while (to < limit && heads.depth(to) === depth) to++;
  return to;
}

/** Adds what the run holds to `children`; gives the first line behind what was read. */
function readRun(run: Run, children: Flow[]): number {
  let line = run.from;
  while (line < run.to) {
    if (run.heads.blank(line)) {
      line++;
      continue;
    }
    for (const construct of CONSTRUCTS) {
      const found = construct.read(run, line);
      if (!found) continue;
      children.push(found.node);
      passWords(run, found.node, line, found.next);
      line = found.next;
      break;
    }
  }
  return line;
}
