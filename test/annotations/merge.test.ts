import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Annotation,
  addReply,
  changeKind,
  changeStatus,
  changeTags,
  changeText,
  emptyStore,
  formatStore,
  mergeStores,
  parseStore,
  readNote,
  type Store,
} from '#annotations';
import { LATER, NOW, noteAt, uuid } from './samples.ts';

const FIRST = noteAt(0, 5, {}, 1);
const SECOND = noteAt(50, 60, {}, 2);

function holding(...annotations: readonly Annotation[]): Store {
  return { ...emptyStore('t.jsonld'), annotations };
}

function textsOf(store: Store, id = FIRST.id): string[] {
  const annotation = store.annotations.find((one) => one.id === id);
  return annotation === undefined ? [] : readNote(annotation).texts.map(({ value }) => value);
}

test('what each side added is there', () => {
  const { store, conflicts } = mergeStores(holding(), holding(FIRST), holding(SECOND));
  expect(formatStore(store)).toBe(formatStore(holding(FIRST, SECOND)));
  expect(conflicts).toEqual([]);
});

test('what one side changed or deleted is taken', () => {
  const changed = changeText(FIRST, undefined, 'Why here?', LATER);
  const { store, conflicts } = mergeStores(holding(FIRST, SECOND), holding(changed, SECOND), holding(FIRST));
  expect(formatStore(store)).toBe(formatStore(holding(changed)));
  expect(conflicts).toEqual([]);
});

test('a note that one side deleted and the other changed stays, and that is said', () => {
  const changed = changeKind(FIRST, 'todo', LATER);
  const { store, conflicts } = mergeStores(holding(FIRST), holding(), holding(changed));
  expect(store.annotations).toEqual([changed]);
  expect(conflicts).toMatchObject([{ id: FIRST.id, message: expect.stringContaining('it was kept') }]);
});

test('both changed the text: both versions are kept, the later first, and that is said', () => {
  const ours = changeText(FIRST, undefined, 'Ours', LATER);
  const theirs = changeText(FIRST, undefined, 'Theirs', NOW);
  const { store, conflicts } = mergeStores(holding(FIRST), holding(ours), holding(theirs));
  expect(textsOf(store)).toEqual(['Ours', 'Theirs']);
  expect(conflicts).toEqual([
    { id: FIRST.id, members: ['body'], message: 'Both sides changed the text; both versions are kept.' },
  ]);
  const again = mergeStores(store, store, holding(...store.annotations));
  expect(textsOf(again.store)).toEqual(['Ours', 'Theirs']);
});

test('both answered: both answers stand under the note, in the order they were written, without a conflict', () => {
  const ours = addReply(FIRST, { textId: uuid(71), now: LATER, text: 'Later' });
  const theirs = addReply(FIRST, { textId: uuid(72), now: NOW, text: 'Sooner' });
  const { store, conflicts } = mergeStores(holding(FIRST), holding(ours), holding(theirs));
  const [note] = store.annotations.map(readNote);
  expect(note?.replies.map(({ value }) => value)).toEqual(['Sooner', 'Later']);
  expect(note?.modified).toBe(LATER);
  expect(conflicts).toEqual([]);
});

test('one changed the kind, the other the text: both changes are taken', () => {
  const ours = changeKind(FIRST, 'insight', NOW);
  const theirs = changeText(FIRST, undefined, 'Because', LATER);
  const { store, conflicts } = mergeStores(holding(FIRST), holding(ours), holding(theirs));
  expect(store.annotations.map(readNote)).toMatchObject([{ kind: 'insight', texts: [{ value: 'Because' }] }]);
  expect(conflicts).toEqual([]);
});

test('both changed the kind: the later change counts, the other is kept aside, and that is said', () => {
  const ours = changeKind(FIRST, 'insight', NOW);
  const theirs = changeKind(FIRST, 'todo', LATER);
  const { store, conflicts } = mergeStores(holding(FIRST), holding(ours), holding(theirs));
  expect(store.annotations[0]).toMatchObject({
    'patchgloss:kind': 'todo',
    'patchgloss:earlier': [
      { member: 'motivation', value: 'describing' },
      { member: 'patchgloss:kind', value: 'insight' },
    ],
  });
  expect(conflicts).toMatchObject([{ members: ['motivation', 'patchgloss:kind'] }]);
});

test('a text without id, as other tools write it, that both sides replaced: both are kept, and that is said', () => {
  const plain = (value: string): Annotation => ({
    id: 'urn:x',
    type: 'Annotation',
    target: 'mid:a',
    body: { type: 'TextualBody', value },
  });
  const { store, conflicts } = mergeStores(holding(plain('old')), holding(plain('left')), holding(plain('right')));
  expect(textsOf(store, 'urn:x').toSorted()).toEqual(['left', 'right']);
  expect(conflicts).toMatchObject([{ id: 'urn:x', members: ['body'] }]);
});

test('damaged entries of both sides are kept; one that was repaired outside does not come back', () => {
  const before = parseStore('{"items": [1, 2]}');
  const ours = parseStore('{"items": [1, 2, 3, 3]}');
  const theirs = parseStore('{"items": [2, 4]}');
  expect(
    mergeStores(before, ours, theirs)
      .store.damaged.map(({ raw }) => raw)
      .toSorted(),
  ).toEqual([2, 3, 3, 4]);
});

test('members of the page that only one side has are kept', () => {
  const ours: Store = { ...holding(), members: { ...holding().members, 'example:a': 1 } };
  const theirs: Store = { ...holding(), members: { ...holding().members, 'example:b': 2 } };
  expect(mergeStores(holding(), ours, theirs).store.members).toMatchObject({ 'example:a': 1, 'example:b': 2 });
});

test('a side that must not be written over makes a result that must not be written over', () => {
  expect(mergeStores(undefined, holding(FIRST), parseStore('{')).store.keepAside).toContain('not JSON');
});

type Step = (annotation: Annotation, number: number) => Annotation | undefined;

const steps: readonly Step[] = [
  (note, number) => changeText(note, undefined, `text ${number}`, time(number)),
  (note, number) => addReply(note, { textId: uuid(9_000 + number), now: time(number), text: `reply ${number}` }),
  (note, number) => changeKind(note, number % 2 === 0 ? 'todo' : 'insight', time(number)),
  (note, number) => changeStatus(note, number % 2 === 0 ? 'resolved' : 'open', time(number)),
  (note, number) => changeTags(note, [`tag ${number % 3}`], time(number)),
  () => undefined,
];

function time(number: number): string {
  return new Date(Date.UTC(2024, 5, 1, 0, 0, number)).toISOString();
}

const change = fc.record({ note: fc.nat(3), step: fc.nat(steps.length - 1), number: fc.nat(500) });

function changedBy(store: Store, changes: readonly { note: number; step: number; number: number }[]): Store {
  let annotations = store.annotations;
  for (const { note, step, number } of changes) {
    annotations = annotations.flatMap((annotation, index) =>
      index === note ? (steps[step]?.(annotation, number) ?? []) : [annotation],
    );
  }
  return { ...store, annotations };
}

const wordsIn = (store: Store): string[] =>
  store.annotations.flatMap((annotation) => {
    const { texts, replies } = readNote(annotation);
    return [...texts, ...replies].map(({ value }) => `${annotation.id} ${value}`);
  });

test('two sides that change what they like: no new text of either is lost, and the result is the same from both sides', () => {
  const start = holding(FIRST, SECOND, noteAt(70, 80, {}, 3), noteAt(90, 99, {}, 4));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.array(change, { maxLength: 6 }), (left, right) => {
      const [ours, theirs] = [changedBy(start, left), changedBy(start, right)];
      const { store } = mergeStores(start, ours, theirs);
      const [before, after] = [new Set(wordsIn(start)), new Set(wordsIn(store))];
      const added = [...wordsIn(ours), ...wordsIn(theirs)].filter((words) => !before.has(words));
      const lost = added.filter((words) => !after.has(words));
      const deleted = new Set(
        start.annotations.map(({ id }) => id).filter((id) => !store.annotations.some((one) => one.id === id)),
      );
      expect(lost.filter((words) => !deleted.has(words.slice(0, uuid(1).length)))).toEqual([]);
      expect(formatStore(mergeStores(start, theirs, ours).store)).toBe(formatStore(store));
      expect(formatStore(mergeStores(start, start, theirs).store)).toBe(formatStore(theirs));
      expect(formatStore(mergeStores(store, store, store).store)).toBe(formatStore(store));
    }),
    { seed: 41, numRuns: 500 },
  );
});

test('two histories without a common beginning are united', () => {
  const ours = holding(changeText(FIRST, undefined, 'Ours', LATER), SECOND);
  const theirs = holding(FIRST);
  const { store } = mergeStores(undefined, ours, theirs);
  expect(textsOf(store)).toEqual(['Ours', 'Why?']);
  expect(store.annotations).toHaveLength(2);
});
