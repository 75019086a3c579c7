import * as vscode from 'vscode';
import { hostOf } from '#archive/fetch';
import { type FoundMessage, readQuery, searchServer, threadsOfFound } from '#archive/search';
import { fetchThread } from '../fetch/fetch-command.ts';
import { pace } from '../fetch/memory.ts';
import { hostNetwork, whileFetching } from '../fetch/network.ts';
import { servers } from '../fetch/settings.ts';
import { log } from '../log.ts';
import { saveFound } from './save-found.ts';
import { searchHere } from './search-here.ts';

/** What is searched: mail at hand, or a server. */
type Engine = { label: string; server?: string };

/** A result to pick; without a message all of them are downloaded. */
type Item = vscode.QuickPickItem & { message?: FoundMessage; all?: true };

/** Asks for a query and where to look, and lists what is found by thread. */
export async function searchMail(context: vscode.ExtensionContext, asked: unknown): Promise<void> {
  const named = readAsked(asked);
  const query = named?.query ?? (await askQuery());
  if (query === undefined || query.trim() === '') return;
  const engine = named?.engine ?? (await askEngine());
  if (!engine) return;
  const found = await (engine.server === undefined ? here(query) : atServer(context, engine.server, query));
  if (found) await pick(context, query, engine, found);
}

/** `{query}`, and `{query, server}` where the server is one of the reader's own; an empty one is mail at hand. */
function readAsked(asked: unknown): { query: string; engine?: Engine } | undefined {
  if (typeof asked !== 'object' || asked === null || !('query' in asked) || typeof asked.query !== 'string')
    return undefined;
  const { query } = asked;
  const server = 'server' in asked ? asked.server : undefined;
  if (server === '') return { query, engine: { label: '' } };
  return typeof server === 'string' && servers().includes(server)
    ? { query, engine: { label: server, server } }
    : { query };
}

function askQuery(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Search mail'),
    prompt: vscode.l10n.t(
      'Words, and s: subject, f: author, d: dates, l: list, dfn: file of a diff, b: text, m: Message-ID; - in front leaves out',
    ),
    placeHolder: 's:tdx f:kai d:20240101..20240201 dfn:tdx.c "memory region" -s:selftests',
  });
}

async function askEngine(): Promise<Engine | undefined> {
  const engines: Engine[] = [
    { label: vscode.l10n.t('Mail in this workspace, open and fetched mail') },
    ...servers().map((server) => ({ label: server, server })),
  ];
  return vscode.window.showQuickPick(engines, { title: vscode.l10n.t('Where to search') });
}

async function here(text: string): Promise<FoundMessage[] | undefined> {
  const query = readQuery(text, Date.now());
  if (query.wrong.length > 0) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('This means nothing in a search of mail at hand: {0}', query.wrong.join(' ')),
    );
    return undefined;
  }
  return searchHere(query);
}

async function atServer(
  context: vscode.ExtensionContext,
  server: string,
  query: string,
): Promise<FoundMessage[] | undefined> {
  const answer = await whileFetching(vscode.l10n.t('Searching {0}', hostOf(server)), (signal) =>
    searchServer(server, query, { network: hostNetwork(context), pace, signal, log: (line) => log().info(line) }),
  );
  if ('found' in answer) return answer.found;
  log().warn(answer.failed);
  void vscode.window.showErrorMessage(answer.failed);
  return undefined;
}

async function pick(
  context: vscode.ExtensionContext,
  query: string,
  engine: Engine,
  found: readonly FoundMessage[],
): Promise<void> {
  const title = found.length === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', found.length);
  const items = itemsOf(found);
  if (engine.server !== undefined && found.length > 0)
    items.unshift({
      label: vscode.l10n.t('Download all of them as one mailbox'),
      iconPath: new vscode.ThemeIcon('cloud-download'),
      all: true,
    });
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true, placeHolder: query });
  if (picked?.all && engine.server !== undefined) return saveFound(context, engine.server, query);
  if (picked?.message) await open(context, picked.message);
}

/** Threads under their subject. Text of mails stands in labels as it is: the list shows no markup but icons, which a label cannot hold here. */
function itemsOf(found: readonly FoundMessage[]): Item[] {
  return threadsOfFound(found).flatMap(({ subject, messages }): Item[] => [
    { label: subject, kind: vscode.QuickPickItemKind.Separator },
    ...messages.map((message): Item => {
      const day = message.date === undefined ? '' : new Date(message.date).toISOString().slice(0, 10);
      return { label: withoutIcons(message.subject), description: withoutIcons(`${message.author} ${day}`), message };
    }),
  ]);
}

/** `$(name)` would be an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

async function open(
  context: vscode.ExtensionContext,
  { file, url, offset }: FoundMessage & { offset?: number },
): Promise<void> {
  if (file === undefined) return url === undefined ? undefined : fetchThread(context, url);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(file));
  const place = document.positionAt(offset ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place), preview: true });
}
