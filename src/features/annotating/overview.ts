import { type Annotation, KINDS, type Kind, readNote, referenceOf, type Status } from '#annotations';

/** The notes of a thread are kept in one file. */
export interface NoteThread {
  /** Names the file. */
  key: string;
  /** What the thread is called; empty where the file does not say. */
  label: string;
}

/** What a list says of a note. All of it is plain text. */
export interface NoteRow {
  id: string;
  kind: Kind;
  status: Status;
  /** The first line that says something, with the words of its links. */
  title: string;
  /** Everything that was written, replies too. */
  text: string;
  tags: readonly string[];
  replies: number;
  creator?: string;
  /** ISO 8601. */
  created?: string;
  /** The words it was written on. */
  quote?: string;
  subject?: string;
  messageId?: string;
  thread: NoteThread;
}

export type NoteGrouping = 'thread' | 'kind' | 'tag';

export interface NoteGroup {
  /** Empty for the notes without a tag. */
  key: string;
  label: string;
  notes: NoteRow[];
}

const kinds: readonly string[] = KINDS;
/** In UTF-16 units. */
const LONGEST_TITLE = 120;

export function noteRow(annotation: Annotation, thread: NoteThread): NoteRow {
  const { id, kind, status, texts, replies, tags, creator, created } = readNote(annotation);
  const { quote, subject, messageId } = referenceOf(annotation);
  const text = [...texts, ...replies].map(({ value }) => value).join('\n');
  return {
    id,
    kind,
    status,
    title: titleOf(text),
    text,
    tags,
    replies: replies.length,
    ...(creator === undefined ? {} : { creator }),
    ...(created === undefined ? {} : { created }),
    ...(quote === undefined ? {} : { quote: quote.exact.replace(/\s+/g, ' ').trim() }),
    ...(subject === undefined ? {} : { subject }),
    ...(messageId === undefined ? {} : { messageId }),
    thread,
  };
}

function titleOf(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const words = line
    .replace(/\[([^\]]{1,80})\]\([^()\s]{0,300}\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE)}\u2026`;
}

/**
 * Notes in groups, each in the order given. Threads and kinds once each; a note stands under each of its tags, and those without one
 * come last.
 */
export function groupNotes(notes: readonly NoteRow[], by: NoteGrouping): NoteGroup[] {
  const groups = new Map<string, NoteGroup>();
  const add = (key: string, label: string, note: NoteRow): void => {
    const group = groups.get(key) ?? { key, label, notes: [] };
    groups.set(key, group);
    group.notes.push(note);
  };
  for (const note of notes) {
    if (by === 'kind') add(note.kind, note.kind, note);
    else if (by === 'thread') add(note.thread.key, note.thread.label || (note.subject ?? ''), note);
    else for (const tag of note.tags.length === 0 ? [''] : new Set(note.tags)) add(tag, tag, note);
  }
  return [...groups.values()].sort((one, other) => inOrder(one, other, by));
}

function inOrder(one: NoteGroup, other: NoteGroup, by: NoteGrouping): number {
  if (by === 'kind') return kinds.indexOf(one.key) - kinds.indexOf(other.key);
  if (by === 'tag' && (one.key === '') !== (other.key === '')) return one.key === '' ? 1 : -1;
  return one.label.localeCompare(other.label) || one.key.localeCompare(other.key);
}

/**
 * Whether a note has all the words of a filter, in whichever case: `is:open`, `is:resolved`, `kind:todo`, `#tag`, and words of
 * its texts, the words it is on, the subject, tags and names.
 */
export function matchesNotes(filter: string): (note: NoteRow) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (note) => words.every((word) => hasWord(note, word));
}

function hasWord(note: NoteRow, word: string): boolean {
  const [name, value = ''] = word.split(':', 2);
  if (name === 'is' && (value === 'open' || value === 'resolved')) return note.status === value;
  if (name === 'kind' && kinds.includes(value)) return note.kind === value;
  if (word.startsWith('#') && word.length > 1)
    return note.tags.some((tag) => tag.toLowerCase().startsWith(word.slice(1)));
  const { text, quote = '', subject = '', tags, creator = '', thread } = note;
  return [text, quote, subject, tags.join(' '), creator, thread.label].some((one) => one.toLowerCase().includes(word));
}
