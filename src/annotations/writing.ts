import {
  ANNO_CONTEXT,
  type Annotation,
  bodiesOf,
  type Kind,
  MOTIVATIONS,
  OWN_CONTEXT,
  type Status,
} from './annotation.ts';
import { isArray, isObject, type Json, type JsonObject, member, stringMember, withMembers, without } from './json.ts';

/**
 * What a reader does to a note. Each verb gives a new annotation and keeps every member it does not know. Ids and times
 * come from the caller: this room has no clock and no randomness. Times are ISO 8601 with a zone, ids `urn:uuid:` names.
 */

export interface NoteDraft {
  id: string;
  textId: string;
  now: string;
  kind: Kind;
  /** Markdown. */
  text: string;
  target: JsonObject;
  creator?: string;
  tags?: readonly string[];
}

/** One note: one annotation with one text. Replies are added as further bodies, so the note is placed once. */
export function newAnnotation(draft: NoteDraft): Annotation {
  const text = textualBody(draft.textId, draft.text, draft.now, draft.creator, MOTIVATIONS[draft.kind]);
  return {
    id: draft.id,
    type: 'Annotation',
    ...(draft.creator !== undefined && { creator: person(draft.creator) }),
    created: draft.now,
    modified: draft.now,
    motivation: MOTIVATIONS[draft.kind],
    'patchgloss:kind': draft.kind,
    'patchgloss:status': 'open',
    body: [text, ...(draft.tags ?? []).map(tagBody)],
    target: draft.target,
  };
}

/** The annotation as a document of its own, for export. */
export function annotationDocument(annotation: Annotation): JsonObject {
  return { '@context': [ANNO_CONTEXT, OWN_CONTEXT], ...without(annotation, ['@context']) };
}

export interface ReplyDraft {
  textId: string;
  now: string;
  text: string;
  creator?: string;
}

export function addReply(annotation: Annotation, reply: ReplyDraft): Annotation {
  const body = textualBody(reply.textId, reply.text, reply.now, reply.creator, 'replying');
  return changed(annotation, reply.now, { body: [...bodiesOf(annotation), body] });
}

/**
 * A text of a note: by its id, by its place among `texts` and then `replies` of `readNote`, or the first one. Other tools, and merges, leave
 * texts without ids.
 */
export type TextName = string | number | undefined;

/** Replaces a text. The annotation as it is when there is no such text. */
export function changeText(annotation: Annotation, name: TextName, text: string, now: string): Annotation {
  const bodies = bodiesOf(annotation);
  const index = indexOfText(bodies, name);
  const body = bodies[index];
  if (body === undefined) return annotation;
  const next = isObject(body)
    ? withMembers(body, { value: text, modified: now })
    : { type: 'TextualBody', value: text, format: 'text/markdown', modified: now };
  return changed(annotation, now, { body: bodies.with(index, next) });
}

/** Removes a reply, or another version of the text that a merge has kept; the first text stays. */
export function removeReply(annotation: Annotation, name: TextName, now: string): Annotation {
  const bodies = bodiesOf(annotation);
  const index = indexOfText(bodies, name);
  if (index === -1 || index === indexOfText(bodies, undefined)) return annotation;
  return changed(annotation, now, { body: bodies.filter((_, at) => at !== index) });
}

function indexOfText(bodies: readonly Json[], name: TextName): number {
  if (typeof name === 'string') return bodies.findIndex((body) => isText(body) && idOf(body) === name);
  const all = [...bodies.keys()].filter((at) => isText(bodies[at] ?? {}));
  const isReply = (at: number): boolean => purposeOf(bodies[at] ?? {}) === 'replying';
  return [...all.filter((at) => !isReply(at)), ...all.filter(isReply)][name ?? 0] ?? -1;
}

export function changeKind(annotation: Annotation, kind: Kind, now: string): Annotation {
  return changed(annotation, now, { motivation: MOTIVATIONS[kind], 'patchgloss:kind': kind });
}

export function changeStatus(annotation: Annotation, status: Status, now: string): Annotation {
  return changed(annotation, now, { 'patchgloss:status': status });
}

export function changeTags(annotation: Annotation, tags: readonly string[], now: string): Annotation {
  const others = bodiesOf(annotation).filter((body) => purposeOf(body) !== 'tagging');
  return changed(annotation, now, { body: [...others, ...tags.map(tagBody)] });
}

/** "Place here": the reader says where the note belongs. */
export function changeTarget(annotation: Annotation, target: JsonObject, now: string): Annotation {
  const targets = member(annotation, 'target');
  const others = isArray(targets) ? targets.slice(1) : [];
  return changed(annotation, now, { target: others.length === 0 ? target : [target, ...others] });
}

function changed(annotation: Annotation, now: string, changes: Readonly<Record<string, Json>>): Annotation {
  const gone = 'body' in changes ? ['bodyValue'] : [];
  return { ...without(annotation, gone), ...changes, modified: now, id: annotation.id };
}

function textualBody(id: string, value: string, now: string, creator: string | undefined, purpose: string): JsonObject {
  return {
    id,
    type: 'TextualBody',
    ...(creator !== undefined && { creator: person(creator) }),
    created: now,
    purpose,
    format: 'text/markdown',
    value,
  };
}

function person(name: string): JsonObject {
  return { type: 'Person', name };
}

function tagBody(tag: string): JsonObject {
  return { type: 'TextualBody', purpose: 'tagging', value: tag };
}

function isText(body: Json): boolean {
  if (typeof body === 'string') return true;
  return isObject(body) && purposeOf(body) !== 'tagging' && stringMember(body, 'value') !== undefined;
}

function idOf(body: Json): Json | undefined {
  return isObject(body) ? member(body, 'id') : undefined;
}

function purposeOf(body: Json): Json | undefined {
  return isObject(body) ? member(body, 'purpose') : undefined;
}
