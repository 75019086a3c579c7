import { type DiffFile, type FootnoteReference, type MailNode, type MailParent, type Position, walk } from '#mailast';
import { type BodyLines, messageIdInUrl } from '#reading';
import { changesOf } from '../changes.ts';
import type { Page } from '../reading.ts';

/** All lines and columns are of the body's text, from 1. */
export interface QuoteAnswer {
  depth: number;
  firstLine: number;
  lastLine: number;
  speaker?: string;
  /** Where the first of its lines that could be traced was said. */
  from?: { key: string; line: number };
  /** Which of its own lines were said where, those of deeper quotes apart: line `firstLine + n` is line `from.line + n` there. */
  traced?: { firstLine: number; lastLine: number; from: { key: string; line: number } }[];
  /** Lines whose words are not those that were said. */
  altered?: { line: number; was: string; now: string }[];
  /** The quote was found in a mail of the speaker, whom nobody names, or somebody else is named. */
  speakerBy?: 'provenance';
  /** Whom the attribution names, where the quote was found in somebody else's mail. */
  attributed?: string;
  /** The end of the quoted line above, which a mailer wrapped to a line without a mark; it only seems so. */
  rewrapped?: true;
}

export interface TrailerAnswer {
  token: string;
  value: string;
  line: number;
  depth: number;
}

export interface DiffAnswer {
  before?: string;
  after?: string;
  added: number;
  removed: number;
  hunks: number;
  binary?: boolean;
  line: number;
  depth: number;
  damaged?: string;
}

export interface LinkAnswer {
  kind: 'url' | 'message' | 'commit' | 'footnote';
  /** A URL, a Message-ID, a hash; of a footnote the `line:column` of its definition, absent when there is none. */
  target?: string;
  text: string;
  line: number;
  column: number;
  /** Of a footnote: `cut-off` when the quote lost its definition. */
  state?: 'defined' | 'cut-off' | 'undefined';
}

export interface Findings {
  quotes: QuoteAnswer[];
  trailers: TrailerAnswer[];
  diffs: DiffAnswer[];
  links: LinkAnswer[];
}

/** What stands where in the body of a message, in one walk over its tree. */
export function findingsOf(page: Page, body: BodyLines): Findings {
  const found: Findings = { quotes: [], trailers: [], diffs: [], links: [] };
  const lastDiffs: LastDiffs = new Map();
  walk(page.message.tree, (node, parents) => {
    if (node.type === 'header' || node.type === 'furniture') return 'skip';
    if (node.type === 'diffFile')
      addDiff(found.diffs, lastDiffs, node, body.point(node.position.start.offset)?.line, depthOf(parents));
    collect(found, page, body, node, parents);
    return undefined;
  });
  return found;
}

function collect(found: Findings, page: Page, body: BodyLines, node: MailNode, parents: readonly MailParent[]): void {
  const start = body.point(node.position.start.offset);
  if (!start) return;
  const { line } = start;
  switch (node.type) {
    case 'quote': {
      const speaker = page.voices.quotes.get(node);
      const quote = { depth: node.depth, firstLine: line, lastLine: lastLine(body, node.position) ?? line };
      found.quotes.push(speaker === undefined ? quote : { ...quote, speaker });
      break;
    }
    case 'paragraph': {
      const torn = page.voices.tails.get(node);
      const speaker = torn && page.voices.quotes.get(torn);
      if (torn)
        found.quotes.push({
          depth: torn.depth,
          firstLine: line,
          lastLine: line,
          ...(speaker === undefined ? {} : { speaker }),
          rewrapped: true,
        });
      break;
    }
    case 'trailer':
      found.trailers.push({ token: node.token, value: node.value, line, depth: depthOf(parents) });
      break;
    case 'link': {
      const id = messageIdInUrl(node.url);
      const link =
        id === undefined ? { kind: 'url' as const, target: node.url } : { kind: 'message' as const, target: id };
      found.links.push({ ...link, text: node.value, ...start });
      break;
    }
    case 'messageReference':
      found.links.push({ kind: 'message', target: node.messageId, text: node.value, ...start });
      break;
    case 'commitReference':
      found.links.push({ kind: 'commit', target: node.hash, text: node.value, ...start });
      break;
    case 'footnoteReference':
      found.links.push({ kind: 'footnote', text: node.value, ...start, ...footnoteOf(page, body, node) });
      break;
  }
}

function depthOf(parents: readonly MailParent[]): number {
  return parents.findLast((parent) => parent.type === 'quote')?.depth ?? 0;
}

function lastLine(body: BodyLines, { end }: Position): number | undefined {
  return body.point(end.offset)?.line;
}

/** The file that was found last at each depth. */
type LastDiffs = Map<number, DiffAnswer>;

/** A file that goes on behind somebody's words is one with the file above it at the same depth. */
function addDiff(diffs: DiffAnswer[], last: LastDiffs, file: DiffFile, line: number | undefined, depth: number): void {
  if (line === undefined) return;
  const above = file.continues ? last.get(depth) : undefined;
  if (!above) {
    const diff = { ...diffOf(file), line, depth };
    last.set(depth, diff);
    diffs.push(diff);
    return;
  }
  const { added, removed, hunks, damaged } = diffOf(file);
  above.added += added;
  above.removed += removed;
  above.hunks += hunks;
  if (damaged !== undefined) above.damaged ??= damaged;
}

/** Counts what the hunks hold; a damaged one says why in the words of its first complaint. */
function diffOf(file: DiffFile): Omit<DiffAnswer, 'line' | 'depth'> {
  const hunks = file.children.filter((child) => child.type === 'hunk');
  const damaged = hunks.find((hunk) => hunk.damaged !== undefined)?.damaged;
  return {
    ...(file.before === undefined ? {} : { before: file.before }),
    ...(file.after === undefined ? {} : { after: file.after }),
    ...changesOf(file),
    hunks: hunks.filter((hunk) => !hunk.continues).length,
    ...(file.binary === undefined ? {} : { binary: file.binary }),
    ...(damaged === undefined ? {} : { damaged }),
  };
}

function footnoteOf(page: Page, body: BodyLines, node: FootnoteReference): Pick<LinkAnswer, 'target' | 'state'> {
  const target = page.footnotes.get(node);
  if (target?.state !== 'defined') return { state: target?.state ?? 'undefined' };
  const place = body.point(target.definition.position.start.offset);
  return place ? { target: `${place.line}:${place.column}`, state: 'defined' } : { state: 'defined' };
}
