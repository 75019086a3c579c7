import { expect, test } from 'vitest';
import {
  type Annotation,
  addReply,
  changeNotes,
  changeStatus,
  changeText,
  emptyStore,
  formatStore,
  readNote,
  removeReply,
  type Store,
} from '#annotations';
import { LATER, NOW, noteAt, uuid } from './samples.ts';

const FIRST = noteAt(0, 5, {}, 1);
const SECOND = noteAt(50, 60, {}, 2);

function holding(...annotations: readonly Annotation[]): Store {
  return { ...emptyStore('t.jsonld'), annotations };
}

test('a new note stands beside those that another window wrote meanwhile', () => {
  const { store } = changeNotes(holding(FIRST), [{ after: SECOND }]);
  expect(formatStore(store)).toBe(formatStore(holding(FIRST, SECOND)));
});

test('a text that another window changed meanwhile is kept beside ours, and that is said', () => {
  const theirs = changeText(FIRST, undefined, 'Theirs', NOW);
  const after = changeText(FIRST, undefined, 'Ours', LATER);
  const { store, conflicts } = changeNotes(holding(theirs, SECOND), [{ before: FIRST, after }]);
  const [merged] = store.annotations;
  expect(merged && readNote(merged).texts.map(({ value }) => value)).toEqual(['Ours', 'Theirs']);
  expect(conflicts).toMatchObject([{ id: FIRST.id, message: expect.stringContaining('both versions are kept') }]);
  expect(store.annotations).toHaveLength(2);
  const alone = merged && removeReply(merged, 1, LATER);
  expect(alone && readNote(alone).texts.map(({ value }) => value)).toEqual(['Ours']);
  const other = merged && changeText(merged, 1, 'Theirs, too', LATER);
  expect(other && readNote(other).texts.map(({ value }) => value)).toEqual(['Ours', 'Theirs, too']);
});

test('an answer and a resolution from two windows are both there', () => {
  const theirs = addReply(FIRST, { textId: uuid(9), now: NOW, text: 'Because.' });
  const { store, conflicts } = changeNotes(holding(theirs), [
    { before: FIRST, after: changeStatus(FIRST, 'resolved', LATER) },
  ]);
  const [merged] = store.annotations;
  expect(merged && readNote(merged)).toMatchObject({ status: 'resolved', replies: [{ value: 'Because.' }] });
  expect(conflicts).toEqual([]);
});

test('a deleted note is gone, but not when somebody has just worked on it', () => {
  expect(changeNotes(holding(FIRST, SECOND), [{ before: FIRST }]).store.annotations).toEqual([SECOND]);
  const theirs = changeText(FIRST, undefined, 'Still thinking.', LATER);
  const { store, conflicts } = changeNotes(holding(theirs), [{ before: FIRST }]);
  expect(store.annotations).toEqual([theirs]);
  expect(conflicts).toHaveLength(1);
});

test('a note that was deleted elsewhere while its reader worked on it is kept', () => {
  const after = changeText(FIRST, undefined, 'More to say.', LATER);
  expect(changeNotes(holding(), [{ before: FIRST, after }]).store.annotations).toEqual([after]);
});
