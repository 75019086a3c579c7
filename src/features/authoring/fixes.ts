import { longestSummary } from '#concepts/read';
import { simulators } from '#simulators';
import type { Place } from '../plain.ts';
import { type HeadEntry, type HeadItem, headEntries } from './head-entries.ts';
import type { NoteFix } from './note-problem.ts';
import { headPlace } from './note-text.ts';
import { stop } from './snippet.ts';
import { toFill } from './to-fill.ts';

/** What was found wrong: the rule, the place, and what may stand there instead. */
export interface ToFix {
  code: string;
  place: Place;
  expected: readonly string[];
}

type Fixer = (found: ToFix, head: HeadText) => readonly NoteFix[];

/** Everything that changes a head is worked out on the text as it is written; nothing else of it moves. */
export interface HeadText {
  text: string;
  entries: ReadonlyMap<string, HeadEntry>;
}

const fixers: Readonly<Record<string, Fixer>> = {
  'no-head': (_found, { text }) => headSkeleton(text),
  'no-title': missing('title', () => stop(1, 'Title')),
  'no-field': missing('field', () => stop(1, toFill.field)),
  'no-terms': missing('terms', () => `[${stop(1, 'spelling')}]`),
  'no-sources': missing('sources', () => `["${stop(1, toFill.source)}"]`),
  'shared-spelling': (found, head) => [...nearSkeleton(head), ...withoutItem(found.place, head)],
  'no-summary': (_found, { text }) => summaryStub(text),
  'scenario-without-simulator': (_found, head) => simulatorOf(head),
  ordinary: (found, head) => withoutItem(found.place, head),
  twice: (found, head) => withoutItem(found.place, head).map((fix) => ({ ...fix, preferred: true })),
  'summary-too-long': shorterSummary,
};

/** A note as its fixes need it, read when the first of them asks. */
export function headText(text: string): HeadText {
  let entries: HeadText['entries'] | undefined;
  return {
    text,
    get entries() {
      entries ??= headEntries(text);
      return entries;
    },
  };
}

/** The fixes for one problem, likeliest first; none where nobody but the writer can know. */
export function noteFixes(found: ToFix, head: HeadText): NoteFix[] {
  const given = found.expected.map((expected, at) => {
    // A replacement can bring a line with it; the first one then is the line that stands there already.
    const line = expected.split('\n').at(-1) ?? expected;
    const title = line === expected ? `Change to ${line}` : `Add ${line}`;
    return { title, place: found.place, insert: expected, isSnippet: false, preferred: at === 0 };
  });
  return given.length > 0 ? given : [...(fixers[found.code]?.(found, head) ?? [])];
}

function toFillIn(title: string, place: Place, insert: string): NoteFix {
  return { title, place, insert, isSnippet: true, preferred: true };
}

/** The key with a place to fill in: a new last line of the head, or after the key where it has no value yet. */
function missing(key: string, value: () => string): Fixer {
  return (_found, { text, entries }) => {
    const entry = entries.get(key);
    const title = `Add "${key}"`;
    if (entry === undefined) return newLine(text, title, `${key}: ${value()}`);
    // What somebody wrote there is not thrown away, even if it is not of the right form.
    if (entry.text !== undefined || entry.items.length > 0 || entry.keys.size > 0) return [];
    const place = entry.value ?? { start: entry.key.end, end: endOfLine(text, entry.key.end) };
    return [toFillIn(title, place, entry.value ? value() : `: ${value()}`)];
  };
}

function newLine(text: string, title: string, line: string): NoteFix[] {
  const head = headPlace(text);
  if (!head) return [];
  const at = head.inside.end;
  // A head that is not closed yet may end without a line end.
  const before = text[at - 1] === '\n' ? '' : '\n';
  return [toFillIn(title, { start: at, end: at }, `${before}${line}\n`)];
}

function headSkeleton(text: string): NoteFix[] {
  const place = { start: 0, end: 0 };
  const keys = [
    `title: ${stop(1, 'Title')}`,
    `field: ${stop(2, toFill.field)}`,
    `terms: [${stop(3, 'spelling')}]`,
    `sources: ["${stop(4, toFill.source)}"]`,
  ];
  const after = text.trim() === '' ? `\n${stop(5, toFill.summary)}\n` : '\n';
  return [toFillIn('Add a head', place, `---\n${keys.join('\n')}\n---${after}`)];
}

function summaryStub(text: string): NoteFix[] {
  const head = headPlace(text);
  if (!head || head.body === text.length) return [];
  const at = head.body + (text[head.body] === '\n' ? 1 : 0);
  return [toFillIn('Add a first paragraph', { start: at, end: at }, `${stop(1, toFill.summary)}\n\n`)];
}

/** The simulator that has the scenarios, where only one has them all. */
function simulatorOf({ text, entries }: HeadText): NoteFix[] {
  const ids = (entries.get('scenarios')?.items ?? []).flatMap(({ keys }) => keys.get('id')?.text ?? []);
  const having = simulators.filter((one) => ids.length > 0 && ids.every((id) => one.scenario(id) !== undefined));
  const [only] = having;
  if (having.length !== 1 || !only || entries.has('simulator')) return [];
  return newLine(text, `Add "simulator: ${only.id}"`, `simulator: ${only.id}`);
}

/** `scope` with a `near` to fill in, so that two meanings of one spelling can be told apart. */
function nearSkeleton({ text, entries }: HeadText): NoteFix[] {
  const title = 'Say in "scope" what is near when this is meant';
  const near = `near: [${stop(1, toFill.near)}]`;
  const scope = entries.get('scope');
  if (scope === undefined) return newLine(text, title, `scope:\n  ${near}`);
  const given = scope.keys.get('near');
  if (given) {
    const place = given.value ?? { start: given.key.end, end: endOfLine(text, given.key.end) };
    const value = `[${stop(1, toFill.near)}]`;
    return [toFillIn(title, place, given.value ? value : `: ${value}`)];
  }
  const [first] = scope.keys.values();
  if (first) {
    const indent = text.slice(text.lastIndexOf('\n', first.key.start - 1) + 1, first.key.start);
    const place = { start: first.key.start, end: first.key.start };
    return [toFillIn(title, place, `${near}\n${indent}`)];
  }
  // `scope:` alone, or a map in one line.
  const place = { start: scope.key.end, end: scope.value?.end ?? endOfLine(text, scope.key.end) };
  return isEmpty(text, scope) ? [toFillIn(title, place, `:\n  ${near}`)] : [];
}

function isEmpty(text: string, { value }: HeadEntry): boolean {
  return value === undefined || /^\{\s*\}$/.test(text.slice(value.start, value.end));
}

/** The list without the item that stands at this place. */
function withoutItem(wrong: Place, { text, entries }: HeadText): NoteFix[] {
  for (const entry of [...entries.values()].flatMap((one) => [one, ...one.keys.values()])) {
    const at = entry.items.findIndex(({ place }) => place.start === wrong.start);
    const item = entry.items[at];
    if (item === undefined) continue;
    const title = `Remove ${item.text === undefined ? 'it' : `"${item.text}"`} from the list`;
    const place = entry.list === 'block' ? wholeLine(text, item.place) : withComma(entry.items, at);
    return place ? [{ title, place, insert: '', isSnippet: false, preferred: false }] : [];
  }
  return [];
}

/** An item in brackets, with the comma that parts it from its neighbour. */
function withComma(items: readonly HeadItem[], at: number): Place | undefined {
  const [before, item, after] = [items[at - 1], items[at], items[at + 1]];
  if (!item) return undefined;
  if (after) return { start: item.place.start, end: after.place.start };
  return before ? { start: before.place.end, end: item.place.end } : item.place;
}

function wholeLine(text: string, { start, end }: Place): Place {
  const next = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next + 1 };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return from + text.slice(from, end < 0 ? text.length : end).trimEnd().length;
}

/** The paragraph parted after its last sentence that has room. */
function shorterSummary({ place }: ToFix, { text }: HeadText): NoteFix[] {
  const paragraph = text.slice(place.start, place.end);
  const ends = [...paragraph.matchAll(/[.?!]["')\]]?(\s+)(?=\p{Lu})/gu)];
  const last = ends.findLast(({ index }) => paragraph.slice(0, index).split(/\s+/).length <= longestSummary);
  if (!last) return [];
  const blank = last[1] ?? '';
  const end = place.start + last.index + last[0].length;
  const title = 'Begin a new paragraph after the last sentence that has room';
  return [{ title, place: { start: end - blank.length, end }, insert: '\n\n', isSnippet: false, preferred: true }];
}
