import type { RootContent } from 'mdast';
import { simulatorById } from '#simulators';
import { markdownOf, plainLine, say } from '../markdown.ts';
import type { Place } from '../plain.ts';
import { type HeadEntry, headEntries } from './head-entries.ts';
import { type KnownNotes, knownNote } from './known.ts';
import { headPlace } from './note-text.ts';

/** What a note names at a place: another note, a simulator or one of its scenarios. */
export type NoteReference =
  | { place: Place; kind: 'concept'; id: string }
  | { place: Place; kind: 'simulator'; id: string; scenario?: string };

const link = /\b(?:concept:(?<concept>[a-z0-9-]+)|simulator:(?<simulator>[a-z0-9-]+)(?:\/(?<scenario>[a-z0-9.-]+))?)/g;

/** The references of a note, in the order of its text: `concept:` and `simulator:` in its body, ids in its head. */
export function noteReferences(text: string): NoteReference[] {
  const body = headPlace(text)?.body ?? 0;
  return [...headReferences(headEntries(text)), ...linkReferences(text.slice(body), body)];
}

function linkReferences(text: string, shift: number): NoteReference[] {
  return [...text.matchAll(link)].flatMap(({ index, 0: whole, groups = {} }): NoteReference[] => {
    const place = { start: index + shift, end: index + shift + whole.length };
    const { concept, simulator, scenario } = groups;
    if (concept !== undefined) return [{ place, kind: 'concept', id: concept }];
    if (simulator === undefined) return [];
    return [{ place, kind: 'simulator', id: simulator, ...(scenario !== undefined && { scenario }) }];
  });
}

function headReferences(entries: ReadonlyMap<string, HeadEntry>): NoteReference[] {
  const references: NoteReference[] = [];
  for (const { text, place } of entries.get('related')?.items ?? []) {
    if (text !== undefined) references.push({ place, kind: 'concept', id: text });
  }
  const simulator = entries.get('simulator');
  // The value is an id: what YAML may put around it, quotes, is no part of one.
  const id = simulator?.text;
  if (simulator?.value && id !== undefined) {
    references.push({ place: simulator.value, kind: 'simulator', id });
    for (const item of entries.get('scenarios')?.items ?? []) {
      const named = item.keys.get('id');
      if (named?.value && named.text !== undefined) {
        references.push({ place: named.value, kind: 'simulator', id, scenario: named.text });
      }
    }
  }
  return references.sort((one, other) => one.place.start - other.place.start);
}

/** The reference that holds an offset, its end included: the caret may stand behind it. */
export function referenceAt(text: string, offset: number): NoteReference | undefined {
  return noteReferences(text).find(({ place }) => place.start <= offset && offset <= place.end);
}

/** What a reference leads to, for a hover; absent when there is no such note, simulator or scenario. */
export function aboutReference(reference: NoteReference, known: KnownNotes): string | undefined {
  if (reference.kind === 'concept') {
    const concept = knownNote(known, reference.id)?.concept;
    if (!concept) return undefined;
    const name = concept.expansion === undefined ? concept.title : `${concept.title} \u2014 ${concept.expansion}`;
    return about(name, concept.field, concept.summary);
  }
  const simulator = simulatorById(reference.id);
  if (!simulator) return undefined;
  if (reference.scenario === undefined) return about(simulator.title, 'simulator', simulator.about);
  const scenario = simulator.scenario(reference.scenario);
  return scenario && about(scenario.title, simulator.title, scenario.lesson);
}

/** Own notes are files of a workspace, which may be a stranger's: their words are text here, as those of a mail are. */
function about(name: string, field: string, summary: string): string {
  const lines: RootContent[] = [
    say.paragraph(say.strong(plainLine(name)), say.text(' \u00a0\u00b7\u00a0 '), say.quiet(plainLine(field))),
    say.paragraph(say.mail(summary)),
  ];
  return markdownOf(lines);
}
