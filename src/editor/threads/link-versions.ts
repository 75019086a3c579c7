import * as vscode from 'vscode';
import { type LinkedMail, linkedVersions, linkVersions, unlinkVersions } from '../argument/linked-versions.ts';
import { features } from '../core.ts';
import { threadAddress } from '../reading-address.ts';
import { dayOf } from './ages.ts';
import { chooseMailbox } from './choose-mailbox.ts';
import { type OpenedMailbox, openMailbox } from './open-mailbox.ts';
import { showView } from './show-view.ts';
import { isSearch, type ShownMailbox, type ThreadsNode } from './shown-mailbox.ts';
import { fileName } from './view-words.ts';

/** Series that are offered, the latest ones: the subject of each is decoded. */
const MOST_OFFERED = 2000;

/** Asks which thread holds another version of what a row stands for, in this mailbox or in another one, and keeps that with the workspace. */
export async function linkAnother(shown: ShownMailbox, node: ThreadsNode): Promise<void> {
  if (node.kind === 'range' || isSearch(shown.origin)) return;
  const one = mailOf(shown.origin, node.thread);
  const other = one && (await chooseVersion(shown.origin, node.thread));
  if (one && other) await linkVersions(one, other);
}

/** Takes a link away, whichever version it was made from. */
export async function removeLink({ facts }: ShownMailbox, node: ThreadsNode): Promise<void> {
  if (node.kind !== 'linked' || !facts) return;
  const ids = facts.idsOf(node.thread);
  const family = [...ids, ...linkedVersions(ids).map(({ messageId }) => messageId)];
  for (const messageId of family) await unlinkVersions(messageId, node.messageId);
}

/** Opens the thread of a version that was linked by hand. */
export async function openLinked({ messageId, source }: Extract<ThreadsNode, { kind: 'linked' }>): Promise<void> {
  const uri = vscode.Uri.parse(source, true);
  try {
    const { threads } = await openMailbox(uri);
    const message = threads.messageOf(messageId);
    if (message === -1)
      throw new Error(vscode.l10n.t('{0} does not have the message {1} any more.', fileName(uri), messageId));
    await showView(threadAddress(uri, message, threads.head(message).clean));
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

type Offer = vscode.QuickPickItem & { mail?: LinkedMail };

async function chooseVersion(mailbox: OpenedMailbox, thread: number | undefined): Promise<LinkedMail | undefined> {
  const elsewhere: Offer = { label: `$(folder-opened) ${vscode.l10n.t('In Another Mailbox...')}` };
  const items = [elsewhere, ...(await offersOf(mailbox, thread))];
  const title = vscode.l10n.t('Which thread has another version?');
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (picked !== elsewhere) return picked?.mail;
  const uri = await chooseMailbox();
  return uri && chooseVersion(await openMailbox(uri), undefined);
}

/** Threads that post something, those of the same author first. Subjects stand in labels as they are: no markup, and no icons. */
async function offersOf(mailbox: OpenedMailbox, thread: number | undefined): Promise<Offer[]> {
  const { isPosting } = await features();
  const { threads } = mailbox;
  const own = thread === undefined ? undefined : threads.head(threads.roots[thread] ?? 0).author;
  const offers: { offer: Offer; isOwn: boolean }[] = [];
  for (const other of threads.byActivity.subarray(0, MOST_OFFERED)) {
    const mail = other === thread || !isPosting(threads, other) ? undefined : mailOf(mailbox, other);
    if (!mail) continue;
    const { subject, author } = threads.head(threads.roots[other] ?? 0);
    const description = `${author} \u00b7 ${dayOf(threads.last[other] ?? 0)}`;
    offers.push({
      offer: { label: withoutIcons(subject), description: withoutIcons(description), mail },
      isOwn: author === own,
    });
  }
  return offers.sort((one, other) => Number(other.isOwn) - Number(one.isOwn)).map(({ offer }) => offer);
}

/** The first message of a thread; absent where it has no id. */
function mailOf({ uri, threads }: OpenedMailbox, thread: number): LinkedMail | undefined {
  const header = threads.source.header(threads.roots[thread] ?? 0, ['message-id']);
  const messageId = (header.get('message-id') ?? '').replace(/^\s*<|>\s*$/g, '').trim();
  return messageId === '' ? undefined : { messageId, uri: uri.toString() };
}

/** `$(name)` would be an icon. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
