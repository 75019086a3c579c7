import {
  type Annotation,
  bodiesOf,
  KINDS,
  type Kind,
  MOTIVATIONS,
  type NoteText,
  readNote,
  type Status,
  targetOf,
} from '../annotation.ts';
import {
  asList,
  formatJson,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  member,
  stringMember,
  without,
} from '../json.ts';
import { midUri } from '../message-uri.ts';

/**
 * Annotations as Hypothesis' search API gives them (https://h.readthedocs.io/en/latest/api-reference/): `{total, rows}`, each row
 * with uri, text, tags, user and the selectors of its target; a reply is a row that refers to the rows above it.
 */

/** What our notes have and Hypothesis has not; tools that do not know it pass it over. */
const OWN = 'patchgloss';
/** On an annotation or a reply that came from there: the members of its row that have no other place. */
const ROW = 'patchgloss:hypothesis';
const ROW_ID = 'urn:x-hypothesis:';

export function toHypothesis(annotations: readonly Annotation[]): string {
  const rows = annotations.flatMap(rowsOf);
  return `${formatJson({ total: rows.length, rows })}\n`;
}

function rowsOf(annotation: Annotation): JsonObject[] {
  const note = readNote(annotation);
  const [first, ...further] = note.texts;
  const target = targetOf(annotation);
  const uri = uriOf(target);
  const id = rowId(note.id);
  const own = { kind: note.kind, status: note.status, target: target ?? null };
  const known = rowMembers(annotation);
  const row = {
    ...known,
    ...rowText(first, note),
    id,
    uri,
    tags: note.tags,
    target: member(known, 'target') ?? [targetRow(target, uri)],
    [OWN]: own,
  };
  const replies = [...further, ...note.replies].map((reply, index) => ({
    tags: [],
    target: [{ source: uri }],
    references: [id],
    ...rowMembers(bodiesOf(annotation).find((body) => isObject(body) && member(body, 'id') === reply.id)),
    ...rowText(reply, reply),
    id: rowId(reply.id ?? `${note.id}#${index + 1}`),
    uri,
  }));
  return [row, ...replies];
}

function rowText(text: NoteText | undefined, said: Pick<NoteText, 'creator' | 'created' | 'modified'>): JsonObject {
  const { creator, created, modified } = said;
  return {
    ...(created !== undefined && { created }),
    ...((modified ?? created) !== undefined && { updated: modified ?? created ?? '' }),
    ...(creator !== undefined && { user: creator }),
    text: text?.value ?? '',
  };
}

function targetRow(target: Json | undefined, uri: string): JsonObject {
  const selectors = target !== undefined && isObject(target) ? asList(member(target, 'selector')) : [];
  const plain = selectors.filter((one) => isObject(one) && !String(member(one, 'type')).startsWith('patchgloss:'));
  return { source: uri, ...(plain.length > 0 && { selector: plain }) };
}

function uriOf(target: Json | undefined): string {
  if (typeof target === 'string') return target;
  const source = target !== undefined && isObject(target) ? member(target, 'source') : undefined;
  return typeof source === 'string' ? source : '';
}

function rowId(id: string): string {
  return id.startsWith(ROW_ID) ? id.slice(ROW_ID.length) : id;
}

function rowMembers(object: Json | undefined): JsonObject {
  const row = object !== undefined && isObject(object) ? member(object, ROW) : undefined;
  return row !== undefined && isObject(row) ? row : {};
}

/** Members of a row that become members of a note; the others are kept with it. */
const READ = ['id', 'uri', 'text', 'user', 'created', 'updated', OWN];
const REPLY = [...READ, 'references'];

/**
 * The annotations of a search answer, of a list of rows, or of one row; absent when the text is none of them. `messageIdIn` tells
 * of which message a page of an archive is.
 */
export function fromHypothesis(
  root: Json,
  messageIdIn: (url: string) => string | undefined = () => undefined,
): Annotation[] | undefined {
  const rows = rowsIn(root);
  if (rows === undefined) return undefined;
  const byId = new Map(rows.map((row) => [String(member(row, 'id') ?? ''), row]));
  const rootOf = (row: JsonObject): string | undefined => {
    const above = asList(member(row, 'references'))[0];
    return typeof above === 'string' && byId.has(above) ? above : undefined;
  };
  return rows.flatMap((row): Annotation[] => {
    const id = String(member(row, 'id') ?? '');
    if (rootOf(row) !== undefined) return [];
    const replies = rows.filter((one) => one !== row && rootOf(one) === id);
    return [noteOf(row, replies, messageIdIn)];
  });
}

function rowsIn(root: Json): JsonObject[] | undefined {
  const list = isArray(root) ? root : isObject(root) ? (member(root, 'rows') ?? [root]) : undefined;
  if (list === undefined || !isArray(list)) return undefined;
  const rows = list.filter(isObject).filter((row) => stringMember(row, 'id') !== undefined && 'uri' in row);
  return rows.length === list.length ? rows : undefined;
}

function noteOf(
  row: JsonObject,
  replies: readonly JsonObject[],
  messageIdIn: (url: string) => string | undefined,
): Annotation {
  const own = member(row, OWN);
  const kind = ownMember<Kind>(own, 'kind', KINDS) ?? 'remark';
  const tags = asList(member(row, 'tags')).filter((tag) => typeof tag === 'string');
  const target = own !== undefined && isObject(own) ? member(own, 'target') : undefined;
  const text = stringMember(row, 'text');
  return {
    id: noteId(row),
    type: 'Annotation',
    ...written(row),
    motivation: MOTIVATIONS[kind],
    'patchgloss:kind': kind,
    'patchgloss:status': ownMember<Status>(own, 'status', ['open', 'resolved']) ?? 'open',
    body: [
      ...(text === undefined ? [] : [textBody(row, `${noteId(row)}#text`, MOTIVATIONS[kind])]),
      ...replies.map((reply) => ({ ...textBody(reply, noteId(reply), 'replying'), ...kept(reply, REPLY) })),
      ...tags.map((value) => ({ type: 'TextualBody', purpose: 'tagging', value })),
    ],
    target: target ?? targetFrom(row, messageIdIn),
    ...kept(row, OWN in row ? [...READ, 'tags', 'target'] : [...READ, 'tags']),
  };
}

function ownMember<T extends string>(own: Json | undefined, name: string, values: readonly T[]): T | undefined {
  const value = own !== undefined && isObject(own) ? member(own, name) : undefined;
  return values.find((one) => one === value);
}

function targetFrom(row: JsonObject, messageIdIn: (url: string) => string | undefined): JsonObject {
  const uri = stringMember(row, 'uri') ?? '';
  const messageId = messageIdIn(uri);
  const [first] = asList(member(row, 'target'));
  const selector = first !== undefined && isObject(first) ? member(first, 'selector') : undefined;
  return {
    type: 'SpecificResource',
    source: messageId === undefined ? uri : midUri(messageId),
    ...(selector !== undefined && { selector }),
  };
}

function textBody(row: JsonObject, id: string, purpose: string): JsonObject {
  const value = stringMember(row, 'text') ?? '';
  const said = written(row);
  const rest = without(said, ['modified']);
  const modified = member(said, 'modified');
  // A text that was never changed has no time of a change.
  const changed = modified !== undefined && modified !== member(rest, 'created') ? { modified } : {};
  return { id, type: 'TextualBody', ...rest, ...changed, purpose, format: 'text/markdown', value };
}

function written(row: JsonObject): JsonObject {
  const [user, created, updated] = ['user', 'created', 'updated'].map((name) => stringMember(row, name));
  return {
    ...(user !== undefined && { creator: { type: 'Person', name: user } }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { modified: updated }),
  };
}

function noteId(row: JsonObject): string {
  const id = stringMember(row, 'id') ?? '';
  return /^[a-z][a-z0-9+.-]*:/i.test(id) ? id : `${ROW_ID}${id}`;
}

/** What the row has more, so that it can be given back. */
function kept(row: JsonObject, read: readonly string[]): JsonObject {
  const above = asList(member(row, 'references'));
  const more = {
    ...without(row, read),
    // Which of the replies above it answers is nowhere else.
    ...(read === REPLY && above.length > 1 && { references: above }),
  };
  return Object.keys(more).length === 0 ? {} : { [ROW]: more };
}
