import { describe, expect, test } from 'vitest';
import { readText } from '#features';
import { newNote, noteProblems } from '#features/authoring';
import { filledIn, ours } from './authoring.ts';

const header = [
  'From: Ada Lindqvist <ada@example.org>',
  'To: linux-mm@lists.example.org, Ben <ben@example.org>',
  'Subject: Re: [PATCH v2 3/7] x86/virt/tdx: Find room for the PAMT',
  'Date: Mon, 4 Mar 2024 09:12:31 +0100',
  'Message-ID: <4.1@example.org>',
  '',
  '',
].join('\n');

/** The note about the words between `[[` and `]]`, or about the word at `||`. */
function noteOn(body: string, head = header) {
  const drawn = head + body;
  const start = drawn.search(/\[\[|\|\|/);
  const text = drawn.replace(/\[\[|\]\]|\|\|/g, '');
  const end = drawn.includes(']]') ? drawn.indexOf(']]') - 2 : start;
  return newNote(readText(text), { start, end });
}

const keyOf = (text: string | undefined, key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(text ?? '')?.[1];

describe('a note from words of a mail', () => {
  const note = noteOn('The TDX module needs one [[Gizmo Offset Table (GOT)]] for every TDMR.\n');

  test('says who wrote it, on what, when, and in which message', () => {
    expect(keyOf(note?.text, 'sources')).toBe(
      '["Ada Lindqvist, Re: [PATCH v2 3/7] x86/virt/tdx: Find room for the PAMT, 4 Mar 2024 (4.1@example.org)"]',
    );
  });

  test('guesses where it belongs, and what stands near', () => {
    expect(keyOf(note?.text, 'field')).toBe('"x86/virt/tdx"');
    expect(keyOf(note?.text, '  near')).toContain('TDMR');
  });

  test('leaves out of what stands near the words of any patch, and the word itself', () => {
    const other = noteOn('The TDX module needs a [[TDMR]] for -ENOMEM.\n\nSigned-off-by: Ada <ada@example.org>\n');
    expect(keyOf(other?.text, '  near')).toBe('[TDX module]');
  });

  test('as it is written to a file lacks only what its writer must say', () => {
    const plain = noteOn('The TDX module needs one [[gizmo]] for every TDMR.\n');
    const problems = noteProblems({ text: plain?.text ?? '', path: 'gizmo.md' }, ours);
    expect(problems.map(({ code }) => code)).toEqual(['no-summary']);
    const filled = noteProblems({ text: filledIn(plain?.snippet ?? ''), path: 'gizmo.md' }, ours);
    expect(filled.map(({ code }) => code)).toEqual(['to-fill']);
    const done = `${plain?.text}One of many in a tin.\n`;
    expect(noteProblems({ text: done, path: 'gizmo.md' }, ours)).toEqual([]);
  });
});

describe('the words that are taken', () => {
  test.each([
    ['the word at the caret', 'Each giz||mo has a lid.', 'gizmo'],
    ['the word in front of the caret', 'Each gizmo||\n', 'gizmo'],
    ['the selection, without signs around it', 'Each [["gizmo",]] has.', 'gizmo'],
    ['an identifier whole, without its brackets', 'Then gizmo_||lid() fails.', 'gizmo_lid'],
    ['a term that is broken over a line end and a quote mark', '> Each [[gizmo\n> lid]] fits.', 'gizmo lid'],
  ])('%s', (_what, body, title) => {
    expect(keyOf(noteOn(body)?.text, 'title')).toBe(title);
  });

  test.each([
    ['between words', 'A  ||  b'],
    ['a sentence', `[[${'gizmo '.repeat(20)}]]`],
    ['over two paragraphs', 'One [[gizmo\n\nand]] more'],
    ['nothing but signs', 'a [[...]] b'],
  ])('none: %s', (_what, body) => {
    expect(noteOn(body)).toBeUndefined();
  });

  const subject = (line: string) => header.replace(/Subject: .*/, `Subject: ${line}`);
  test.each([
    ['the word at the caret', 'Re: tea: Warm the giz||mo', 'gizmo'],
    ['the last word', 'Re: tea: Warm the gizmo||', 'gizmo'],
    ['the first word', '||Gizmos are warm', 'Gizmos'],
    ['words over a fold', '[PATCH] tea: Warm the [[gizmo\n offset]] table', 'gizmo offset'],
    ['a word that is encoded', '=?utf-8?q?tea=3A_W||=C3=A4rm?= pot', '"Wärm"'],
    ['a name in brackets', '[PATCH] tea: Call [[warm_pot()]]', 'warm_pot'],
  ])('in the subject: %s', (_, line, title) => {
    expect(keyOf(noteOn('A body.\n', subject(line))?.text, 'title')).toBe(title);
  });

  test('in the subject none in the name of the field', () => {
    expect(noteOn('A body.\n', header.replace('Subject: ', 'Sub||ject: '))).toBeUndefined();
  });

  test('none in another field', () => {
    const text = `${header}Each gizmo.\n`;
    expect(newNote(readText(text), { start: 7, end: 10 })).toBeUndefined();
  });
});

describe('letters and what they stand for', () => {
  test.each([
    ['before the letters in brackets', 'A Gizmo Offset Table (GOT) is. Each [[GOT]].', 'Gizmo Offset Table'],
    ['in brackets after the letters', 'Each [[GOT]] (Gizmo Offset Table) is.', 'Gizmo Offset Table'],
    ['over a line end of a quote', '> A Gizmo\n> Offset Table (GOT) is. Each [[GOT]].', 'Gizmo Offset Table'],
    [
      'with small words that the letters leave out',
      'The Table of the Gizmo Lids (TGL). [[TGL]]',
      'Table of the Gizmo Lids',
    ],
    ['with a hyphen', 'A Multi-Gizmo Table (MGT). [[MGT]]', 'Multi-Gizmo Table'],
    ['with letters in it', 'A Secure EPT (SEPT). [[SEPT]]', 'Secure EPT'],
    ['in another paragraph', '[[GOTs]]\n\nGizmo Offset Tables (GOTs) are.', 'Gizmo Offset Tables'],
    ['for other letters', 'A Big Offset Table (GOT) is. [[GOT]]', undefined],
  ])('%s', (_where, body, expansion) => {
    expect(keyOf(noteOn(body)?.text, 'expansion')).toBe(expansion);
  });

  test('the words themselves give the letters behind them', () => {
    const note = noteOn('A [[Gizmo Offset Table]] (GOT) is.');
    expect(note?.id).toBe('got');
    expect(keyOf(note?.text, 'terms')).toBe('[GOT, Gizmo Offset Table]');
    expect(keyOf(note?.text, 'expansion')).toBe('Gizmo Offset Table');
  });
});

describe('the field', () => {
  const withSubject = (subject: string) => header.replace(/Subject: .*/, `Subject: ${subject}`);
  test.each([
    ['[PATCH] KVM: TDX: Add gizmos', '"KVM \u00b7 TDX"'],
    ['mm: fix it', 'mm'],
    ['Which gizmos: the small ones', 'mm'],
    ['A question', 'mm'],
  ])('of %s', (subject, field) => {
    expect(keyOf(noteOn('Each [[gizmo]].', withSubject(subject))?.text, 'field')).toBe(field);
  });

  test('is left to the writer when nobody says', () => {
    const note = noteOn('Each [[gizmo]].', withSubject('A question').replace('linux-mm@', 'linux-kernel@'));
    expect(keyOf(note?.text, 'field')).toBeUndefined();
    expect(note?.snippet).toContain('field: ${1:');
  });
});

describe('words of strangers', () => {
  test('are text in the head and in the snippet, and name no folder', () => {
    const head = header.replace('Ada Lindqvist', '"Ada \\"$1:x}\\" \u202e"').replace('Find room', '$TM_FILENAME `x` ]');
    const note = noteOn('Each [[../../gizmo]].', head);
    expect(note?.id).toBe('gizmo');
    expect(filledIn(note?.snippet ?? '')).toContain('$TM_FILENAME `x` ]');
    expect(note?.snippet).toContain('\\$TM_FILENAME');
    expect(note?.text).not.toContain('\u202e');
    const done = `${note?.text}One of many in a tin.\n`;
    expect(noteProblems({ text: done, path: 'gizmo.md' }, ours)).toEqual([]);
  });

  test('in any script give a name for a file', () => {
    expect(noteOn('\u00c9ach [[\u0433\u0438\u0437\u043c\u043e]].')?.id).toBe('note');
    expect(noteOn('Each [[g\u00efzmo Lid_x]].')?.id).toBe('gi-zmo-lid-x');
  });
});
