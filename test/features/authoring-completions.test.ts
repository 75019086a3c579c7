import { describe, expect, test } from 'vitest';
import {
  aboutReference,
  linkCompletions,
  looksLikeNote,
  noteCompletions,
  noteReferences,
  referenceAt,
} from '#features/authoring';
import { atCaret, filledIn, ours, withOwn } from './authoring.ts';

function offers(drawn: string, known = ours) {
  const { text, offset } = atCaret(drawn);
  return noteCompletions(text, offset, known);
}

const labels = (drawn: string, known = ours) => offers(drawn, known).map(({ label }) => label);

/** The text after the offer of that label was taken. */
function taken(drawn: string, label: string, known = ours): string {
  const { text } = atCaret(drawn);
  const offer = offers(drawn, known).find((one) => one.label === label);
  if (!offer) throw new Error(`${label} is not offered.`);
  return text.slice(0, offer.place.start) + filledIn(offer.snippet) + text.slice(offer.place.end);
}

const note = (head: string, body = '') => `---\n${head}\n---\n${body}`;

describe('keys of a head', () => {
  test('those that are not there yet, each with what it is for', () => {
    const keys = offers(note('title: Pot\n|\nterms: [pot]'));
    expect(keys.map(({ label }) => label)).toEqual(
      'expansion field asked scope not related simulator scenarios since changed sources'.split(' '),
    );
    for (const { about } of keys) expect(about).toMatch(/^\S.*\.$/);
  });

  test('the one that is being typed stays on offer, and is replaced as a whole', () => {
    expect(taken(note('title: Pot\nfie|'), 'field')).toBe(note('title: Pot\nfield: where it belongs, such as KVM x86'));
    expect(taken(note('sou|rc'), 'sources')).toContain('---\nsources: ["');
  });

  test('of a scope, a scenario and a change, in their place', () => {
    expect(labels(note('scope:\n  |'))).toEqual(['near', 'needsNear', 'ordinary']);
    expect(labels(note('scope:\n  near: [TDX]\n  n|'))).toEqual(['needsNear', 'ordinary']);
    expect(labels(note('scenarios:\n  - |'))).toEqual(['id', 'near']);
    expect(labels(note('changed:\n  - version: "6.8"\n    w|'))).toEqual(['version', 'what']);
  });

  test('none in the body, and none in the value of a text', () => {
    expect(labels(note('title: Pot', 'ti|'))).toEqual([]);
    expect(labels(note('title: P|'))).toEqual([]);
  });

  test('also in a head that is not closed yet', () => {
    expect(labels('---\nti|')).toContain('title');
  });
});

describe('ids in a head', () => {
  test('simulators, with their titles', () => {
    const [first] = offers(note('simulator: |'));
    expect(first).toMatchObject({ kind: 'simulator', label: 'tdmr-pamt' });
    expect(first?.detail).toMatch(/PAMT/);
    expect(taken(note('simulator: tdmr-p|amt'), 'page-fault')).toBe(note('simulator: page-fault'));
  });

  test('scenarios of the simulator that the note names', () => {
    const head = 'simulator: tdmr-pamt\nscenarios:\n  - id: one-|';
    expect(labels(note(head))).toContain('one-chunk');
    expect(labels(note('scenarios:\n  - id: |'))).toEqual([]);
    expect(taken(note(head), 'one-chunk')).toContain('- id: one-chunk\n');
  });

  test('related notes, but for those that are there, in brackets or a line for each', () => {
    expect(labels(note('related: [tdmr, |]'))).toContain('pamt');
    expect(labels(note('related: [tdmr, |]'))).not.toContain('tdmr');
    expect(taken(note('related: [tdmr, pa|]'), 'pamt')).toBe(note('related: [tdmr, pamt]'));
    expect(taken(note('related:\n  - pa|'), 'pamt')).toBe(note('related:\n  - pamt'));
  });

  test('the notes of the reader too', () => {
    expect(labels(note('related: [|]'), withOwn({ id: 'teapot' }))).toContain('teapot');
  });

  test('true and false, and fields that other notes have', () => {
    expect(labels(note('scope:\n  needsNear: |'))).toEqual(['true', 'false']);
    expect(labels(note('field: |'))).toContain('TDX \u00b7 host memory');
  });
});

describe('links of a body', () => {
  test('a target begins as a note or as a simulator', () => {
    expect(labels(note('', 'See [it](|'))).toEqual(['concept:', 'simulator:']);
    expect(taken(note('', 'See [it](con|)'), 'concept:')).toBe(note('', 'See [it](concept:)'));
  });

  test('ids of notes, in brackets or not', () => {
    expect(taken(note('', '[it](concept:pa|)'), 'pamt')).toBe(note('', '[it](concept:pamt)'));
    expect(taken(note('', 'concept:|'), 'pamt')).toBe(note('', 'concept:pamt'));
  });

  test('simulators, then their scenarios', () => {
    expect(taken(note('', '[it](simulator:td|)'), 'tdmr-pamt')).toBe(note('', '[it](simulator:tdmr-pamt/)'));
    expect(taken(note('', '[it](simulator:tdmr-pamt/|)'), 'one-chunk')).toBe(
      note('', '[it](simulator:tdmr-pamt/one-chunk)'),
    );
    expect(labels(note('', '[it](simulator:no-such/|)'))).toEqual([]);
  });

  test('the same in a comment, which has no head', () => {
    const { text, offset } = atCaret('title: x\nsee concept:|');
    expect(linkCompletions(text, offset, ours).map(({ label }) => label)).toContain('pamt');
  });

  test('nothing after other words', () => {
    expect(labels(note('', 'misconcept:|'))).toEqual([]);
    expect(labels(note('', 'a concept: |'))).toEqual([]);
  });
});

describe('what a note names', () => {
  const text = note(
    'related: [tdmr, "pamt"]\nsimulator: tdmr-pamt\nscenarios:\n  - id: one-chunk',
    'See [it](concept:cma) and [run](simulator:page-fault), not misconcept:x.',
  );

  test('in its head and in its body, each at its place', () => {
    expect(noteReferences(text).map(({ place }) => text.slice(place.start, place.end))).toEqual([
      'tdmr',
      '"pamt"',
      'tdmr-pamt',
      'one-chunk',
      'concept:cma',
      'simulator:page-fault',
    ]);
  });

  test('is told at the caret, and what it is', () => {
    const at = (word: string) => referenceAt(text, text.indexOf(word) + 1);
    const about = (word: string) => {
      const reference = at(word);
      return reference && aboutReference(reference, ours);
    };
    expect(at('one-chunk')).toMatchObject({ kind: 'simulator', id: 'tdmr-pamt', scenario: 'one-chunk' });
    expect(about('tdmr')).toMatch(/^\*\*TDMR\*\*|^\*\*TD/);
    expect(about('one-chunk')).toContain('Three PAMTs in one chunk');
    expect(about('simulator:page-fault')).toMatch(/simulator/);
    expect(at('See')).toBeUndefined();
    expect(aboutReference({ kind: 'concept', id: 'none', place: { start: 0, end: 1 } }, ours)).toBeUndefined();
  });

  test('words of a note of the reader are text in a hover, never markup', () => {
    const known = withOwn({ id: 'pot', title: '[x](command:y)', summary: '<img src=x> [a](command:b) \u202e' });
    const markdown = aboutReference({ kind: 'concept', id: 'pot', place: { start: 0, end: 1 } }, known);
    expect(markdown).not.toMatch(/(?<!\\)\]\(|(?<!\\)<|\u202e/);
  });
});

describe('a text is a note', () => {
  test('when its head has spellings and sources', () => {
    expect(looksLikeNote(note('terms: [a]\nsources: []'))).toBe(true);
    expect(looksLikeNote(note('title: a page of a blog\nterms: [a]'))).toBe(false);
    expect(looksLikeNote('terms: [a]\nsources: []\n')).toBe(false);
  });
});
