import { expect, test } from 'vitest';
import {
  type Annotation,
  addReply,
  anchor,
  annotationDocument,
  changeKind,
  changeStatus,
  changeTags,
  changeTarget,
  changeText,
  kindOf,
  newAnnotation,
  place,
  readNote,
  removeReply,
} from '#annotations';
import { LATER, MAIL, mail, NOW, noteOn, uuid } from './samples.ts';

const NOTE = newAnnotation({
  id: uuid(1),
  textId: uuid(2),
  now: NOW,
  kind: 'question',
  text: 'Why no lock?',
  target: anchor({ messageId: 'a1@example.org', text: MAIL, start: 0, end: 5 }),
  creator: 'Ada Example',
  tags: ['locking'],
});

test('a new note says who wrote it, when, what kind it is, and what it says', () => {
  expect(readNote(NOTE)).toEqual({
    id: uuid(1),
    kind: 'question',
    status: 'open',
    texts: [{ id: uuid(2), value: 'Why no lock?', format: 'text/markdown', creator: 'Ada Example', created: NOW }],
    replies: [],
    tags: ['locking'],
    creator: 'Ada Example',
    created: NOW,
    modified: NOW,
  });
  expect(NOTE).toMatchObject({ type: 'Annotation', motivation: 'questioning' });
});

test('it can be answered, edited, resolved, tagged and told to be of another kind; the time of the change is kept', () => {
  let note = addReply(NOTE, { textId: uuid(3), now: LATER, text: 'The flag orders it.', creator: 'Grace Example' });
  note = changeText(note, uuid(3), 'The flag *orders* it.', LATER);
  note = changeText(note, undefined, 'Why is there no lock?', LATER);
  note = changeTags(changeStatus(changeKind(note, 'insight', LATER), 'resolved', LATER), ['order', 'flag'], LATER);
  expect(readNote(note)).toMatchObject({
    kind: 'insight',
    status: 'resolved',
    texts: [{ id: uuid(2), value: 'Why is there no lock?', created: NOW, modified: LATER }],
    replies: [{ id: uuid(3), value: 'The flag *orders* it.', creator: 'Grace Example' }],
    tags: ['order', 'flag'],
    created: NOW,
    modified: LATER,
  });
  expect(readNote(removeReply(note, uuid(3), LATER)).replies).toEqual([]);
});

test('a text that is not there is not changed, and a first text is not removed as an answer', () => {
  expect(changeText(NOTE, uuid(99), 'x', LATER)).toBe(NOTE);
  expect(removeReply(NOTE, uuid(2), LATER)).toBe(NOTE);
});

test('placing by hand gives the note another target, and keeps the rest', () => {
  const text = 'Something else.\n';
  const target = anchor({ messageId: 'a1@example.org', text, start: 0, end: 9 });
  const moved = changeTarget({ ...NOTE, rights: 'CC0' }, target, LATER);
  expect(place(moved, [mail(text)])).toMatchObject({ state: 'placed', where: { start: 0, end: 9 } });
  expect(moved).toMatchObject({ rights: 'CC0', created: NOW, modified: LATER });
});

test('a note alone is a W3C document', () => {
  expect(Object.keys(annotationDocument(NOTE))[0]).toBe('@context');
  expect(annotationDocument(NOTE)).toMatchObject({ '@context': ['http://www.w3.org/ns/anno.jsonld', {}], id: NOTE.id });
});

test.each([
  ['questioning', 'question'],
  ['commenting', 'remark'],
  ['bookmarking', 'todo'],
  ['describing', 'insight'],
  ['highlighting', 'remark'],
])('the motivation %s of another tool is read as a %s', (motivation, kind) => {
  expect(kindOf({ id: 'urn:x', motivation: ['oa:other', motivation] })).toBe(kind);
});

test.each<[string, Partial<Annotation>]>([
  ['a text in bodyValue', { bodyValue: 'Hello' }],
  ['one body without a list', { body: { type: 'TextualBody', value: 'Hello' } }],
  ['a bare string', { body: 'Hello' }],
])('the text of another tool is read and edited: %s', (_, body) => {
  const note: Annotation = { ...noteOn('release store'), body: [], ...body };
  if ('bodyValue' in body) Reflect.deleteProperty(note, 'body');
  expect(readNote(note).texts).toMatchObject([{ value: 'Hello' }]);
  const edited = changeText(note, undefined, 'Goodbye', LATER);
  expect(readNote(edited).texts).toMatchObject([{ value: 'Goodbye', modified: LATER }]);
  expect(edited).not.toHaveProperty('bodyValue');
});
