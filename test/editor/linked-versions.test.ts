import { beforeEach, expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly event = () => undefined;
    fire() {}
  },
}));

const { keepLinkedVersions, linkedVersions, linkVersions, unlinkVersions } = await import(
  '../../src/editor/argument/linked-versions.ts'
);

const state = new Map<string, unknown>();
beforeEach(() => {
  state.clear();
  keepLinkedVersions({
    keys: () => [...state.keys()],
    get: (key: string) => state.get(key),
    update: async (key: string, value: unknown) => void state.set(key, value),
  } as Parameters<typeof keepLinkedVersions>[0]);
});

const mail = (messageId: string) => ({ messageId, uri: `file:///${messageId}.mbox` });
const ids = (of: string) => linkedVersions([of]).map(({ messageId }) => messageId);

test('versions that were linked know each other from both sides, and by way of others', async () => {
  await linkVersions(mail('v1'), mail('v2'));
  await linkVersions(mail('v3'), mail('v2'));
  expect(ids('v1')).toEqual(['v2', 'v3']);
  expect(ids('v3')).toEqual(['v2', 'v1']);
  expect(ids('other')).toEqual([]);
});

test('a link that is made twice is one, and taking it away leaves the others', async () => {
  await linkVersions(mail('v1'), mail('v2'));
  await linkVersions(mail('v2'), mail('v1'));
  await linkVersions(mail('v1'), mail('v3'));
  await unlinkVersions('v1', 'v2');
  expect(ids('v2')).toEqual([]);
  expect(ids('v1')).toEqual(['v3']);
});

test.each([
  'no list',
  [['a', 'b']],
  [[mail('v1')]],
  [[{ messageId: 1, uri: 'file:///a' }, mail('v1')]],
  [[{ ...mail('v2'), uri: 'x'.repeat(5000) }, mail('v1')]],
])('what is kept and no link is passed over: %j', (kept) => {
  state.set('patchgloss.linkedVersions', kept);
  expect(ids('v1')).toEqual([]);
});

test('of many links the oldest are forgotten', async () => {
  for (let at = 0; at < 201; at++) await linkVersions(mail(`a${at}`), mail(`b${at}`));
  expect(ids('a0')).toEqual([]);
  expect(ids('a200')).toEqual(['b200']);
});
