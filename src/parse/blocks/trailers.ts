import type { Trailer } from '#mailast';
import type { Construct, Run } from '../construct.ts';

/**
 * A block of trailers, with continuation lines and bracketed notes between them.
 *
 *     Signed-off-by: Ada Example <ada@example.org>
 *     [ben: reworded the log]
 *     Fixes: 0123456789ab ("tea: warm the pot")
 */
export const trailers: Construct = {
  name: 'trailers',
  read(run, line) {
    const children: Trailer[] = [];
    let next = line;
    let last = line;
    while (next < run.to && !run.heads.blank(next)) {
      const own = run.heads.own(next);
      const token = trailerToken(own);
      if (token) children.push(trailer(run, next, token));
      else if (children.length > 0 && isContinuation(own)) extend(run, children, next);
      else if (!(children.length > 0 && isNote(own) && trailerFollows(run, next + 1))) break;
      next++;
      last = next;
    }
    if (children.length === 0) return undefined;
    return { node: { type: 'trailers', children, position: run.placing.span(line, last) }, next: last };
  },
};

/** An indented line, or an address that a mailer has pushed to the next line. */
function isContinuation(line: string): boolean {
  return /^(?:[ \t]{1,40}\S|<[^<>\s]{1,200}>\s{0,8}$)/.test(line.slice(0, MOST_UNITS));
}

/** `[ben: reworded the log]` between two trailers. */
function isNote(line: string): boolean {
  return line.length <= MOST_UNITS && line.startsWith('[');
}

/** How much of a line is looked at. */
const MOST_UNITS = 400;

const KNOWN =
  /^(?:fixes|link|links|closes|cc|change-id|buglink|bug|ref|references|debugged|depends-on|based-on|base-commit|patchset|message-id)$/i;

/** The token of a trailer line, or nothing. `Note: this` is prose: only known tokens and `...-by` count. */
export function trailerToken(line: string): string | undefined {
  if (!line.slice(0, 64).includes(':')) return undefined;
  const match = /^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*\S/.exec(line.slice(0, MOST_UNITS));
  const token = match?.[1];
  if (token === undefined) return undefined;
  return /-by$/i.test(token) || KNOWN.test(token) ? token : undefined;
}

function trailer(run: Run, line: number, token: string): Trailer {
  const value = run.heads
    .own(line)
    .slice(token.length + 1)
    .trim();
  return { type: 'trailer', token, value, position: run.placing.span(line, line + 1) };
}

function extend(run: Run, children: Trailer[], line: number): void {
  const last = children.at(-1);
  if (!last) return;
  last.value = `${last.value} ${run.heads.own(line).trim()}`;
  last.position = { start: last.position.start, end: run.placing.span(line, line + 1).end };
}

function trailerFollows(run: Run, line: number): boolean {
  return line < run.to && trailerToken(run.heads.own(line)) !== undefined;
}
