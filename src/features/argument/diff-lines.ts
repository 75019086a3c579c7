import type { CodeLine, LineKind } from '#reading';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { isBase64, pagesBetween } from '../terms/meanings.ts';
import type { Argument } from './argument.ts';
import { type CodeKind, type CodePiece, codePieces, isC } from './c-words.ts';

/** What a word of a mail is coloured as. `plain`: prose that only looks like a diff. */
export type ColourKind = CodeKind | 'added' | 'removed' | 'hunk' | 'header' | 'plain';

/** A line of a mail that is quoted, or part of a diff. */
export interface DiffLine {
  place: Place;
  /** Its quote marks from the outermost. */
  marks: readonly Place[];
  change?: 'added' | 'removed' | 'hunk';
  /** In order, none over another. */
  colours: readonly { place: Place; kind: ColourKind }[];
}

/** So many lines above the first one are looked at for a comment that goes on. */
const LOOK_BACK = 60;

/**
 * The quoted lines and the lines of diffs that touch [start, end) of the source. Where `threads` know where a line was said, it is what it is there: a list in
 * quoted prose is no diff. Only messages that reach into the stretch are read.
 */
export function diffLines(
  reading: Reading,
  start: number,
  end: number,
  threads: (message: number) => Argument | undefined,
): DiffLine[] {
  const found: DiffLine[] = [];
  let index = reading.mailbox.messageAt(start) ?? 0;
  for (const page of pagesBetween(reading, start, end)) {
    const known = threads(index)?.wholeLines(`0:${index}`);
    const colours = new Lines(page, (row) => {
      const whole = known?.get(row);
      const code = whole?.code ?? page.code.get(row);
      return { kind: whole?.kind ?? page.body.lines[row]?.kind ?? 'blank', ...(code ? { code } : {}) };
    });
    found.push(...colours.between(start, end));
    index++;
  }
  return found;
}

interface WhatLine {
  kind: LineKind;
  code?: CodeLine;
}

const DIFF: ReadonlySet<LineKind> = new Set(['added', 'removed', 'context', 'hunk', 'diff-header']);

/** The lines of one message. */
class Lines {
  readonly #page: Page;
  readonly #what: (row: number) => WhatLine;

  constructor(page: Page, what: (row: number) => WhatLine) {
    this.#page = page;
    this.#what = what;
  }

  between(start: number, end: number): DiffLine[] {
    const { body, message } = this.#page;
    const [first, last] = [this.#rowAt(start) ?? 0, this.#rowAt(end) ?? body.lines.length - 1];
    const found: DiffLine[] = [];
    let inside = false;
    let path: string | undefined;
    for (let row = Math.max(0, first - LOOK_BACK); row <= last; row++) {
      const line = body.lines[row];
      const { kind, code } = this.#what(row);
      if (!line || !DIFF.has(kind) || code === undefined) inside = false;
      if (!line || (line.depth === 0 && !DIFF.has(kind)) || isBase64(this.#page, line.start)) continue;
      path = code?.path ?? (kind === 'diff-header' || kind === 'hunk' ? path : undefined);
      const text = message.text.slice(line.own, line.end);
      const inC: ReturnType<typeof codePieces> | undefined =
        isC(path) && code ? codePieces(text.slice(1), inside) : undefined;
      inside = inC?.inside ?? false;
      if (row >= first) found.push(this.#line(row, kind, text, inC?.pieces));
    }
    return found;
  }

  #rowAt(offset: number): number | undefined {
    const readable = this.#page.message.way.toReadable(offset);
    const line = readable === undefined ? undefined : this.#page.body.point(readable)?.line;
    return line === undefined ? undefined : line - 1;
  }

  #line(row: number, kind: LineKind, text: string, code: readonly CodePiece[] | undefined): DiffLine {
    const page = this.#page;
    const line = page.body.lines[row] ?? { start: 0, end: 0, own: 0, depth: 0, kind };
    const at = (start: number, end: number): Place => page.place({ start: line.own + start, end: line.own + end });
    const colours = coloursOf(kind, text, code).map(({ start, end, kind: colour }) => ({
      place: at(start, end),
      kind: colour,
    }));
    const change = kind === 'added' || kind === 'removed' || kind === 'hunk' ? kind : undefined;
    return {
      place: page.place({ start: line.start, end: line.end }),
      marks: marksOf(page.message.text.slice(line.start, line.own)).map((mark) =>
        page.place({ start: line.start + mark, end: line.start + mark + 1 }),
      ),
      ...(change ? { change } : {}),
      colours,
    };
  }
}

/** Where the marks of a quote stand before a line. */
function marksOf(head: string): number[] {
  return [...head].flatMap((character, at) => (/\s/.test(character) ? [] : [at]));
}

function coloursOf(
  kind: LineKind,
  text: string,
  code: readonly CodePiece[] | undefined,
): { start: number; end: number; kind: ColourKind }[] {
  const end = text.trimEnd().length;
  if (end === 0) return [];
  switch (kind) {
    case 'hunk':
      return hunkColours(text, end);
    case 'diff-header':
      return [{ start: 0, end, kind: 'header' }];
    case 'added':
    case 'removed':
      return code ? [{ start: 0, end: 1, kind }, ...withCode(code, text, 1)] : [{ start: 0, end, kind }];
    case 'context':
      return withCode(code ?? [], text, 1);
    default:
      // The editor's own grammar goes by the first character of a line.
      return /^\s?[-+]/.test(text) ? [{ start: 0, end, kind: 'plain' }] : [];
  }
}

/** `@@ -1,4 +1,5 @@ static int make_tea(void)` */
function hunkColours(text: string, end: number): { start: number; end: number; kind: ColourKind }[] {
  const close = text.indexOf('@@', 2);
  const head = close === -1 ? end : close + 2;
  const section = text.slice(head, end);
  const blank = section.length - section.trimStart().length;
  return [
    { start: 0, end: Math.min(head, end), kind: 'hunk' },
    ...(section.trim() === '' ? [] : [{ start: head + blank, end, kind: 'code' as const }]),
  ];
}

/** The pieces of a line and the plain code between them. */
function withCode(
  pieces: readonly CodePiece[],
  text: string,
  from: number,
): { start: number; end: number; kind: ColourKind }[] {
  const all: { start: number; end: number; kind: ColourKind }[] = [];
  let at = from;
  const plain = (to: number) => {
    const part = text.slice(at, to);
    const start = at + part.length - part.trimStart().length;
    const end = at + part.trimEnd().length;
    if (start < end) all.push({ start, end, kind: 'code' });
  };
  for (const { start, end, kind } of pieces) {
    plain(start + from);
    all.push({ start: start + from, end: end + from, kind });
    at = end + from;
  }
  plain(text.length);
  return all;
}
