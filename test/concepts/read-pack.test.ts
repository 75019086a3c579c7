import { describe, expect, it } from 'vitest';
import { type Known, type ReadPack, readPack } from '#concepts/read';
import { note } from './invented.ts';

const gizmo = `---
title: GIZMO
field: invented
terms: [GIZMO]
related: [frob]
simulator: widget
scenarios:
  - id: first-turn
since: "6.8"
sources: ["gizmo.c (6.8)"]
---
What turns the [widget](concept:frob), as [this run](simulator:widget/first-turn) shows.
`;
const frob = `---
title: FROB
field: invented
terms: [FROB]
sources: ["frob.c (6.8)"]
---
What a gizmo turns.
`;
const known: Known = {
  concepts: [note('other', ['OTHER', 'thing']), note('scoped', ['SCOPED'], { scope: { near: ['widget'] } })],
  simulators: new Map([['widget', new Set(['first-turn', 'second-turn'])]]),
};

function read(text: string, more: Record<string, string> = {}): ReadPack {
  const files = Object.entries({ 'gizmo.md': text, 'frob.md': frob, ...more });
  return readPack(
    files.map(([path, value]) => ({ path: `notes/${path}`, text: value })),
    known,
  );
}

/** What the file says after each thing that may be put in place of another was put there. */
function mended(text: string, pack: ReadPack): string {
  const file = pack.files.find(({ stem }) => stem === 'gizmo');
  const lines = text.split('\n');
  for (const { place, expected } of [...(file?.messages ?? [])].reverse()) {
    const [first] = expected ?? [];
    if (first === undefined || place === undefined || !('start' in place)) continue;
    const line = lines[place.start.line - 1] ?? '';
    lines[place.start.line - 1] = line.slice(0, place.start.column - 1) + first + line.slice(place.end.column - 1);
  }
  return lines.join('\n');
}

const said = (pack: ReadPack) =>
  pack.files.flatMap((file) => file.messages.map(({ line, ruleId }) => `${file.stem} ${line ?? 0} ${ruleId}`));

describe('a folder of notes', () => {
  it('is read without a complaint when all names in it lead somewhere', () => {
    const pack = read(gizmo);
    expect(said(pack)).toEqual([]);
    expect(pack.notes.map(({ concept }) => concept?.id)).toEqual(['frob', 'gizmo']);
  });

  it('may say what it is in pack.yaml, and has a README that is no note', () => {
    const yaml = 'title: Widgets\ndescription: Words of the widget list.\nlists: [widget-devel]\n';
    const pack = read(gizmo, { 'pack.yaml': yaml, 'README.md': '# Not a note' });
    expect(pack.head).toEqual({ title: 'Widgets', description: 'Words of the widget list.', lists: ['widget-devel'] });
    expect(said(pack)).toEqual([]);
  });

  it('is read also where pack.yaml is wrong', () => {
    const pack = read(gizmo, { 'pack.yaml': 'titel: Widgets\ndescription: [x\n' });
    expect(pack.head).toBeUndefined();
    expect(said(pack)).toEqual(expect.arrayContaining(['pack 1 unknown-key', 'pack 1 no-title']));
    expect(pack.notes).toHaveLength(2);
  });

  it('keeps its other notes when one is broken', () => {
    const pack = read('---\ntitle: [\n---\n');
    expect(pack.notes.flatMap(({ concept }) => concept?.id ?? [])).toEqual(['frob']);
  });

  it('has all of its mistakes said, also in a note that lacks what makes it one', () => {
    const rules = said(read(gizmo.replace('terms: [GIZMO]\n', '').replace('[frob]', '[forb]')));
    expect(rules).toEqual(expect.arrayContaining(['gizmo 1 no-terms', 'gizmo 4 related']));
  });

  it('says of each note beyond 2,000 that it is not read', () => {
    const many = Array.from({ length: 2_001 }, (_, at) => ({ path: `n/n${String(at).padStart(4, '0')}.md`, text: '' }));
    const { files, notes } = readPack(many);
    expect(notes).toHaveLength(2_000);
    const tooMany = files.filter((file) => file.messages.some(({ ruleId }) => ruleId === 'too-many'));
    expect(tooMany.map(({ stem }) => stem)).toEqual(['n2000']);
  });
});

describe('a mistake that can be mended by writing something else says what, and where', () => {
  it.each([
    ['a key of a slip', gizmo.replace('related:', 'realted:'), 'unknown-key', gizmo],
    ['a version without quotes', gizmo.replace('"6.8"\n', '6.8\n'), 'quote', gizmo],
    ['a note of a slip', gizmo.replace('related: [frob]', 'related: [forb]'), 'related', gizmo],
    ['a link to a note of a slip', gizmo.replace('concept:frob', 'concept:frobs'), 'link', gizmo],
    ['a simulator of a slip', gizmo.replace('simulator: widget', 'simulator: wigdet'), 'unknown-simulator', gizmo],
    ['a scenario of a slip', gizmo.replace('id: first-turn', 'id: frist-turn'), 'unknown-scenario', gizmo],
    ['a link to a scenario of a slip', gizmo.replace('widget/first-turn', 'widget/first-tun'), 'link', gizmo],
    [
      'a link to a simulator of a slip',
      gizmo.replace('simulator:widget/first-turn', 'simulator:wodget'),
      'link',
      gizmo.replace('/first-turn)', ')'),
    ],
    [
      'one that is no list',
      gizmo.replace('related: [frob]', 'related: frob'),
      'list',
      gizmo.replace('[frob]', '["frob"]'),
    ],
    ['no title', gizmo.replace('title: GIZMO\n', ''), 'no-title', gizmo.replace('title: GIZMO', 'title: "GIZMO"')],
    [
      'no spelling',
      gizmo.replace('terms: [GIZMO]\n', ''),
      'no-terms',
      gizmo.replace('title: GIZMO\nfield: invented\nterms: [GIZMO]', 'terms: ["GIZMO"]\ntitle: GIZMO\nfield: invented'),
    ],
  ])('%s', (_, text, rule, right) => {
    const pack = read(text);
    expect(said(pack).map((one) => one.split(' ').at(-1))).toContain(rule);
    expect(mended(text, pack)).toBe(right);
  });
});

describe('a mistake that only its writer can mend says what to do', () => {
  const notesOf = (text: string) =>
    read(text).files.flatMap(({ messages }) => messages.map(({ ruleId, note }) => `${ruleId}: ${note}`));

  it.each([
    ['no sources', gizmo.replace(/sources.*\n/, ''), 'no-sources: Write sources: ["file'],
    ['no field', gizmo.replace(/field.*\n/, ''), 'no-field: Write field: where it belongs'],
    ['a long summary', gizmo.replace('What turns', 'What '.repeat(60)), 'summary-too-long: Keep what it is'],
    ['a spelling of another pack', gizmo.replace('[GIZMO]', '[GIZMO, thing]'), 'shared-spelling: Write scope:'],
  ])('%s', (_, text, start) => {
    expect(notesOf(text)).toEqual([expect.stringContaining(start)]);
  });

  it('and names the note that has the spelling already, also where that one has a scope', () => {
    const [message] = read(gizmo.replace('[GIZMO]', '[SCOPED]')).files.flatMap(({ messages }) => messages);
    expect(message?.reason).toContain('"SCOPED" also stands in scoped');
    expect(message?.place).toMatchObject({ start: { line: 4, column: 9 }, end: { line: 4, column: 15 } });
  });

  it('but not of a spelling of the note that it replaces', () => {
    expect(said(read(gizmo, { 'other.md': frob.replace('[FROB]', '[OTHER]') }))).toEqual([]);
  });
});
