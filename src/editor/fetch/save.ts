import * as vscode from 'vscode';
import {
  conditionFor,
  countMessages,
  type FetchedThread,
  fetchThread,
  mergeMail,
  remember,
  type Wanted,
} from '#archive/fetch';
import { log } from '../log.ts';
import { bytesOf, pace, readFetched, writeFetched } from './memory.ts';
import { hostNetwork, whileFetching } from './network.ts';
import { servers } from './settings.ts';

export type Askable = Exclude<Wanted, { wrong: string }>;
type Fetched = Extract<FetchedThread, { state: 'mail' }>;

/** What became of a thread: saved, with how many messages are new in a file that was there; the same as before; or not, with a sentence for the reader. */
export type Saved =
  | { state: 'saved'; file: vscode.Uri; messageId: string; messages: number; added?: number; damage?: string }
  | { state: 'unchanged'; file: vscode.Uri; messageId: string }
  | { state: 'failed'; text: string; cancelled: boolean };

/** Fetches a thread and saves it in the file that its Message-ID leads to, while the reader sees it done and may cancel it. */
export async function fetchAndSave(
  context: vscode.ExtensionContext,
  wanted: Askable,
  fileOf: (messageId: string) => vscode.Uri,
): Promise<Saved> {
  const memory = await readFetched(context);
  const known = 'messageId' in wanted ? fileOf(wanted.messageId) : undefined;
  const saved = known && (await bytesOf(known));
  const thread = await whileFetching(vscode.l10n.t('Fetching a thread'), (signal) =>
    fetchThread({
      wanted,
      servers: servers(),
      network: hostNetwork(context),
      pace,
      signal,
      known: (url) => (known && saved ? conditionFor(memory, known.toString(), url) : undefined),
      log: (line) => log().info(line),
    }),
  );
  if (thread.state === 'failed') {
    log().warn(thread.text);
    return thread;
  }
  const file = known ?? fileOf(thread.messageId);
  if (thread.state === 'unchanged') return { state: 'unchanged', file, messageId: thread.messageId };
  return saveThread(context, file, thread);
}

async function saveThread(context: vscode.ExtensionContext, file: vscode.Uri, thread: Fetched): Promise<Saved> {
  const { url, messageId, mail, damage, etag, lastModified } = thread;
  const before = await bytesOf(file);
  const merged = before === undefined || before.length === 0 ? undefined : mergeMail(before, mail);
  if (before !== undefined && before.length > 0 && !merged) {
    const text = vscode.l10n.t(
      '{0} holds something else than this thread, and was left as it is. Move it away and fetch again.',
      nameOf(file),
    );
    return { state: 'failed', text, cancelled: false };
  }
  const messages = merged?.messages ?? countMessages(mail);
  const after = merged?.mail ?? mail;
  if (after.length !== before?.length) await vscode.workspace.fs.writeFile(file, after);
  log().info(`${file.toString(true)}: ${messages} messages, ${after.length} bytes`);
  if (damage === undefined) {
    const condition = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    const entry = { url, messageId, file: file.toString(), messages, when: Date.now(), ...condition };
    await writeFetched(context, remember(await readFetched(context), entry));
  }
  return {
    state: 'saved',
    file,
    messageId,
    messages,
    ...(merged === undefined ? {} : { added: merged.added }),
    ...(damage === undefined ? {} : { damage }),
  };
}

function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}

/** Says why there is no thread, and offers the file that a browser may get. */
export function sayFailure({ text, cancelled }: Extract<Saved, { state: 'failed' }>): void {
  if (!cancelled) void offerInstead(text);
}

async function offerInstead(text: string): Promise<void> {
  const open = vscode.l10n.t('Open Downloaded Mbox...');
  const show = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(text, open, show);
  if (answer === show) log().show();
  if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFile');
}

/** Says that a thread did not come whole. */
export function sayDamage(damage: string): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t('{0}. What had come is kept; refresh the thread to get the rest.', damage),
  );
}
