/** Notes as they are typed, for tests: the caret is drawn as `|`. */
import type { Concept } from '#concepts';
import { builtInNotes, type KnownNotes, type NoteFix } from '#features/authoring';

export const ours: KnownNotes = { notes: builtInNotes() };

/** Ours and one more note that the reader has written. */
export function withOwn(own: Partial<Concept> & { id: string }): KnownNotes {
  const concept: Concept = {
    title: own.id,
    field: 'tea',
    terms: [own.id],
    scope: {},
    not: [],
    related: [],
    scenarios: [],
    changed: [],
    sources: [],
    summary: '',
    markdown: '',
    ...own,
  };
  return { notes: [...ours.notes, { concept, own: true }] };
}

export function atCaret(drawn: string): { text: string; offset: number } {
  const offset = drawn.indexOf('|');
  if (offset < 0) throw new Error('There is no caret.');
  return { text: drawn.slice(0, offset) + drawn.slice(offset + 1), offset };
}

/** The text after a fix; its stops are filled in with what they propose. */
export function fixed(text: string, fix: NoteFix | undefined): string {
  if (!fix) throw new Error('There is no such fix.');
  return (
    text.slice(0, fix.place.start) + (fix.isSnippet ? filledIn(fix.insert) : fix.insert) + text.slice(fix.place.end)
  );
}

/** A snippet as it is put in when nobody types at its stops. */
export function filledIn(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
