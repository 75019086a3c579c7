import * as vscode from 'vscode';
import { hostOf } from '#archive/fetch';
import { type Query, readQuery, searchServer } from '#archive/search';
import type { FoundMail } from '#features';
import { features } from '../core.ts';
import { pace } from '../fetch/memory.ts';
import { hostNetwork, whileFetching } from '../fetch/network.ts';
import { log } from '../log.ts';
import { pinnedMailbox } from '../threads/pinned.ts';
import type { Search } from '../threads/shown-mailbox.ts';
import { askProgram, type Engine, engines } from './engines.ts';
import { searchHere } from './search-here.ts';

/** What was found, and whether there may be more. */
interface Found {
  found: readonly FoundMail[];
  more: boolean;
}

/** Asks for a query and where to look, and looks there; absent where the reader gave up, or was told why nothing could be looked for. */
export async function searchMail(context: vscode.ExtensionContext, asked: unknown): Promise<Search | undefined> {
  const named = await readAsked(asked);
  const query = (named?.query ?? (await askQuery()))?.trim();
  if (query === undefined || query === '') return undefined;
  const engine = named?.engine ?? (await askEngine());
  const answer = engine && (await lookAt(context, engine, query));
  if (!engine || !answer) return undefined;
  const { foundThreads } = await features();
  return {
    query,
    where: engine.name,
    ...(engine.kind === 'server' ? { server: engine.server } : {}),
    found: foundThreads(answer.found),
    more: answer.more,
  };
}

/** `{query}`, and `{query, server}` or `{query, program}` where that is one of those that can be asked; an empty server is mail at hand. */
async function readAsked(asked: unknown): Promise<{ query: string; engine?: Engine } | undefined> {
  if (typeof asked !== 'object' || asked === null || !('query' in asked) || typeof asked.query !== 'string')
    return undefined;
  const { query } = asked;
  const server = 'server' in asked ? asked.server : undefined;
  const program = 'program' in asked ? asked.program : undefined;
  const engine = (await engines()).find((one) => {
    if (one.kind === 'here') return server === '';
    return one.kind === 'server' ? one.server === server : one.program.name === program;
  });
  return engine ? { query, engine } : { query };
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
  const items = (await engines()).map((engine) => ({ label: engine.label, engine }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Where to search') }))?.engine;
}

async function lookAt(context: vscode.ExtensionContext, engine: Engine, text: string): Promise<Found | undefined> {
  if (engine.kind === 'server') return atServer(context, engine.server, text);
  const query = readQuery(text, Date.now());
  const wrong = engine.kind === 'program' ? engine.program.question(query).wrong : query.wrong;
  if (wrong.length > 0) {
    const message = vscode.l10n.t('This means nothing in a search of {0}: {1}', engine.name, wrong.join(' '));
    void vscode.window.showErrorMessage(message);
    return undefined;
  }
  return engine.kind === 'program'
    ? inProgram(engine, query)
    : { found: await searchHere(query, pinnedMailbox(context.workspaceState)), more: false };
}

async function inProgram({ program }: Extract<Engine, { kind: 'program' }>, query: Query): Promise<Found | undefined> {
  try {
    const found = await whileFetching(vscode.l10n.t('Searching {0}', program.name), (signal) =>
      askProgram(program, query, signal),
    );
    log().info(`${program.name}: ${query.text}: ${found.length} messages`);
    return { found, more: false };
  } catch (error) {
    const text = `${program.name}: ${error instanceof Error ? error.message : String(error)}`;
    log().warn(text);
    void vscode.window.showErrorMessage(text);
    return undefined;
  }
}

async function atServer(context: vscode.ExtensionContext, server: string, query: string): Promise<Found | undefined> {
  const answer = await whileFetching(vscode.l10n.t('Searching {0}', hostOf(server)), (signal) =>
    searchServer(server, query, { network: hostNetwork(context), pace, signal, log: (line) => log().info(line) }),
  );
  if ('found' in answer) return answer;
  log().warn(answer.failed);
  void vscode.window.showErrorMessage(answer.failed);
  return undefined;
}
