import { describe, expect, test } from 'vitest';
import { addReply, anchor, changeStatus, type Kind, newAnnotation } from '#annotations';
import { groupNotes, matchesNotes, type NoteRow, noteRow } from '#features';

const NOW = '2024-03-06T09:00:00Z';
const TEXT = 'The kettle is filled once.\nReaders take no lock.\n';
const thread = { key: 'kettle.jsonld', label: '[PATCH] kettle: fill it' };

function note(number: number, kind: Kind, text: string, tags: readonly string[] = [], of = thread): NoteRow {
  const target = anchor({ messageId: 'k@example.org', subject: 'kettle', text: TEXT, start: 27, end: 48 });
  const id = `urn:example:${number}`;
  return noteRow(newAnnotation({ id, textId: `${id}-text`, now: NOW, kind, text, target, tags, creator: 'Ada' }), of);
}

const question = note(1, 'question', '\nWho holds *it*?\nNobody says.', ['locking']);
const todo = note(2, 'todo', 'Ask again.', ['Ask', 'locking'], { key: 'other.jsonld', label: 'A cup' });
const remark = note(3, 'remark', 'Fine.');

test('a row says the first line that says something, and the words that the note is on', () => {
  expect(question).toMatchObject({ title: 'Who holds *it*?', quote: 'Readers take no lock.', subject: 'kettle' });
  expect(note(4, 'remark', 'word '.repeat(100)).title).toHaveLength(121);
  expect(note(5, 'remark', 'See [PAMT](concept:pamt), [x] (y)').title).toBe('See PAMT, [x] (y)');
});

describe('notes stand', () => {
  const all = [question, todo, remark];
  const shape = (by: 'thread' | 'kind' | 'tag') =>
    groupNotes(all, by).map(({ label, notes }) => [label, ...notes.map(({ id }) => id.at(-1))]);

  test('under their threads', () => {
    expect(shape('thread')).toEqual([
      ['[PATCH] kettle: fill it', '1', '3'],
      ['A cup', '2'],
    ]);
  });

  test('under their kinds, questions first', () => {
    expect(shape('kind')).toEqual([
      ['question', '1'],
      ['remark', '3'],
      ['todo', '2'],
    ]);
  });

  test('under each of their tags, those without one last', () => {
    expect(shape('tag')).toEqual([
      ['Ask', '2'],
      ['locking', '1', '2'],
      ['', '3'],
    ]);
  });
});

test('a filter wants all its words, wherever they stand', () => {
  const found = (filter: string) => [question, todo, remark].filter(matchesNotes(filter)).map(({ id }) => id.at(-1));
  expect(found('')).toEqual(['1', '2', '3']);
  expect(found('#LOCK')).toEqual(['1', '2']);
  expect(found('kind:todo is:open')).toEqual(['2']);
  expect(found('is:resolved')).toEqual([]);
  expect(found('readers nobody')).toEqual(['1']);
  expect(found('cup again')).toEqual(['2']);
});

test('a resolved note is found by its state, and by what was answered', () => {
  const target = { source: 'mid:k@example.org' };
  const draft = newAnnotation({
    id: 'urn:example:5',
    textId: 'urn:example:6',
    now: NOW,
    kind: 'todo',
    text: 'T',
    target,
  });
  const answered = addReply(changeStatus(draft, 'resolved', NOW), {
    textId: 'urn:example:7',
    now: NOW,
    text: 'Done so.',
  });
  const row = noteRow(answered, thread);
  expect(row.replies).toBe(1);
  expect(matchesNotes('is:resolved done')(row)).toBe(true);
});
