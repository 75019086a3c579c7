import { simulatorById, simulators } from '#simulators';
import type { Place } from '../plain.ts';
import { type HeadCaret, headCaret } from './head-caret.ts';
import { headEntries } from './head-entries.ts';
import { type HeadKey, innerKeys, noteKeys } from './head-keys.ts';
import type { KnownNotes } from './known.ts';
import { headPlace } from './note-text.ts';
import { escaped } from './snippet.ts';

/** Something that may stand where the caret is. */
export interface NoteCompletion {
  kind: 'key' | 'note' | 'simulator' | 'scenario' | 'value' | 'link';
  label: string;
  /** In one line beside the label: a title. */
  detail?: string;
  /** Plain text: a sentence about it. */
  about?: string;
  /** What is put in, as a snippet; it takes the place of `place`. */
  snippet: string;
  place: Place;
  /** Only half is written then: ask again. */
  goesOn?: true;
}

type Offer = Omit<NoteCompletion, 'place'>;

/** What may stand at an offset of a note, in its head or as a link of its body. */
export function noteCompletions(text: string, offset: number, known: KnownNotes): NoteCompletion[] {
  const caret = headCaret(text, offset);
  if (!caret) return offset < (headPlace(text)?.body ?? 0) ? [] : linkCompletions(text, offset, known);
  const place = wordAround(text, offset, caret.typed.replace(/^["']/, '').length);
  return headOffers(text, caret, known, place.start).map((offer) => ({ ...offer, place }));
}

/** What may follow `concept:` and `simulator:` in Markdown: in the body of a note, or in a comment. */
export function linkCompletions(text: string, offset: number, known: KnownNotes): NoteCompletion[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, kind, typed = ''] = /(?:^|[^\w-])(concept|simulator):([a-z0-9./-]*)$/i.exec(line) ?? [];
  const slash = typed.indexOf('/');
  const last = kind === undefined ? (/\]\(([a-z]*)$/i.exec(line)?.[1] ?? undefined) : typed.slice(slash + 1);
  if (last === undefined) return [];
  const place = wordAround(text, offset, last.length);
  return linkOffers(kind, slash < 0 ? undefined : typed.slice(0, slash), known).map((offer) => ({ ...offer, place }));
}

function linkOffers(kind: string | undefined, simulator: string | undefined, known: KnownNotes): Offer[] {
  if (kind === undefined) {
    return [
      { kind: 'link', label: 'concept:', detail: 'Another note', snippet: 'concept:', goesOn: true },
      { kind: 'link', label: 'simulator:', detail: 'A scenario to run', snippet: 'simulator:', goesOn: true },
    ];
  }
  if (kind.toLowerCase() === 'concept') return notes(known);
  if (simulator !== undefined) return scenariosOf(simulator);
  return allSimulators().map((offer) => ({ ...offer, snippet: `${offer.snippet}/`, goesOn: true }));
}

function headOffers(text: string, caret: HeadCaret, known: KnownNotes, start: number): Offer[] {
  if (caret.want === 'key') return keys(text, caret.of, start);
  if (caret.of === 'scope' && caret.key === 'needsNear') return ['true', 'false'].map(plain);
  if (caret.of === 'scenarios' && caret.key === 'id') return scenariosOf(simulatorIn(text));
  if (caret.of !== undefined) return [];
  if (caret.key === 'simulator') return allSimulators();
  if (caret.key === 'related') return notes(known).filter(({ label }) => !relatedIn(text).has(label));
  return caret.key === 'field' ? fields(known) : [];
}

/** The keys that are not there yet. In a list of maps each item has its own, so there all are offered. */
function keys(text: string, of: string | undefined, start: number): Offer[] {
  const entries = headEntries(text);
  const given = of === undefined ? entries : (entries.get(of)?.keys ?? new Map());
  // A key that is being typed is there as well: it stands at the caret.
  const free = ({ name }: HeadKey) => !given.has(name) || given.get(name)?.key.start === start;
  const all = of === undefined ? noteKeys : (innerKeys[of] ?? []);
  return all.filter(free).map(({ name, what, snippet }) => ({
    kind: 'key',
    label: name,
    detail: what,
    about: what,
    snippet: `${name}:${snippet}`,
  }));
}

function notes({ notes: all }: KnownNotes): Offer[] {
  return all.map(({ concept: { id, title, expansion, summary } }) => ({
    kind: 'note',
    label: id,
    detail: expansion === undefined ? title : `${title} \u2014 ${expansion}`,
    about: summary,
    snippet: escaped(id),
  }));
}

function allSimulators(): Offer[] {
  return simulators.map(({ id, title, about }) => ({
    kind: 'simulator',
    label: id,
    detail: title,
    about,
    snippet: id,
  }));
}

function scenariosOf(simulator: string | undefined): Offer[] {
  const all = simulator === undefined ? [] : (simulatorById(simulator)?.scenarios ?? []);
  return all.map(({ id, title, lesson }) => ({
    kind: 'scenario',
    label: id,
    detail: title,
    about: lesson,
    snippet: id,
  }));
}

function fields({ notes: all }: KnownNotes): Offer[] {
  return [...new Set(all.map(({ concept }) => concept.field))].sort().map(plain);
}

function plain(label: string): Offer {
  return { kind: 'value', label, snippet: escaped(label) };
}

function simulatorIn(text: string): string | undefined {
  return headEntries(text).get('simulator')?.text;
}

function relatedIn(text: string): ReadonlySet<string> {
  return new Set(
    headEntries(text)
      .get('related')
      ?.items.flatMap((item) => item.text ?? []),
  );
}

/** What was typed before the caret, and what of the same word stands after it. */
function wordAround(text: string, offset: number, typed: number): Place {
  const after = /^[\w.-]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  return { start: offset - typed, end: offset + after };
}
