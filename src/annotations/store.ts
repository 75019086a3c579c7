import { ANNO_CONTEXT, type Annotation, OWN_CONTEXT } from './annotation.ts';
import { readEntry } from './entry.ts';
import {
  asList,
  compareText,
  formatJson,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  member,
  without,
} from './json.ts';
import { compareNames } from './member-order.ts';
import { referenceOf } from './reference.ts';

/** What one annotation file holds: all of it, so that nothing is lost when it is written again. */
export interface Store {
  /** The members of the page but `items`, also those nobody here knows. */
  members: JsonObject;
  annotations: readonly Annotation[];
  /** Entries that cannot be read as annotations; kept as they are and written again. */
  damaged: readonly Damaged[];
  /** Why the file must not be written over: the caller puts it aside first. Absent: it may. */
  keepAside?: string;
  /** The file is whole, but of a later format version: it is for reading only. */
  newer?: true;
}

export interface Damaged {
  /** Which entry of the file it was, from 0. */
  index: number;
  reason: string;
  raw: Json;
}

/** A reader that finds a higher version may show the notes, but must not write the file. */
export const FORMAT_VERSION = 1;

const VERSION = 'patchgloss:formatVersion';

/**
 * A store without annotations. `name` is the file's name (`storeName`), from which the page's id is made; `label` tells a
 * reader of the file which thread it belongs to.
 */
export function emptyStore(name?: string, label?: string): Store {
  const collection = {
    ...(name !== undefined && { id: `urn:x-patchgloss:thread:${name}` }),
    type: 'AnnotationCollection',
    ...(label !== undefined && { label }),
  };
  const id = name === undefined ? {} : { id: `urn:x-patchgloss:page:${name}` };
  return { members: { ...pageMembers(), ...id, partOf: collection }, annotations: [], damaged: [] };
}

/**
 * Reads an annotation file: an AnnotationPage as `formatStore` writes it, or what other tools write: an
 * AnnotationCollection with its first page in it, a list of annotations, one annotation. Never throws.
 */
export function parseStore(text: string): Store {
  const content = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (content.trim() === '') return emptyStore();
  let root: Json;
  try {
    root = JSON.parse(content);
  } catch (error) {
    return unreadable(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const page = pageOf(root);
  if (page === undefined) return unreadable('It is JSON, but holds no list of annotations.');
  const store = { members: page.members, ...readEntries(page.items) };
  const version = member(page.members, VERSION);
  if (version === undefined || version === FORMAT_VERSION) return store;
  const found = formatJson(version).slice(0, 40);
  const keepAside = `Its format version is ${found}; this program writes version ${FORMAT_VERSION}.`;
  const newer = typeof version === 'number' && version > FORMAT_VERSION;
  return { ...store, keepAside, ...(newer && { newer }) };
}

/**
 * The file's text: members in a fixed order, annotations by message, position and id, two spaces, a line end at the end.
 * The same store gives the same bytes, whoever wrote it last.
 * @throws Error when the store was read from a file that must not be written over: that would lose a reader's words.
 */
export function formatStore(store: Store): string {
  if (store.keepAside !== undefined) throw new Error(`This file must not be written over. ${store.keepAside}`);
  const raw = store.damaged.map((entry) => entry.raw);
  const members = { ...pageMembers(), ...store.members };
  const page = {
    ...members,
    '@context': withOwnContext(members['@context']),
    items: [...inOrder(store.annotations), ...raw],
  };
  return `${formatJson(page, { compareNames, verbatim: new Set(raw) })}\n`;
}

function pageMembers(): JsonObject {
  return { '@context': [ANNO_CONTEXT, OWN_CONTEXT], type: 'AnnotationPage', [VERSION]: FORMAT_VERSION };
}

/** A file of another tool does not say what our members mean: its context gets ours beside its own. */
function withOwnContext(context: Json | undefined): Json {
  const contexts = asList(context);
  const own = contexts.some((one) => isObject(one) && member(one, 'patchgloss') !== undefined);
  return own ? contexts : [...contexts, OWN_CONTEXT];
}

function unreadable(keepAside: string): Store {
  return { ...emptyStore(), keepAside };
}

interface Page {
  members: JsonObject;
  items: readonly Json[];
}

function pageOf(root: Json): Page | undefined {
  if (isArray(root)) return { members: pageMembers(), items: root };
  if (!isObject(root)) return undefined;
  const items = member(root, 'items');
  if (isArray(items)) return { members: without(root, ['items']), items };
  const first = member(root, 'first');
  if (isObject(first)) return firstPageOf(root, first);
  return member(root, 'target') === undefined ? undefined : { members: pageMembers(), items: [root] };
}

/** The page becomes the document; the collection it was the first page of is kept as what it is part of. */
function firstPageOf(collection: JsonObject, first: JsonObject): Page | undefined {
  const items = member(first, 'items');
  if (!isArray(items)) return undefined;
  const context = member(collection, '@context');
  const members = {
    ...without(first, ['items']),
    ...(context !== undefined && { '@context': context }),
    partOf: without(collection, ['first', '@context']),
  };
  return { members, items };
}

function readEntries(items: readonly Json[]): { annotations: Annotation[]; damaged: Damaged[] } {
  const annotations: Annotation[] = [];
  const damaged: Damaged[] = [];
  const seen = new Map<string, number>();
  for (const [index, raw] of items.entries()) {
    const entry = readEntry(raw);
    if ('reason' in entry) {
      damaged.push({ index, reason: entry.reason, raw });
      continue;
    }
    const { annotation } = entry;
    const earlier = seen.get(annotation.id);
    if (earlier === undefined) annotations.push(annotation);
    else damaged.push({ index, reason: `Its id is that of entry ${earlier}.`, raw });
    seen.set(annotation.id, earlier ?? index);
  }
  return { annotations, damaged };
}

function inOrder(annotations: readonly Annotation[]): Annotation[] {
  const keyed = annotations.map((annotation) => {
    const { messageId, path, position } = referenceOf(annotation);
    return { annotation, source: messageId ?? path ?? '', start: position?.start ?? 0, end: position?.end ?? 0 };
  });
  keyed.sort(
    (a, b) =>
      compareText(a.source, b.source) ||
      a.start - b.start ||
      a.end - b.end ||
      compareText(a.annotation.id, b.annotation.id),
  );
  return keyed.map(({ annotation }) => annotation);
}
