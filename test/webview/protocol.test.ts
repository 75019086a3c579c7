import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PanelState, readFromPanel, readState, readToPanel } from '#webview';

const state: PanelState = {
  simulator: 'tdmr-pamt',
  scenario: 'one-chunk',
  values: { nodes: 2, hole: true, by: 'any' },
  fromText: ['nodes'],
  step: -1,
  origin: { uri: 'file:///a.mbox', start: 1, end: 4, label: '[PATCH] a' },
};

describe('what the panel and the editor say to each other', () => {
  test('a state comes through as it was', () => {
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(readFromPanel({ type: 'changed', state })).toEqual({ type: 'changed', state });
    const notes = [{ id: 'pamt', title: 'PAMT' }];
    const open = { type: 'open', state, words: { play: 'Play' }, notes };
    expect(readToPanel({ ...open, notes: [...notes, { id: '../a', title: 'A' }, 3] })).toEqual(open);
  });

  test('a comparison and a way to a goal come through', () => {
    const compared = { ...state, against: { nodes: 3 } };
    expect(readState(JSON.parse(JSON.stringify(compared)))).toEqual(compared);
    const way = { simulator: 'page-fault', goal: 'RET_PF_SPURIOUS', values: {}, fromText: [], step: 2 };
    expect(readState(JSON.parse(JSON.stringify(way)))).toEqual(way);
    expect(readState({ ...way, goal: '<b>' })).toBeUndefined();
    expect(readState({ ...compared, against: { 'a b': 1 } })).toBeUndefined();
  });

  test('a file to save has a known format and a bounded size', () => {
    expect(readFromPanel({ type: 'save', format: 'svg', text: '<svg/>' })).toEqual({
      type: 'save',
      format: 'svg',
      text: '<svg/>',
    });
    expect(readFromPanel({ type: 'save', format: 'exe', text: '' })).toBeUndefined();
    expect(readFromPanel({ type: 'save', format: 'png', text: 'a'.repeat(20_000_001) })).toBeUndefined();
    expect(readFromPanel({ type: 'openNote', id: 'pamt' })).toEqual({ type: 'openNote', id: 'pamt' });
    expect(readFromPanel({ type: 'openNote', id: 'a b' })).toBeUndefined();
  });

  test('what a state does not know is left behind', () => {
    expect(readState({ ...state, command: 'rm' })).toEqual(state);
    expect(readState({ simulator: 'a', fromText: ['toString', 3] })).toEqual({
      simulator: 'a',
      values: {},
      fromText: [],
    });
  });

  test.each([
    ['no id', { ...state, simulator: '../a' }],
    ['a scenario that is no id', { ...state, scenario: 'A B' }],
    ['a step before the start', { ...state, step: -2 }],
    ['half a step', { ...state, step: 0.5 }],
    ['a list as a value', { ...state, values: { nodes: [1] } }],
    ['no number', { ...state, values: { nodes: Number.NaN } }],
    ['a name that is none', { ...state, values: { 'a b': 1 } }],
    ['a place that ends before it starts', { ...state, origin: { uri: 'file:///a', start: 4, end: 1, label: '' } }],
    ['too long a label', { ...state, origin: { uri: 'file:///a', start: 0, end: 1, label: 'x'.repeat(501) } }],
  ])('%s is refused', (_why, bad) => {
    expect(readState(bad)).toBeUndefined();
    expect(readFromPanel({ type: 'changed', state: bad })).toBeUndefined();
  });

  test('anything at all is read or refused, and never thrown at', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readState(value);
        readFromPanel(value);
        readToPanel(value);
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  test('messages of other kinds are not for us', () => {
    expect(readFromPanel({ type: 'run', command: 'workbench.action.quit' })).toBeUndefined();
    expect(readToPanel({ type: 'ready' })).toBeUndefined();
  });
});
