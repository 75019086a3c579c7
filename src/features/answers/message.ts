import type { Parent } from '#archive';
import type { Complaint, Source, Span } from '#mailast';
import type { BodyLine, BodyLines, CodeLine, LineKind, ReadablePart } from '#reading';
import { type WholeLine, wholeLines } from '../quoted-code.ts';
import type { Page } from '../reading.ts';
import { textAsSent } from './as-sent.ts';
import { type Findings, findingsOf } from './findings.ts';
import { type HeaderAnswer, headerAnswer } from './header.ts';
import type { KnownQuotes } from './known-quotes.ts';
import { type PatchAnswer, patchAnswer } from './patch.ts';
import { tracedQuotes } from './quotes.ts';
import { lineVoices, type VoiceAnswer } from './voices.ts';

export interface PartAnswer {
  type: string;
  charset?: string;
  encoding?: string;
  filename?: string;
  /** `inline`, `attachment` and the like. */
  disposition?: string;
  /** From 0: the message itself. */
  depth: number;
  /** Bytes of the file. */
  bodyStart: number;
  bodyEnd: number;
  /** Rule ids of the complaints about decoding it. */
  defects: readonly string[];
}

export interface MentionAnswer {
  /** The id of the likeliest note here. */
  concept: string;
  text: string;
  line: number;
  column: number;
  /** One for each line the term is broken over; ends exclusive. */
  spans: readonly { line: number; column: number; endLine: number; endColumn: number }[];
}

export interface ComplaintAnswer {
  ruleId: string;
  reason: string;
  severity: Complaint['severity'];
  line?: number;
  column?: number;
}

export interface LineAnswer extends Omit<BodyLine, 'own'> {
  /** Of a quoted line that was taken from a patch: which line of which file it is there. */
  code?: CodeLine;
}

/** One message, read whole. `start` and `end` are bytes of the file; lines and columns are of `text`, from 1. */
export interface MessageAnswer extends HeaderAnswer, PatchAnswer, Findings {
  key: string;
  start: number;
  end: number;
  parts: readonly PartAnswer[];
  text: string;
  /** With the lines as they were sent, where format=flowed joined some. */
  textAsSent?: string;
  parent?: string;
  parentId?: string;
  parentBy?: Parent['by'];
  /** The first message with its Message-ID, where it is not the first; `ThreadsAnswer` knows it. */
  duplicateOf?: string;
  /** `lines[i]` is line i + 1 of `text`, its bytes in the file without the line end. */
  lines: readonly LineAnswer[];
  /** Who says which lines: every line is in one of them. */
  voices: readonly VoiceAnswer[];
  mentions: readonly MentionAnswer[];
  complaints: readonly ComplaintAnswer[];
}

export function messageAnswer(
  page: Page,
  source: Source,
  key: string,
  parent: Parent | undefined,
  known?: KnownQuotes,
): MessageAnswer {
  const { body } = page;
  const header = headerAnswer(page, source);
  const findings = findingsOf(page, body);
  const asSent = textAsSent(page.message, body);
  const voices = lineVoices(page, body, key, known);
  return {
    key,
    ...page.message.span,
    ...header,
    parts: page.message.readable.parts.map(partAnswer),
    text: body.text,
    ...(asSent === undefined ? {} : { textAsSent: asSent }),
    ...patchAnswer(page),
    ...parentOf(parent),
    lines: linesIn(page, body, known && wholeLines(key, known.traces, known.pageOf)),
    voices,
    ...findings,
    ...(known ? { quotes: tracedQuotes(findings.quotes, body, key, known, voices) } : {}),
    mentions: mentionsIn(page, body),
    complaints: page.message.complaints.map((complaint) => complaintAnswer(complaint, body)),
  };
}

const CODE: ReadonlySet<LineKind> = new Set(['diff-header', 'hunk', 'added', 'removed', 'context']);

/** Whether a quoted line is a line of a diff, and of which, says the mail that it was taken from; without one it is what it looks like. */
function linesIn(page: Page, body: BodyLines, whole: ReadonlyMap<number, WholeLine> | undefined): LineAnswer[] {
  return body.lines.map(({ depth, kind, start, end }, row) => {
    const known = whole?.get(row);
    const place = page.place({ start, end });
    if (!known) return { depth, kind, ...place };
    const isCode = CODE.has(kind) || CODE.has(known.kind);
    const told = known.kind === 'text' ? 'quote' : known.kind;
    return { depth, kind: isCode ? told : kind, ...place, ...(known.code ? { code: known.code } : {}) };
  });
}

function parentOf(parent: Parent | undefined): Pick<MessageAnswer, 'parent' | 'parentId' | 'parentBy'> {
  if (!parent) return {};
  return {
    ...(parent.key === undefined ? {} : { parent: parent.key }),
    ...(parent.messageId === undefined ? {} : { parentId: parent.messageId }),
    parentBy: parent.by,
  };
}

function partAnswer(part: ReadablePart): PartAnswer {
  return {
    type: part.mediaType,
    ...(part.charset === undefined ? {} : { charset: part.charset }),
    ...(part.encoding === undefined ? {} : { encoding: part.encoding }),
    ...(part.filename === undefined ? {} : { filename: part.filename }),
    ...(part.disposition === undefined ? {} : { disposition: part.disposition }),
    depth: part.depth,
    bodyStart: part.body.start,
    bodyEnd: part.body.end,
    defects: part.defects,
  };
}

/** Terms that are in scope where they stand. */
export function mentionsIn(page: Page, body: BodyLines): MentionAnswer[] {
  return page.mentions.flatMap((mention) => {
    const { match, spans } = mention;
    const best = page.glossary.meanings(match, page.surroundings(mention))[0];
    const places = spans.flatMap((span) => spanIn(body, span));
    const first = places[0];
    if (!best || !first) return [];
    return [{ concept: best.concept.id, text: match.text, line: first.line, column: first.column, spans: places }];
  });
}

function spanIn(body: BodyLines, span: Span): MentionAnswer['spans'] {
  const start = body.point(span.start);
  const end = body.point(span.end);
  return start && end ? [{ ...start, endLine: end.line, endColumn: end.column }] : [];
}

export function complaintAnswer(complaint: Complaint, body: BodyLines): ComplaintAnswer {
  const { ruleId, reason, severity, start } = complaint;
  const place = start === undefined ? undefined : body.point(start);
  return { ruleId, reason, severity, ...place };
}
