import type { BodyLine } from '#reading';
import type { PlacedComplaint } from '../complaints.ts';
import type { Page, Reading } from '../reading.ts';
import { draftOf } from './draft-mail.ts';
import { isAddress } from './names.ts';

/** Columns of a line of one's own words. */
export const DRAFT_COLUMNS = 72;
/** Octets of a line of a mail (RFC 5322, 2.1.1). */
export const MOST_OCTETS = 998;

/** Words of one's own. Quotes, patches, trailers, tables and code keep the lines that they have. */
const PROSE = new Set<BodyLine['kind']>(['text', 'heading', 'footnote']);

/** What is wrong with an answer that is being written, at its places; nothing for any other text. */
export function draftProblems(reading: Reading): PlacedComplaint[] {
  const draft = draftOf(reading);
  if (!draft) return [];
  const { page, to, cc } = draft;
  return [...headProblems(page, [...to, ...cc]), ...page.body.lines.flatMap((line) => lineProblems(page, line))];
}

function headProblems(page: Page, all: readonly { name?: string; address?: string }[]): PlacedComplaint[] {
  const place = { start: page.message.span.start, end: page.message.span.start };
  const told = (ruleId: string, message: string): PlacedComplaint => ({ place, message, severity: 'warning', ruleId });
  if (all.length === 0) return [told('reply-recipient', 'Nobody gets this mail: fill in To.')];
  return all.flatMap(({ name, address }) => {
    if (address !== undefined && isAddress(address)) return [];
    const said = address ?? name ?? '';
    return [told('reply-recipient', `"${said}" is no address. Write it as name@host.example.`)];
  });
}

function lineProblems(page: Page, line: BodyLine): PlacedComplaint[] {
  const text = page.message.text.slice(line.start, line.end);
  const octets = text.length * 3 > MOST_OCTETS ? new TextEncoder().encode(text).length : 0;
  if (octets > MOST_OCTETS) {
    const message = `This line has ${octets} octets; a mail may have ${MOST_OCTETS}. Break it, or it is sent encoded.`;
    return [{ place: page.place(line), message, severity: 'warning', ruleId: 'reply-line-octets' }];
  }
  if (line.depth > 0 || !PROSE.has(line.kind)) return [];
  const cut = columnEnd(text, DRAFT_COLUMNS);
  // An address is not broken, and where there is no space there is nothing to break.
  if (cut === undefined || text.includes('://') || !/\s/.test(text.slice(0, cut).trim())) return [];
  const message = `This line is longer than ${DRAFT_COLUMNS} columns.`;
  return [
    {
      place: page.place({ start: line.start + cut, end: line.end }),
      message,
      severity: 'warning',
      ruleId: 'reply-line-columns',
    },
  ];
}

/** Where column `most` ends in a line; absent when the line ends before it. Tabs go to the next multiple of 8, wide signs take two columns. */
function columnEnd(text: string, most: number): number | undefined {
  let column = 0;
  let at = 0;
  for (const sign of text) {
    if (sign === '\t') column += 8 - (column % 8);
    else if (!/\p{M}/u.test(sign))
      column += /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\uff01-\uff60]/u.test(sign) ? 2 : 1;
    if (column > most) return at;
    at += sign.length;
  }
  return undefined;
}
