import { fieldColon, isKnownField, lineEnd } from '../header.ts';
import { fromLineAt } from './from-line.ts';

/** A message that begins inside a text that no `From ` line divides; `start` is its header, or a `From ` line above it. */
export interface UnmarkedStart {
  start: number;
  marked: boolean;
}

/**
 * Where the next message begins in a text that did not begin as a mailbox: at a `From ` line, or at a whole header in the middle of the text.
 * A header is whole when it names sender, date and Message-ID and an empty line ends it; it stands behind an empty line, or holds what a server
 * wrote. A header that the text above announces (a forwarded mail, "the headers were:") is quoted and begins nothing, and so is everything before the
 * last line of the parts of a mail. `from` is the start of a body. One pass.
 */
export function nextUnmarked(text: string, from: number, boundary: string | undefined): UnmarkedStart | undefined {
  let open = boundary === undefined ? undefined : `--${boundary}--`;
  let block: HeaderBlock | undefined;
  let above: LineAbove = { empty: true, announces: false };
  for (let at = from; at < text.length; ) {
    const [end, next] = lineEnd(text, at, text.length);
    const closes = open !== undefined && text.startsWith(open, at);
    if (closes) open = undefined;
    else if (open !== undefined) block = undefined;
    else if (end === at) {
      if (block?.isWhole()) return { start: block.start, marked: false };
      block = undefined;
    } else if (isFromLine(text, at, end)) return { start: at, marked: true };
    else block = blockWith(text, at, end, block, above);
    if (end > at) above = { empty: false, announces: !closes && announces(text, at, end) };
    else above.empty = true;
    at = next;
  }
  return block?.isWhole() ? { start: block.start, marked: false } : undefined;
}

function isFromLine(text: string, at: number, end: number): boolean {
  if (!text.startsWith('From ', at) || fromLineAt(text, at) !== 'dated') return false;
  // A header of one known field may be text; a mail has more.
  let known = 0;
  for (let line = lineEnd(text, end, text.length)[1]; line < text.length && known < 2; ) {
    const [lineStop, next] = lineEnd(text, line, text.length);
    const colon = fieldColon(text, line, lineStop);
    if (colon === -1 && !/[ \t]/.test(text.charAt(line))) return false;
    if (colon !== -1 && isKnownField(text.slice(line, colon).trim())) known++;
    line = next;
  }
  return known >= 2;
}

/** The nearest line above that holds something, and whether an empty one stands between. */
interface LineAbove {
  empty: boolean;
  announces: boolean;
}

/** The header block that a line belongs to, when it belongs to one. */
function blockWith(
  text: string,
  at: number,
  end: number,
  block: HeaderBlock | undefined,
  above: LineAbove,
): HeaderBlock | undefined {
  if (/[ \t]/.test(text.charAt(at))) return block;
  const colon = fieldColon(text, at, Math.min(end, at + 100));
  if (colon === -1) return undefined;
  const name = text.slice(at, colon).trimEnd();
  if (!block && !(isKnownField(name) && /^[A-Z]|-/.test(name))) return undefined;
  const mine = block ?? new HeaderBlock(at, above);
  mine.add(name.toLowerCase());
  return mine;
}

const SERVER =
  /^(?:received|return-path|delivered-to|mime-version|dkim-signature|list-id|x-mailing-list|content-type)$/;

class HeaderBlock {
  readonly start: number;
  #above: LineAbove;
  #missing = new Set(['from', 'date', 'message-id']);
  #served = false;

  constructor(start: number, above: LineAbove) {
    this.start = start;
    this.#above = above;
  }

  add(name: string): void {
    this.#missing.delete(name);
    if (SERVER.test(name)) this.#served = true;
  }

  isWhole(): boolean {
    return this.#missing.size === 0 && !this.#above.announces && (this.#above.empty || this.#served);
  }
}

/** A line that says that another mail follows. At most 300 units of it are read. */
function announces(text: string, at: number, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last === COLON || last === DASH) return true;
  const first = text.charCodeAt(at);
  if (first !== DASH && first !== LOWER_B && first !== UPPER_B) return false;
  return /^-{2,}\s?\S|^begin forwarded/i.test(text.slice(at, Math.min(end, at + 300)));
}

const [COLON, DASH, UPPER_B, LOWER_B] = [58, 45, 66, 98];
