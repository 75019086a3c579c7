import type { Complaint } from '#mailast';
import { decodeOctets } from './charset.ts';
import { chooseCharset } from './charset-choice.ts';
import { CollectedOctets, type Octets } from './octets.ts';
import { base64, quotedPrintable } from './transfer.ts';
import type { ReadableText } from './way.ts';

/**
 * `=?utf-8?Q?Andr=C3=A9?=`: an encoded word of a header (RFC 2047), at most 2000 units of text. Words are read wherever they stand, also in quotes and in
 * the middle of other words, and with spaces and line ends in them, because mailers write them so.
 */
const WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,2000})\?=/g;

/** Offsets are those of the source. */
interface Word {
  charset: string;
  base64: boolean;
  start: number;
  /** What it says stands in [textStart, textEnd). */
  textStart: number;
  textEnd: number;
  end: number;
}

/**
 * Adds source [start, end) to `into` with its encoded words decoded. White space between two encoded words is nothing (RFC 2047, 6.2), and a
 * character may begin in one and end in the next. `plain` adds what is not encoded. Returns what is wrong, with its places in the source.
 */
export function decodeWords(
  text: string,
  start: number,
  end: number,
  into: ReadableText,
  plain: (start: number, end: number) => void,
): Complaint[] {
  const complaints: Complaint[] = [];
  let done = start;
  let broken = false;
  const asWritten = (to: number): void => {
    const left = broken ? undefined : unreadable(text, done, to);
    if (left) complaints.push(left);
    broken ||= left !== undefined;
    plain(done, to);
  };
  for (const run of runsOf(text, wordsIn(text, start, end))) {
    const [first] = run;
    const last = run.at(-1);
    if (!first || !last) continue;
    const between = done > start && text.slice(done, first.start).trim() === '';
    if (!between) asWritten(first.start);
    for (const complaint of decodeRun(text, run, into)) complaints.push(complaint);
    done = last.end;
  }
  asWritten(end);
  return complaints;
}

function wordsIn(text: string, start: number, end: number): Word[] {
  const value = text.slice(start, end);
  if (!value.includes('=?')) return [];
  return [...value.matchAll(WORD)].map((match) => {
    const [whole, charset = '', encoding = '', said = ''] = match;
    const wordStart = start + match.index;
    const wordEnd = wordStart + whole.length;
    const textEnd = wordEnd - 2;
    const textStart = textEnd - said.length;
    return { charset, base64: /b/i.test(encoding), start: wordStart, textStart, textEnd, end: wordEnd };
  });
}

/** Words of one charset with nothing but white space between them. */
function runsOf(text: string, words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (const word of words) {
    const last = runs.at(-1)?.at(-1);
    const follows = last && last.charset.toLowerCase() === word.charset.toLowerCase();
    if (follows && text.slice(last.end, word.start).trim() === '') runs.at(-1)?.push(word);
    else runs.push([word]);
  }
  return runs;
}

function decodeRun(text: string, run: readonly Word[], into: ReadableText): Complaint[] {
  const octets = octetsOfRun(text, run);
  const [first] = run;
  if (!first) return [];
  const { charset, complaint } = chooseCharset(first.charset, octets.units, 0, octets.units.length);
  const invalid = decodeOctets(octets, charset, into);
  const place = { start: first.textStart, end: run.at(-1)?.textEnd ?? first.textEnd };
  const found: Complaint[] = complaint ? [{ ...complaint, ...place }] : [];
  if (invalid !== -1) found.push({ ...UNREADABLE_BYTES, ...place });
  return found;
}

const UNREADABLE_BYTES: Complaint = {
  ruleId: 'encoded-word-damaged',
  reason: 'Some bytes of an encoded word are no text in its charset; each is shown as \ufffd.',
  severity: 'warning',
};

/** Words of one encoding are read as one, so that a piece that was cut in the middle of a code is whole again. */
function octetsOfRun(text: string, run: readonly Word[]): Octets {
  const into = new CollectedOctets(64);
  for (let at = 0; at < run.length; ) {
    let next = at;
    while (run[next]?.base64 === run[at]?.base64 && next < run.length) next++;
    collect(text, run.slice(at, next), into);
    at = next;
  }
  return into.finish();
}

function collect(text: string, words: readonly Word[], into: CollectedOctets): void {
  const units: string[] = [];
  const places: number[] = [];
  for (const { textStart, textEnd, base64: coded } of words) {
    for (let at = textStart; at < textEnd; at++) {
      const fold = coded ? 0 : foldAt(text, at, textEnd);
      at += fold;
      if (at >= textEnd) break;
      const unit = text.charAt(at);
      // An underscore stands for a space here and nowhere else (RFC 2047, 4.2).
      units.push(!coded && unit === '_' ? ' ' : unit);
      places.push(at);
    }
  }
  const coded = units.join('');
  const { octets } = (words[0]?.base64 ? base64 : quotedPrintable)(coded, 0, coded.length);
  const place = (index: number): number => places[index] ?? 0;
  for (let index = 0; index < octets.units.length; index++) {
    into.push(octets.units.charCodeAt(index), place(octets.start(index)), place(octets.end(index) - 1) + 1);
  }
}

/** How long the line end and the white space behind it are, if a line ends at `at`. */
function foldAt(text: string, at: number, end: number): number {
  const lineEnd = text.charAt(at) === '\n' ? 1 : text.startsWith('\r\n', at) ? 2 : 0;
  if (lineEnd === 0) return 0;
  let next = at + lineEnd;
  while (next < end && (text.charAt(next) === ' ' || text.charAt(next) === '\t')) next++;
  return next - at;
}

const BEGINNING = /=\?[^?\s]{1,60}\?[bBqQ]\?/g;

/** The first thing in [start, end) that begins like a word and is none. */
function unreadable(text: string, start: number, end: number): Complaint | undefined {
  const match = text.slice(start, end).matchAll(BEGINNING).next().value;
  if (!match) return undefined;
  const at = start + match.index;
  return {
    ruleId: 'encoded-word-unreadable',
    reason: 'An encoded word in the header is broken; it stands as it is written.',
    severity: 'warning',
    start: at,
    end: Math.min(at + match[0].length, end),
  };
}
