import { asList, isArray, isObject, type Json, type JsonObject, member, stringMember } from './json.ts';

/**
 * A W3C Web Annotation (https://www.w3.org/TR/annotation-model/), kept as the JSON it is stored as: whatever another tool
 * wrote into it stays in it. The verbs here read it and never throw, however it was damaged.
 */
export interface Annotation extends JsonObject {
  readonly id: string;
}

/** The context of the W3C model. */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** What our own members mean is said in README.md; the name is a name only, nothing can be fetched there. */
export const OWN_CONTEXT: JsonObject = { patchgloss: 'urn:x-patchgloss:' };

export const KINDS = ['question', 'remark', 'todo', 'insight'] as const;
export type Kind = (typeof KINDS)[number];

/** The W3C motivation nearest to each kind. A todo is a place to come back to, which W3C calls bookmarking. */
export const MOTIVATIONS: Readonly<Record<Kind, string>> = {
  question: 'questioning',
  remark: 'commenting',
  todo: 'bookmarking',
  insight: 'describing',
};

export type Status = 'open' | 'resolved';

/** One text of a note: what was written first, or a reply. */
export interface NoteText {
  id?: string;
  /** Markdown, unless `format` says otherwise. From a file: to be treated as text of a stranger. */
  value: string;
  format?: string;
  creator?: string;
  created?: string;
  modified?: string;
}

/** An annotation as a reader sees it. */
export interface Note {
  id: string;
  kind: Kind;
  status: Status;
  texts: NoteText[];
  replies: NoteText[];
  tags: string[];
  creator?: string;
  created?: string;
  modified?: string;
}

/** What the annotation says. Members it lacks, or has in a wrong form, are absent. */
export function readNote(annotation: Annotation): Note {
  const note: Note = {
    id: annotation.id,
    kind: kindOf(annotation),
    status: member(annotation, 'patchgloss:status') === 'resolved' ? 'resolved' : 'open',
    texts: [],
    replies: [],
    tags: [],
    ...written(annotation),
  };
  for (const body of bodiesOf(annotation)) {
    const text = textOf(body);
    if (text === undefined) continue;
    const purpose = isObject(body) ? member(body, 'purpose') : undefined;
    if (purpose === 'tagging') note.tags.push(text.value);
    else if (purpose === 'replying') note.replies.push(text);
    else note.texts.push(text);
  }
  return note;
}

/** Our own member first, then the motivation, also one that another tool wrote; a remark when neither says. */
export function kindOf(annotation: Annotation): Kind {
  const own = member(annotation, 'patchgloss:kind');
  const kind = KINDS.find((name) => name === own);
  if (kind !== undefined) return kind;
  const motivations = asList(member(annotation, 'motivation'));
  return KINDS.find((name) => motivations.includes(MOTIVATIONS[name])) ?? 'remark';
}

/** The bodies, one or many: W3C allows one `body`, a list, or text in `bodyValue`. */
export function bodiesOf(annotation: Annotation): readonly Json[] {
  const body = member(annotation, 'body');
  return body === undefined ? asList(member(annotation, 'bodyValue')) : asList(body);
}

/** The first target: with several, each is the target of every body, and one is enough to show the note. */
export function targetOf(annotation: Annotation): Json | undefined {
  const target = member(annotation, 'target');
  return isArray(target) ? target[0] : target;
}

function textOf(body: Json): NoteText | undefined {
  if (typeof body === 'string') return { value: body };
  if (!isObject(body)) return undefined;
  const value = member(body, 'value');
  if (typeof value !== 'string') return undefined;
  const id = stringMember(body, 'id');
  const format = stringMember(body, 'format');
  return { value, ...(id !== undefined && { id }), ...(format !== undefined && { format }), ...written(body) };
}

function written(object: JsonObject): { creator?: string; created?: string; modified?: string } {
  const creator = nameOf(member(object, 'creator'));
  const created = stringMember(object, 'created');
  const modified = stringMember(object, 'modified');
  return {
    ...(creator !== undefined && { creator }),
    ...(created !== undefined && { created }),
    ...(modified !== undefined && { modified }),
  };
}

function nameOf(creator: Json | undefined): string | undefined {
  const [first] = asList(creator);
  if (typeof first === 'string') return first;
  return first !== undefined && isObject(first) ? stringMember(first, 'name') : undefined;
}
