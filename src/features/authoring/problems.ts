import type { Point, Position } from 'unist';
import type { VFile } from 'vfile';
import { readPack } from '#concepts/read';
import { simulators } from '#simulators';
import type { Place } from '../plain.ts';
import { type HeadText, headText, noteFixes } from './fixes.ts';
import type { KnownNotes } from './known.ts';
import type { NoteProblem } from './note-problem.ts';
import type { NoteText } from './note-text.ts';
import { unfilled } from './to-fill.ts';

/** What is wrong with a note, in the order of its text; `known` are the other notes. */
export function noteProblems(note: NoteText, known: KnownNotes): NoteProblem[] {
  const concepts = known.notes.map(({ concept }) => concept);
  const runs = new Map(simulators.map(({ id, scenarios }) => [id, new Set(scenarios.map((one) => one.id))]));
  const [read] = readPack([note], { concepts, simulators: runs }).notes;
  const lines = lineStarts(note.text);
  const head = headText(note.text);
  const problems = (read?.file.messages ?? []).map((message) => problemOf(message, head, lines, known));
  problems.push(...sameId(read?.file.stem ?? '', lines, known), ...unfilled(note.text));
  return problems.sort((one, other) => one.place.start - other.place.start);
}

type Message = VFile['messages'][number];

function problemOf(message: Message, head: HeadText, lines: readonly number[], known: KnownNotes): NoteProblem {
  const { text } = head;
  const place = placeOf(message.place, lines, text);
  const code = message.ruleId ?? 'note';
  const how = message.note === undefined ? '' : `. ${message.note}`;
  return {
    place,
    code,
    message: `${message.reason}${how}`,
    mistake: message.fatal === true,
    others: code === 'shared-spelling' ? ownersOf(text.slice(place.start, place.end), known) : [],
    fixes: noteFixes({ code, place, expected: message.expected ?? [] }, head),
  };
}

/** The notes that have a spelling, given as it is written in a head: perhaps in quotes. */
function ownersOf(written: string, { notes }: KnownNotes): string[] {
  const term = written.trim().replace(/^(["'])(.*)\1$/, '$2');
  return notes.filter(({ concept }) => concept.terms.includes(term)).map(({ concept }) => concept.id);
}

/** Of two notes with one id only one is used. */
function sameId(id: string, lines: readonly number[], { notes }: KnownNotes): NoteProblem[] {
  const same = notes.filter(({ concept }) => concept.id === id);
  if (same.length === 0) return [];
  const own = same.some((note) => note.own);
  const message = own
    ? `Another note of yours has the name "${id}": only one of the two is used. Give one of the files another name`
    : `This note stands in place of the built-in note "${id}". Give the file another name to keep both`;
  const place = { start: 0, end: Math.max((lines[1] ?? 4) - 1, 0) };
  return [{ place, code: own ? 'duplicate-id' : 'replaces', message, mistake: own, others: [id], fixes: [] }];
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The place of a message as offsets. A point stands for the rest of its line, no place for the first line. */
function placeOf(place: Point | Position | undefined, lines: readonly number[], text: string): Place {
  if (place === undefined) return { start: 0, end: lineEnd(0, text) };
  if ('line' in place) {
    const start = offsetOf(place, lines, text);
    return { start, end: Math.max(start, lineEnd(start, text)) };
  }
  const start = offsetOf(place.start, lines, text);
  return { start, end: Math.max(start, offsetOf(place.end, lines, text)) };
}

function offsetOf({ line, column }: Point, lines: readonly number[], text: string): number {
  return Math.min((lines[line - 1] ?? text.length) + column - 1, text.length);
}

function lineEnd(from: number, text: string): number {
  const end = text.indexOf('\n', from);
  return from + text.slice(from, end < 0 ? text.length : end).trimEnd().length;
}
