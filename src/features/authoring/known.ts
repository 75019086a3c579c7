import { VFile } from 'vfile';
import { type Concept, joinPacks } from '#concepts';
import { readNote } from '#concepts/read';
import { packsInUse } from '../index.ts';
import type { NoteText } from './note-text.ts';

/** A note that is there already. */
export interface KnownNote {
  concept: Concept;
  /** A note of the reader's own; absent: one of ours. */
  own?: true;
}

/** What a note that is being written can name: ours and the reader's own, without the note itself. */
export interface KnownNotes {
  notes: readonly KnownNote[];
}

/** The note of this id that counts: one of the reader's own stands for one of ours. */
export function knownNote({ notes }: KnownNotes, id: string): KnownNote | undefined {
  return (
    notes.findLast(({ concept, own }) => own && concept.id === id) ?? notes.find(({ concept }) => concept.id === id)
  );
}

/** The notes that are ours, whatever notes of the reader's own stand for them. */
export function builtInNotes(): readonly KnownNote[] {
  const ours = packsInUse().packs.filter(({ own }) => !own);
  return joinPacks(ours).concepts.map((concept) => ({ concept }));
}

/** What another note says; absent when it lacks what makes it one. */
export function conceptOf({ text, path }: NoteText): Concept | undefined {
  return readNote(new VFile({ path, value: text })).concept;
}
