import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { Editor, type Position } from './editor.ts';
import { withProgram } from './program.ts';

withProgram();

const head = `From: Ada Lindqvist <ada@example.org>
Subject: [PATCH] x86/virt/tdx: Kettles
Message-ID: <kettle-1@example.org>
Date: Mon, 4 Mar 2024 10:00:00 +0000

`;
const markdown = { textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] } } };
const able = {
  textDocument: { ...markdown.textDocument, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};

interface Level {
  range: Range;
  parent?: Level;
}

interface Range {
  start: Position;
  end: Position;
}

/** Where words begin in a text. */
function at(text: string, words: string, more = 0): Position {
  const lines = text.slice(0, text.indexOf(words)).split('\n');
  return { line: lines.length - 1, character: (lines.at(-1)?.length ?? 0) + more };
}

/** Starting one takes longer than all it is asked: most tests share one. */
let shared: Editor;
beforeAll(async () => {
  shared = await started(able);
});
afterAll(() => shared?.stop());

async function started(capabilities: object): Promise<Editor> {
  const editor = new Editor();
  await editor.start(capabilities);
  return editor;
}

describe('an editor', () => {
  test('that cannot show Markdown, nor a tree, gets words without marks and a list with containers', async () => {
    const text = `${head}The TDX module keeps its PAMT there.\n\nOn Monday Ben wrote:\n> It\n> is there.\n\nYes.\n`;
    const editor = await started({});
    const open = await editor.open(text);
    const shown = await open.hover(at(text, 'PAMT', 1));
    expect(shown).toContain('Physical Address Metadata Table');
    expect(shown).not.toMatch(/\*\*|\\/);
    const [first, second] = await open.ask<{ name: string; containerName?: string }[]>('documentSymbol');
    expect(first?.name).toBe('[PATCH] x86/virt/tdx: Kettles');
    expect(second?.containerName).toBe(first?.name);
    const [root] = await (await shared.open(text)).ask<{ children: unknown[] }[]>('documentSymbol');
    expect(root?.children).toHaveLength(1);
    await editor.stop();
  });

  test('that counts in UTF-8 is answered in UTF-8, and its changes are understood', async () => {
    const text = `${head}Grüße aus dem 🫖: the PAMT of the TDX module.\n`;
    const bytes = (words: string) => Buffer.byteLength(words);
    const editor = new Editor();
    const { capabilities } = await editor.start({ ...markdown, general: { positionEncodings: ['utf-8'] } });
    expect(capabilities.positionEncoding).toBe('utf-8');
    const open = await editor.open(text);
    const line = 5;
    const before = bytes('Grüße aus dem 🫖: the ');
    const answer = await open.ask<{ range: Range }>('hover', { position: { line, character: before + 1 } });
    expect(answer.range).toEqual({ start: { line, character: before }, end: { line, character: before + 4 } });
    const teapot = bytes('Grüße aus dem ');
    await open.change({
      range: { start: { line, character: teapot }, end: { line, character: teapot + bytes('🫖') } },
      text: 'Töpfchen',
    });
    const character = bytes('Grüße aus dem Töpfchen: the ');
    const moved = await open.ask<{ range: Range }>('hover', { position: { line, character } });
    expect(moved.range.start.character).toBe(character);
    await editor.stop();
  });

  test('that edits gets answers about the text as it is now', async () => {
    const text = `${head}The TDX module keeps its PAMT there.\n`;
    const open = await shared.open(text);
    const start = at(text, 'PAMT');
    await open.change(
      { range: { start, end: { ...start, character: start.character + 4 } }, text: 'kettle' },
      { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, text: 'One TDMR more.\n' },
    );
    expect(await open.hover(start)).toBe('');
    expect(await open.hover({ line: 5, character: 5 })).toContain('TDMR');
  });

  test('that opens a text which is no mail is told nothing', async () => {
    const open = await shared.open('# Notes\n\nThe PAMT is not explained here.\n', 'markdown');
    expect(await open.hover({ line: 2, character: 5 })).toBe('');
    expect(await open.ask('documentSymbol')).toBeNull();
    expect(await open.ask('semanticTokens/full')).toEqual({ data: [] });
  });

  test('is told what is wrong with a mail, and that nothing is when it is closed', async () => {
    const first = `${head}The kettle holds two litres of water and is red.\n`;
    const reply = `From ben Mon Mar  4 11:00:00 2024
From: Ben Okafor <ben@example.org>
Subject: Re: [PATCH] x86/virt/tdx: Kettles
Message-ID: <kettle-2@example.org>
In-Reply-To: <kettle-1@example.org>
Date: Mon, 4 Mar 2024 11:00:00 +0000

On Mon, 4 Mar 2024, Ada Lindqvist wrote:
> The kettle holds nine litres of water and is red.

Really?
`;
    const open = await shared.open(`From ada Mon Mar  4 10:00:00 2024\n${first}\n${reply}`);
    await vi.waitFor(() => expect(open.diagnostics).toHaveLength(1), 5000);
    expect(open.diagnostics?.[0]?.message).toContain('said "The kettle holds two');
    await open.close();
    await vi.waitFor(() => expect(open.diagnostics).toEqual([]), 5000);
  });

  test('is warned of a character that turns a name around', async () => {
    const open = await shared.open(head.replace('Kettles', 'Ket\u202eselt'));
    await vi.waitFor(() => expect(open.diagnostics).toHaveLength(1), 5000);
    expect(open.diagnostics?.[0]?.message).toContain('U+202E');
  });

  test('grows a selection from the word over its quotes to the message', async () => {
    const text = `${head}On Monday Ben wrote:\n> Ada wrote:\n> > Tea is\n> > ready.\n> Thanks.\n\nYes.\n`;
    const open = await shared.open(text);
    const [answer] = await open.ask<Level[]>('selectionRange', { positions: [at(text, 'ready', 2)] });
    const lines: string[] = [];
    for (let level = answer; level; level = level.parent) {
      lines.push(`${level.range.start.line}-${level.range.end.line}`);
    }
    expect(lines[0]).toBe('8-8');
    expect(lines).toEqual(expect.arrayContaining(['7-8', '6-9']));
    expect(lines.at(-1)).toBe(`0-${text.split('\n').length - 1}`);
  });

  test('shows at a quote mark all that the same person says', async () => {
    const text = `${head}On Monday, Ben Okafor wrote:\n> Tea.\n\nYes.\n\n> Milk?\n`;
    const open = await shared.open(text);
    const found = await open.ask<{ range: Range }[]>('documentHighlight', { position: at(text, '> Tea') });
    expect(found.map(({ range }) => range.start.line)).toEqual([5, 6, 10]);
  });

  test('finds messages of all that is open by words of their subject or author', async () => {
    await shared.open(`${head}Tea.\n`.replace('Kettles', 'Spouts'));
    await shared.open('From: x@example.org\nSubject: Cups\n\nTea.\n');
    const found = (query: string) => shared.connection.sendRequest('workspace/symbol', { query });
    expect(await found('ada spouts')).toMatchObject([{ name: '[PATCH] x86/virt/tdx: Spouts' }]);
    expect(await found('teapots')).toEqual([]);
  });

  test('follows a Message-ID into another mail that is open', async () => {
    const parent = await shared.open(head.replace('kettle-1', 'parent-7'));
    const text = `${head.replace('kettle-1', 'child-7')}See Message-ID: <parent-7@example.org> for it.\n`;
    const open = await shared.open(text);
    const found = await open.ask<{ uri: string }[]>('definition', { position: at(text, 'parent-7', 2) });
    expect(found.map(({ uri }) => uri)).toEqual([parent.uri]);
  });

  test('opens notes as files, which go with the server', async () => {
    const text = `${head}The TDX module keeps its PAMT there.\n`;
    const editor = await started(able);
    const open = await editor.open(text);
    const [place] = await open.ask<{ uri: string }[]>('definition', { position: at(text, 'PAMT', 1) });
    const file = fileURLToPath(place?.uri ?? '');
    expect(existsSync(file)).toBe(true);
    expect(await editor.stop()).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  test('that hangs up leaves no server behind', async () => {
    const editor = await started({});
    const ended = editor.ended();
    editor.child.stdin.end();
    expect(await ended).toBe(1);
  });
});

describe('the server goes on', () => {
  const text = `${head}The TDX module keeps its PAMT there.\n`;

  test('after messages that are none', async () => {
    const open = await shared.open(text);
    const { stdin } = shared.child;
    const framed = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    stdin.write(framed('{"jsonrpc": "2.0", '));
    stdin.write(framed('[]'));
    stdin.write(framed('{"jsonrpc": "2.0", "method": "textDocument/hover", "params": 7, "id": 900}'));
    stdin.write(framed('{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {}}'));
    stdin.write(framed('{"jsonrpc": "2.0", "method": "kettle/boil", "id": 901}'));
    expect(await open.hover(at(text, 'PAMT', 1))).toContain('Physical Address Metadata Table');
  });

  test('at places that are nowhere', async () => {
    const open = await shared.open(text);
    for (const position of [
      { line: 9000, character: 3 },
      { line: 5, character: 2 ** 31 - 1 },
      { line: 0, character: 0 },
    ]) {
      expect(await open.ask('definition', { position })).toEqual([]);
      expect(await open.ask('references', { position, context: { includeDeclaration: true } })).toEqual([]);
    }
  });

  test('when a question is taken back', async () => {
    const mails = Array.from(
      { length: 400 },
      (_, index) => `From ada Mon Mar  4 10:00:00 2024\n${text.replace('kettle-1', `k${index}`)}\n`,
    );
    const open = await shared.open(mails.join(''));
    const source = new CancellationTokenSource();
    const asked = shared.connection.sendRequest(
      'textDocument/references',
      { textDocument: { uri: open.uri }, position: { line: 6, character: 26 } },
      source.token,
    );
    source.cancel();
    await expect(asked).rejects.toThrow();
    expect(await open.hover({ line: 6, character: 26 })).toContain('PAMT');
  });

  test('with mail that is longer than any, and answers about it at once', async () => {
    const open = await shared.open(`${head}${'The PAMT.\n'.repeat(5_500_000)}`);
    expect(await open.ask('documentSymbol')).toBeNull();
    await open.change({ text });
    expect(await open.hover(at(text, 'PAMT', 1))).toContain('Physical Address Metadata Table');
  });

  test('and words of a mail are only words in what is shown', async () => {
    const name = '](command:quit) [x](file:///etc/passwd) <img src=x> `rm`';
    const hostile = `From: "${name}" <eve@example.org>
Subject: ${name}

The Physical Address Metadata Table (PAMT) ${name} of the TDX module.
The ${name} PAMT again.
`;
    const open = await shared.open(hostile);
    for (const words of ['PAMT)', 'PAMT again', '](command']) {
      const shown = await open.hover(at(hostile, words, 1));
      expect(shown).not.toMatch(/(?<!\\)\]\((?:command|file):|(?<!\\)<img/);
    }
  });
});
