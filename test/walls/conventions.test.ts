/**
 * What a reader expects of an extension that feels built in, criterion by criterion: where a test shows it, its file and its name; what the manifest or
 * the sources show by themselves is looked at here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;

/** The sources of the rooms that run in the editor, by path. */
const sources = new Map(
  ['src/editor', 'src/webview'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [`${folder}/${name}`, read(`${folder}/${name}`)] as const),
  ),
);
const using = (words: RegExp) => [...sources].flatMap(([path, text]) => (words.test(text) ? [path] : []));

interface Shown {
  file: string;
  test: string;
}
const shown = (file: string, ...tests: string[]): Shown[] =>
  tests.map((name) => ({ file: `test/${file}`, test: name }));

const criteria: Readonly<Record<string, { wants: string; by: readonly Shown[] }>> = {
  A1: {
    wants: 'nothing runs before a mail is there',
    by: [
      ...shown('editor/manifest.test.ts', 'starts the extension by language, panel, link or command only'),
      ...shown('inhost/surfaces.inhost.ts', 'a plain text that is no mail is left alone'),
    ],
  },
  A2: {
    wants: 'one bundle for Node, one for the web',
    by: [
      ...shown('inhost/host.inhost.ts', 'runs in the host it was built for'),
      ...shown('inhost/worker.test.ts', 'in the web worker host'),
    ],
  },
  A3: {
    wants: 'virtual workspaces',
    by: shown('inhost/virtual.test.ts', 'in the web worker host of a virtual workspace'),
  },
  A4: {
    wants: 'Restricted Mode is declared, with reasons',
    by: [
      ...shown(
        'editor/manifest.test.ts',
        'runs in virtual and in untrusted workspaces, and says what waits there',
        'takes no path and no address from a workspace that is not trusted',
      ),
      ...shown('screen/restricted.test.ts', 'a hover explains in Restricted Mode'),
    ],
  },
  A5: {
    wants: 'no language is taken from others',
    by: shown('editor/manifest.test.ts', 'leaves patches and diffs to the built-in language'),
  },
  A6: { wants: 'no editor of our own stands before the text', by: [] },
  A7: {
    wants: 'one category, Title Case, and in the palette what works',
    by: [
      ...shown(
        'editor/manifest.test.ts',
        'names commands in one category, in title case',
        'shows in the palette only what works there',
      ),
      ...shown(
        'walls/palette.test.ts',
        'shows at most 25 commands in %s',
        'hides nothing that no list, menu, key or view offers',
      ),
      ...shown('inhost/surfaces.inhost.ts', 'are all there'),
    ],
  },
  A8: {
    wants: 'few settings, one switch for hovers',
    by: [
      ...shown('editor/manifest.test.ts', 'has few settings, each described'),
      ...shown('inhost/surfaces.inhost.ts', 'stays silent when hovers are switched off'),
    ],
  },
  A9: { wants: 'empty views say what to do', by: shown('walls/package.test.ts', 'say what to do when they are empty') },
  A10: {
    wants: 'one walkthrough of six steps at most',
    by: shown('walls/package.test.ts', 'has six steps at most, each with something to do'),
  },
  A11: {
    wants: 'every string can be translated',
    by: shown(
      'editor/strings.test.ts',
      'the bundle lists the words of the editor and of the panel, and nothing else',
      'every word of the manifest is defined once',
    ),
  },
  A12: { wants: 'no telemetry', by: [] },
  A13: {
    wants: 'the package',
    by: [
      ...shown(
        'walls/package.test.ts',
        'holds what runs, what is shown, and the papers, and nothing else',
        'was tested with the editor it asks for',
      ),
      ...shown('editor/manifest.test.ts', 'has an icon of at least 128 pixels'),
    ],
  },
  B1: {
    wants: 'native surfaces first',
    by: [
      ...shown(
        'inhost/surfaces.inhost.ts',
        'has an outline of its messages',
        'folds the header, the quote and the signature',
        'links web addresses, and shows where they lead',
      ),
      ...shown('inhost/argument.inhost.ts', 'has the colours of a diff and of C', 'leads to where it was said'),
      ...shown(
        'inhost/navigation.inhost.ts',
        'says above each message what is known of it, and leads on',
        'selects by word, line, quote and message',
        'marks where the same person speaks',
        'names who is quoted, where the reader wants it',
        'finds messages by their subjects',
      ),
    ],
  },
  B2: {
    wants: 'a single file is enough, without a network',
    by: shown(
      'inhost/surfaces.inhost.ts',
      'is read from an untitled plain text as well, when its first lines are mail',
    ),
  },
  B3: {
    wants: 'a hover is short and about its word',
    by: shown('inhost/surfaces.inhost.ts', 'explains no word of a header, and none that it does not know'),
  },
  B4: {
    wants: 'a hover stays within its scope',
    by: shown('concepts/scope.test.ts', 'means nothing without the words its note asks for'),
  },
  B5: {
    wants: 'a hover can be had by key',
    by: shown('screen/terms.test.ts', 'show nothing by themselves, the note with Ctrl, and the hover by key'),
  },
  B6: {
    wants: 'notes through the Comments API',
    by: [
      ...shown('inhost/notes.inhost.ts', 'takes an answer, is resolved, and leads on to the next'),
      ...shown('screen/note.test.ts', 'is there after the window was loaded anew, and so is the step of the simulator'),
    ],
  },
  B7: {
    wants: 'a fold hides nothing but quotes, and says how many lines',
    by: [
      ...shown('features/fold-lines.test.ts', 'no two folds begin on one line, and none hides what is not quoted'),
      ...shown('inhost/navigation.inhost.ts', 'folds the quotes and unfolds them, and deep ones alone'),
    ],
  },
  B8: {
    wants: 'colour is never the only carrier',
    by: shown('walls/contrast.test.ts', 'there is a colour for every theme'),
  },
  B9: {
    wants: 'rows have words for who does not see them',
    by: shown('screen/threads.test.ts', 'lists threads with counts, author and age, and how many are not read'),
  },
  B10: {
    wants: 'long work can be cancelled',
    by: shown('inhost/fetch.inhost.ts', 'is given up when that is asked for'),
  },
  B11: { wants: 'at most one item in the status bar', by: [] },
  B12: {
    wants: 'no key of the editor is taken',
    by: [
      ...shown('inhost/navigation.inhost.ts', 'takes no key that the editor uses'),
      ...shown('walls/palette.test.ts', 'work in our documents and views alone'),
    ],
  },
  B13: {
    wants: 'large mailboxes',
    by: shown('screen/threads-mailbox.test.ts', 'appears as a tree', 'scrolls to its end without a pause'),
  },
  C1: {
    wants: 'a panel lets nothing in',
    by: [
      ...shown('editor/from-outside.test.ts', 'of ours run and nothing be fetched'),
      ...shown('screen/panel.test.ts', 'the policy of the page lets nothing else in'),
    ],
  },
  C2: {
    wants: 'messages are checked on both sides',
    by: shown('webview/protocol.test.ts', 'anything at all is read or refused, and never thrown at'),
  },
  C3: {
    wants: 'a panel comes back as it was',
    by: shown('screen/note.test.ts', 'is there after the window was loaded anew, and so is the step of the simulator'),
  },
  C4: {
    wants: 'one panel a simulator, beside the text',
    by: [
      ...shown('inhost/surfaces.inhost.ts', 'open a simulator once, also when they are asked again'),
      ...shown('screen/panel.test.ts', 'opens the simulator beside the mail, and the mail keeps the keyboard'),
    ],
  },
  C5: {
    wants: 'a panel in the colours of the theme',
    by: shown('screen/panel.test.ts', 'nothing that axe finds wrong'),
  },
  C6: {
    wants: 'a panel for keys and for ears',
    by: shown(
      'screen/panel.test.ts',
      'the arrow keys step, Home and End go to the ends, R goes back',
      'the picture has a text twin, and its pieces can be named by key',
    ),
  },
  C7: {
    wants: 'a simulator starts still, and its state can be shared',
    by: shown('webview/run.test.ts', 'the shared text names the scenario, what differs and the step'),
  },
  C8: { wants: 'no panel opens by itself', by: [] },
  D1: {
    wants: 'tested in real hosts',
    by: [
      ...shown('walls/package.test.ts', 'was tested with the editor it asks for'),
      ...shown('inhost/node.test.ts', 'in the Node host'),
    ],
  },
  D2: {
    wants: 'an engine without the editor',
    by: shown(
      'walls/walls.test.ts',
      'a core room that knows the editor',
      'the core rooms know neither the page nor the process',
    ),
  },
  D3: {
    wants: 'a corpus and mutated mail',
    by: shown('fuzz/made.fuzz.ts', 'reading made-up mail that something happened to'),
  },
  D4: {
    wants: 'nothing for language models unless asked',
    by: [
      ...shown('editor/manifest.test.ts', 'offers tools to language models only where the setting says so'),
      ...shown('inhost/tools.inhost.ts', 'are offered nothing until the setting says so, and then what only reads'),
    ],
  },
};

describe('a criterion is shown by a test that is there', () => {
  test.each(Object.entries(criteria))('%s', (_id, { by }) => {
    for (const { file, test: name } of by) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(read(file).includes(name), `${name}: in ${file}`).toBe(true);
    }
  });

  test('those without one are looked at below', () => {
    const rest = Object.entries(criteria).flatMap(([id, { by }]) => (by.length === 0 ? [id] : []));
    expect(rest).toEqual(['A6', 'A12', 'B11', 'C8']);
  });
});

describe('the manifest and the sources', () => {
  test('A1: nothing starts with every window', () => {
    expect(manifest.activationEvents.filter((event: string) => /^\*$|onStartup/.test(event))).toEqual([]);
  });

  test('A2: name a bundle for Node and one for the web', () => {
    expect(manifest.main).toMatch(/^\.\/dist\//);
    expect(manifest.browser).toMatch(/^\.\/dist\/web\//);
  });

  test('A3: take paths of a disk only where there is one', () => {
    const careless = using(/\.fsPath\b/).filter(
      (path) => !/^src\/editor\/node\b/.test(path) && !/scheme [!=]== 'file'/.test(sources.get(path) ?? ''),
    );
    expect(careless).toEqual([]);
  });

  test('A6: bring no editor of their own', () => {
    expect(contributes.customEditors).toBeUndefined();
  });

  test('A8: have no page of settings, and a switch for hovers with three positions', () => {
    expect(contributes.configuration.properties['patchgloss.hovers'].enum).toEqual(['on', 'withModifier', 'off']);
  });

  test('A12: measure nobody, and say so', () => {
    expect(using(/TelemetryLogger|isTelemetryEnabled|appInsights/)).toEqual([]);
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
    expect(read('README.md')).toMatch(/no telemetry/i);
  });

  test('B10: ask nothing of the reader when they start', () => {
    for (const path of ['src/editor/activate.ts', 'src/extension.ts'])
      expect(read(path)).not.toMatch(/show(?:Information|Warning|Error)Message/);
  });

  test('B11: have one item in the status bar, at its right, without a colour', () => {
    const items = using(/createStatusBarItem/);
    expect(items).toHaveLength(1);
    const text = items.map((path) => sources.get(path) ?? '').join('');
    expect(text.match(/createStatusBarItem/g)).toHaveLength(1);
    expect(text).toMatch(/StatusBarAlignment\.Right/);
    expect(text).not.toMatch(/backgroundColor|\.color\b|\$\(/);
  });

  test('C5: draw panels with parts that are kept up', () => {
    expect(Object.keys(manifest.devDependencies)).toContain('@vscode-elements/elements');
    expect(JSON.stringify(manifest)).not.toContain('webview-ui-toolkit');
  });

  test('C3, C8: keep no hidden panel alive, and open one only where a reader asks', () => {
    expect(using(/retainContextWhenHidden/)).toEqual([]);
    expect(using(/createWebviewPanel/)).toEqual(['src/editor/panel.ts']);
  });
});
