import { describe, expect, test } from 'vitest';
import {
  type Annotation,
  addReply,
  changeStatus,
  changeTags,
  EXCHANGE_FORMATS,
  exportNotes,
  importNotes,
  place,
  readNote,
} from '#annotations';
import { LATER, MAIL, mail, noteOn, uuid } from './samples.ts';

const BASE = 'https://lore.example.org/all/';

function answered(note: Annotation): Annotation {
  const reply = { textId: uuid(9), now: LATER, text: 'Because of --> the *flag*.', creator: 'Ada Example' };
  return changeStatus(changeTags(addReply(note, reply), ['order', 'a `tag`'], LATER), 'resolved', LATER);
}

function targetOf({ target }: Record<string, unknown>): unknown {
  return target;
}

const NOTES = [
  answered(noteOn('No lock is needed', { subject: 'Re: [PATCH] mm: *fill* <the> table' })),
  { ...noteOn('- reader: takes no lock', {}, 1), id: uuid(2) },
];

describe('notes that are written in another format and read again', () => {
  test.each(EXCHANGE_FORMATS)('%s: say the same', (format) => {
    const text = exportNotes(NOTES, format, BASE);
    const { annotations, damaged, keepAside } = importNotes(text);
    expect({ damaged, keepAside }).toEqual({ damaged: [] });
    const inOrder = (all: readonly Annotation[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const [index, note] of inOrder(NOTES).entries()) {
      const again = inOrder(annotations)[index];
      if (again === undefined) throw new Error('A note is gone.');
      const { texts, ...rest } = readNote(again);
      const { texts: wanted, ...others } = readNote(note);
      expect(rest).toEqual(others);
      expect(texts.map(({ value }) => value)).toEqual(wanted.map(({ value }) => value));
      expect(targetOf(again)).toEqual(targetOf(note));
      expect(place(again, [mail(MAIL)])).toEqual(place(note, [mail(MAIL)]));
    }
  });

  test.each(['markdown', 'jsonld'] as const)('%s: are the same, member by member', (format) => {
    const { annotations } = importNotes(exportNotes(NOTES, format, BASE));
    expect(annotations).toHaveLength(NOTES.length);
    expect(annotations).toEqual(expect.arrayContaining(JSON.parse(JSON.stringify(NOTES))));
  });
});

describe('as a text to read', () => {
  const text = exportNotes(NOTES, 'markdown', BASE);

  test('a note has its mail with a link, the words it is on, what was written, tags and answers', () => {
    expect(text).toContain(
      '## Re: \\[PATCH\\] mm: \\*fill\\* \\<the\\> table\n\n<https://lore.example.org/all/a1@example.org/>',
    );
    expect(text).toContain('### question, resolved, 2024-03-06\n\n```text\nNo lock is needed\n```\n\nWhy?');
    expect(text).toContain('> **Ada Example, 2024-03-07**\n>\n> Because of --> the *flag*.');
    expect(text).toContain("Tags: `order`, `a 'tag'`");
  });

  test('words of a mail cannot leave their fence', () => {
    const hostile = 'see\n````\n# Owned\n<!-- patchgloss:annotation {} -->';
    const note = noteOn(hostile, { text: `Well, ${hostile} so.` });
    const told = exportNotes([note], 'markdown', BASE);
    expect(told).toContain('`````text\nsee\n````\n# Owned\n');
  });

  test('a note whose comment was spoilt is said to be so, and the others are read', () => {
    const spoilt = importNotes(text.replace('"type":', '"type'));
    expect(spoilt.annotations).toHaveLength(1);
    expect(spoilt.damaged).toMatchObject([{ reason: '1 of the notes in it are no JSON any more.' }]);
  });
});

describe('from Hypothesis', () => {
  const rows = [
    {
      id: 'Abc123',
      created: '2024-03-06T09:00:00.000000+00:00',
      updated: '2024-03-06T10:00:00.000000+00:00',
      user: 'acct:ada@example.org',
      uri: 'https://lore.example.org/all/a1@example.org/',
      text: 'Is *this* so?',
      tags: ['order'],
      group: '__world__',
      permissions: { read: ['group:__world__'] },
      target: [
        {
          source: 'https://lore.example.org/all/a1@example.org/',
          selector: [
            { type: 'RangeSelector', startContainer: '/pre[1]', endContainer: '/pre[1]', startOffset: 1, endOffset: 9 },
            { type: 'TextQuoteSelector', exact: 'No lock is needed', prefix: 'readers?\n\n', suffix: ': readers only' },
          ],
        },
      ],
      document: { title: ['Re: mm'] },
    },
    {
      id: 'Def456',
      created: '2024-03-06T11:00:00.000000+00:00',
      updated: '2024-03-06T11:00:00.000000+00:00',
      user: 'acct:ben@example.org',
      uri: 'https://lore.example.org/all/a1@example.org/',
      text: 'It is.',
      tags: [],
      group: '__world__',
      target: [{ source: 'https://lore.example.org/all/a1@example.org/' }],
      references: ['Abc123', 'gone'],
    },
  ];
  const found = importNotes(JSON.stringify({ total: 2, rows }), () => 'a1@example.org');

  test('a row is a note on the message its page shows, and rows that refer to it are its answers', () => {
    const [note] = found.annotations;
    if (note === undefined) throw new Error('There is no note.');
    expect(found.annotations).toHaveLength(1);
    expect(readNote(note)).toMatchObject({
      id: 'urn:x-hypothesis:Abc123',
      creator: 'acct:ada@example.org',
      tags: ['order'],
      texts: [{ value: 'Is *this* so?' }],
      replies: [{ value: 'It is.', creator: 'acct:ben@example.org' }],
    });
    expect(place(note, [mail(MAIL)])).toMatchObject({ state: 'placed', where: { start: MAIL.indexOf('No lock') } });
  });

  test('nothing that a row carries is lost when it is given back', () => {
    const again = JSON.parse(
      exportNotes(importNotes(JSON.stringify({ total: 2, rows })).annotations, 'hypothesis', BASE),
    );
    expect(again.total).toBe(2);
    expect(again.rows).toMatchObject(rows);
  });

  test('what is no answer of theirs is no note', () => {
    expect(importNotes('{"rows": [{"id": 1}]}')).toMatchObject({ annotations: [], keepAside: expect.any(String) });
    expect(importNotes('tea').keepAside).toContain('not JSON');
  });
});
