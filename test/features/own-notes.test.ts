import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import ours from '#concepts/ours';
import { readPack } from '#concepts/read';
import { conceptPage, hover, ourGlossary, readText, usePacks } from '#features';

const mail = (text: string, more = '') =>
  `From: Ada Example <ada@example.org>\nSubject: [PATCH] valves: turn\nMessage-ID: <1@example.org>\n${more}\n${text}\n`;

function own(text: string, id = 'gizmo') {
  const { notes } = readPack([{ path: `notes/${id}.md`, text }]);
  return {
    id: 'own',
    title: 'valves/.patchgloss/notes',
    description: '',
    own: true as const,
    concepts: notes.flatMap(({ concept }) => concept ?? []),
  };
}

function note(title: string, terms: string, text: string, field = 'valves'): string {
  return `---\ntitle: ${JSON.stringify(title)}\nfield: ${JSON.stringify(field)}\nterms: [${terms}]\nsources: ["gizmo.c (6.8)"]\n---\n${text}\n`;
}

beforeAll(() => {
  expect(ours.length).toBeGreaterThan(0);
});
afterEach(() => {
  usePacks(ours);
});

describe("a reader's own note", () => {
  it('explains a term in a mail that was read before it was written, from the tree that is there', () => {
    const text = mail('The GIZMO turns.');
    const reading = readText(text);
    const [at, tree] = [text.indexOf('GIZMO') + 1, reading.page(0)?.message.tree];
    expect(hover(reading, at)).toBeUndefined();
    usePacks([...ours, own(note('GIZMO', 'GIZMO', 'What turns a valve.'))]);
    expect(hover(reading, at)?.markdown).toContain('What turns a valve.');
    usePacks([...ours, own(note('GIZMO', 'GIZMO', 'What closes a valve.'))]);
    expect(hover(reading, at)?.markdown).toContain('What closes a valve.');
    usePacks(ours);
    expect(hover(reading, at)).toBeUndefined();
    expect(reading.page(0)?.message.tree).toBe(tree);
  });

  it('stands for one of ours, and its page says so', () => {
    const mine = own(note('PAMT', 'PAMT', 'What I think it is.'), 'pamt');
    expect(usePacks([...ours, mine])).toContainEqual({ kind: 'replaced', id: 'pamt', from: 'kvm', by: 'own' });
    const page = conceptPage('pamt') ?? '';
    expect(page).toContain('*From your notes in valves/.patchgloss/notes.*');
    expect(page).toContain('*It stands for the note of the same name in KVM and memory.*');
    expect(page).toContain('What I think it is.');
  });

  it('says on its page which other note has the same spelling', () => {
    const first = own(note('GIZMO', 'GIZMO', 'One.'));
    const second = { ...own(note('Other', 'GIZMO', 'Two.'), 'other'), id: 'second', title: 'more' };
    usePacks([first, second]);
    const said = '\u201cGIZMO\u201d also stands in other (more), and no note says what must be near when it is meant.';
    expect(conceptPage('gizmo')).toContain(said);
  });

  it('is the only one that a glossary without our packs has', () => {
    usePacks([own(note('GIZMO', 'GIZMO', 'One.'))]);
    expect(ourGlossary().concepts.map(({ id }) => id)).toEqual(['gizmo']);
  });
});

describe('a note of a stranger', () => {
  const nasty = '](command:evil) <img src=x> ![x](https://evil.example.org/x.png) $(zap) [a](command:b)\u202e';

  it('shows its words as words in a hover', () => {
    usePacks([own(note(nasty, 'GIZMO', 'First **words** and `[b](command:c)`.', nasty))]);
    const text = mail('The GIZMO turns.');
    const markdown = hover(readText(text), text.indexOf('GIZMO') + 1)?.markdown ?? '';
    expect(markdown).toContain('\\[a]');
    expect(markdown).not.toMatch(/(?<!\\)\]\((?!concept:gizmo\))/);
    expect(markdown).not.toMatch(/(?<!\\)</);
    expect(markdown).not.toMatch(/(?<!\\)\$\(/);
    expect(markdown).not.toContain('\u202e');
  });

  it.each([
    ['a command', '[x](command:evil)'],
    ['a command in pieces', '[x]( command:evil)'],
    ['a command on the next line', '[x](\ncommand:evil)'],
    ['a command in angle brackets', '[x](<command:evil>)'],
    ['a command in letters of HTML', '[x](&#99;ommand:evil)'],
    ['a command by reference', '[x][y]\n\n[y]: command:evil'],
    ['a command by reference on the next line', '[x][y]\n\n[y]:\n  command:evil'],
    ['a command of an address', '<command:evil>'],
    ['an address of the editor', '[x](vscode://evil)'],
    ['a picture', '![x](https://example.org/x.png)'],
    ['a picture by reference', '![x][y]\n\n[y]: https://example.org/x.png'],
    ['HTML', '<img src="https://example.org/x.png">'],
    ['a comment', '<!-- x -->'],
    ['HTML that a table brings out of code', '| `a | <img src=x> ` |\n|---|---|\n| `b | [x](command:y) ` |'],
  ])('has no live %s on its page', (_, text) => {
    usePacks([own(note('GIZMO', 'GIZMO', `What turns a valve.\n\n${text}`))]);
    const page = conceptPage('gizmo') ?? '';
    expect(page).toContain('What turns a valve.');
    expect(page).not.toMatch(/<[a-z!/?]/i);
    expect(page).not.toMatch(/!\[/);
    expect(page).not.toMatch(/\]\(\s*(?!\s|https:\/\/|concept:)/);
    expect(page).not.toMatch(/^ {0,3}\[[^\]]*\]:\s*(?!\s|https:\/\/)/m);
  });

  it('keeps its links to notes, scenarios and the web', () => {
    const links = '[a](concept:pamt), [b](simulator:tdmr-pamt/one-chunk) and [c](https://example.org/a?b=1&c=2)';
    usePacks([own(note('GIZMO', 'GIZMO', `What turns a valve: ${links}.`))]);
    expect(conceptPage('gizmo')).toContain(links);
  });

  it('is none when its name could not be an id', () => {
    expect(own(note('GIZMO', 'GIZMO', 'One.'), 'a) [x](command:y').concepts).toEqual([]);
  });
});

describe('the mail around a term', () => {
  it('is also the cover letter with which its thread began', () => {
    const scoped = note('GIZMO', 'GIZMO', 'What turns a valve.').replace(
      'sources',
      'scope:\n  near: [pipeline]\n  needsNear: true\nsources',
    );
    usePacks([own(scoped)]);
    const from = 'From ada@example.org Mon Jan  8 10:00:00 2024\n';
    const cover = `${from}From: Ada <ada@example.org>\nSubject: [PATCH 0/1] A pipeline\nMessage-ID: <0@example.org>\n\nHello.\n\n`;
    const patch = `${from}${mail('The GIZMO turns.', 'References: <0@example.org>\n')}`;
    const because = (text: string) => hover(readText(text), text.indexOf('GIZMO') + 1)?.meanings[0]?.because;
    expect(because(patch)).toBeUndefined();
    expect(because(cover + patch)).toBe(`the thread's subject says "pipeline"`);
  });

  it('names the lists it came by and was sent to', () => {
    const scoped = note('GIZMO', 'GIZMO', 'What turns a valve.').replace(
      'sources',
      'scope: { near: [pipes] }\nsources',
    );
    usePacks([own(scoped)]);
    const because = (header: string) => {
      const text = mail('The GIZMO turns.', header);
      return hover(readText(text), text.indexOf('GIZMO') + 1)?.meanings[0]?.because;
    };
    expect(because('List-Id: <pipes.lists.example.org>\n')).toBe('it was sent to <pipes.lists.example.org>');
    expect(because('Cc: Bo <bo@example.org>, pipes@lists.example.org\n')).toBe(
      'it was sent to pipes@lists.example.org',
    );
    expect(because('Cc: Pipes <pipes@example.org>\n')).toBe('it is the only meaning noted');
  });
});
