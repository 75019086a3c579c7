import * as vscode from 'vscode';
import { equal } from './assert.ts';

const mail = (who: string, id: number, body: string) => `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${id === 1 ? '' : 'Re: '}[PATCH] tea: Warm the pot first
Message-ID: <argument-${id}@example.org>
${id === 1 ? '' : `In-Reply-To: <argument-${id - 1}@example.org>\n`}Date: Mon, 8 Jan 2024 1${id}:00:00 +0000

${body}
`;

const thread = [
  mail(
    'ada',
    1,
    'A pot that is cold cools the water which we pour.\nWe drink it anyway.\n\nNobody washes the blue cups.',
  ),
  mail('bo', 2, 'ada Example wrote:\n> A pot that is cold cools the water which we pour.\n\nThen warm it.'),
  mail(
    'cleo',
    3,
    'bo Example wrote:\n> ada Example wrote:\n>> A pot that is cold cools the water which we pour.\n>\n> Then warm it.\n\nHow?',
  ),
].join('\n');

describe('a quoted line', () => {
  let document: vscode.TextDocument;
  const at = (words: string) => document.positionAt(thread.indexOf(words) + 4);
  const ask = <Answer>(command: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(command, document.uri, ...more);

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: thread, language: 'mbox' });
    await vscode.window.showTextDocument(document);
  });

  it('leads to where it was said', async () => {
    const links = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('>> A pot'));
    equal(links.length, 1);
    equal(links[0]?.targetRange.start.line, document.positionAt(thread.indexOf('A pot')).line);
    equal(links[0] && document.getText(links[0].targetRange), 'A pot that is cold cools the water which we pour.');
  });

  it('leads from a line of its author nowhere', async () => {
    equal((await ask<unknown[]>('vscode.executeDefinitionProvider', at('How?'))).length, 0);
  });

  it('has all quotes of it, beginning with the line itself', async () => {
    const found = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('A pot'));
    equal(found.map(({ range }) => document.getText(range).slice(0, 6)).join('|'), 'A pot |> A po|>> A p');
  });
});
