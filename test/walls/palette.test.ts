import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Context, holds } from './when.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const words = JSON.parse(readFileSync(new URL('../../package.nls.json', import.meta.url), 'utf8'));
const { contributes } = manifest;
const commands: readonly { command: string; title: string; enablement?: string }[] = contributes.commands;
const conditions = new Map<string, string>(
  contributes.menus.commandPalette.map(({ command, when }: { command: string; when: string }) => [command, when]),
);
const bindings: readonly { command: string; key: string; mac?: string; when?: string }[] = contributes.keybindings;

const mail: Context = { 'patchgloss.inMail': true, editorTextFocus: true, 'config.patchgloss.hovers': 'on' };
const views: Context = {
  'patchgloss.threadsHaveMail': true,
  'patchgloss.ledgerHasMail': true,
  'patchgloss.conceptsHaveMail': true,
};
const trusted: Context = { isWorkspaceTrusted: true, gitOpenRepositoryCount: '1' };

const contexts: Readonly<Record<string, Context>> = {
  'an empty window': {},
  'a plain text': { editorTextFocus: true },
  'a web page': { editorTextFocus: true, editorLangId: 'html' },
  'a mail in Restricted Mode': { ...mail, ...views },
  'a mail in a trusted folder': { ...mail, ...views, ...trusted },
  'a selection in a mail': { ...mail, ...views, ...trusted, editorHasSelection: true },
  'a mail whose hovers wait for a key': { ...mail, ...views, ...trusted, 'config.patchgloss.hovers': 'withModifier' },
  'a reading view': { ...mail, ...views, ...trusted, 'patchgloss.inReadingView': true },
  'a reading view while threads are fetched and filtered': {
    ...mail,
    ...views,
    ...trusted,
    'patchgloss.inReadingView': true,
    'patchgloss.fetching': true,
    'patchgloss.threadsFiltered': true,
    'patchgloss.threadsPinned': true,
  },
  'the ledger': { ...views, ...trusted, focusedView: 'patchgloss.ledger' },
  'the Threads view with a mailbox': {
    ...views,
    ...trusted,
    focusedView: 'patchgloss.threads',
    'patchgloss.threadsPinned': true,
  },
};

/** Every condition of ours that the palette asks about. */
const asked = new Set([...conditions.values()].flatMap((when) => when.match(/(?<![.\w])patchgloss\.\w+/g) ?? []));
const everything: Context = {
  ...Object.fromEntries([...asked].map((name) => [name, true])),
  ...trusted,
  editorTextFocus: true,
  editorHasSelection: true,
  'config.patchgloss.hovers': 'withModifier',
};

function shown(context: Context): string[] {
  return commands.flatMap(({ command, title, enablement }) =>
    holds(conditions.get(command) ?? 'true', context) && holds(enablement ?? 'true', context)
      ? [words[title.slice(1, -1)]]
      : [],
  );
}

describe('the palette', () => {
  test.each(Object.entries(contexts))('shows at most 25 commands in %s', (_name, context) => {
    const titles = shown(context);
    expect(titles.length, titles.join(', ')).toBeLessThanOrEqual(25);
    expect(titles.length).toBeGreaterThan(3);
  });

  test('shows no more where everything is open at once', () => {
    expect(asked.size).toBeGreaterThan(8);
    for (const view of [true, false])
      for (const draft of [true, false]) {
        const titles = shown({ ...everything, 'patchgloss.inReadingView': view, 'patchgloss.inDraft': draft });
        expect(titles.length, titles.join(', ')).toBeLessThanOrEqual(25);
      }
  });

  test('shows what needs a mail only in one, and what is for a reading view only there', () => {
    expect(shown({})).not.toContain('Go To...');
    expect(shown(mail)).toEqual(expect.arrayContaining(['Go To...', 'Copy Message As...', 'Toggle Quotes']));
    expect(shown(mail)).not.toContain('Go to Source Line');
    expect(shown({ ...mail, 'patchgloss.inReadingView': true })).toContain('Go to Source Line');
  });

  test('hides nothing that no list, menu, key or view offers', () => {
    const listed = readFileSync(new URL('../../src/editor/navigation/picks.ts', import.meta.url), 'utf8');
    const inMenus = new Set(
      Object.entries<{ command: string }[]>(contributes.menus).flatMap(([where, entries]) =>
        where === 'commandPalette' ? [] : entries.map(({ command }) => command),
      ),
    );
    const offered = (command: string): boolean =>
      inMenus.has(command) ||
      bindings.some((binding) => binding.command === command) ||
      listed.includes(`'${command.replace('patchgloss.', '')}'`);
    const hidden = commands.filter(({ command }) => conditions.get(command) === 'false');
    expect(hidden.length).toBeGreaterThan(10);
    expect(hidden.map(({ command }) => command).filter((command) => !offered(command))).toEqual([]);
  });
});

describe('the keys', () => {
  test('work in our documents and views alone', () => {
    for (const { command, when = 'true' } of bindings) {
      expect(holds(when, { editorTextFocus: true }), command).toBe(false);
      expect(when).toMatch(/patchgloss\./);
    }
  });

  test('are each used once where they work', () => {
    const used = bindings.map(({ key, when }) => `${key} ${when}`);
    expect(new Set(used).size).toBe(used.length);
  });
});

describe('conditions', () => {
  test.each([
    ['a && !b', true],
    ['a && (b || c)', false],
    ['!(a && b)', true],
    ['x == mbox', true],
    ['x != mbox || b', false],
    ['x =~ /^m(box|ail)$/', true],
    ["x == 'mbox' && a", true],
    ['false', false],
  ])('%s is %s', (when, expected) => {
    expect(holds(when, { a: true, x: 'mbox' })).toBe(expected);
  });

  test.each(['a &&', '(a', 'a b', '== x'])('%s is refused', (when) => {
    expect(() => holds(when, {})).toThrow();
  });
});
