import * as vscode from 'vscode';
import type { PostedVersion } from '#features';
import { readingOf } from '../documents.ts';
import { sourceUri } from '../reading-address.ts';
import { type LinkedMail, linkedVersions, linkVersions, unlinkVersions } from './linked-versions.ts';
import { mailAtHand, type PostedMails, postedMails } from './posted-versions.ts';

interface PostingItem extends vscode.QuickPickItem {
  posting?: LinkedMail;
  isLinked?: boolean;
}

/** Lets the reader say of which other patches those of the mail at the caret are a version, where that cannot be seen from the mails. */
export async function linkVersion(): Promise<void> {
  const mail = await mailAtHand();
  const mails = mail && (await read(mail));
  const own = mails && (await ownPosting(mails));
  if (!mails || !own) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a mail with a patch first.'));
    return;
  }
  const chosen = await choose(mails, own);
  if (!chosen?.posting) return;
  if (chosen.isLinked) await unlinkVersions(own.messageId, chosen.posting.messageId);
  else await linkVersions(own, chosen.posting);
  const words = chosen.isLinked
    ? vscode.l10n.t('The link was taken away.')
    : vscode.l10n.t('The versions were linked.');
  vscode.window.setStatusBarMessage(words, 4000);
}

function read(mail: { document: vscode.TextDocument; offset: number }): Thenable<PostedMails | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the thread'), cancellable: true },
    (_progress, token) => postedMails(mail, token),
  );
}

/** The posting of the message that was asked about, else the newest one of its thread. */
async function ownPosting(mails: PostedMails): Promise<LinkedMail | undefined> {
  const own = new Set(mails.argument.keys);
  const found =
    mails.posted.find(({ keys }) => keys.includes(mails.key)) ??
    mails.posted.findLast(({ keys }) => keys.some((key) => own.has(key)));
  return found && linkedMail(found, mails.documents);
}

async function choose(mails: PostedMails, own: LinkedMail): Promise<PostingItem | undefined> {
  const items = await postingItems(mails.posted, mails.documents, own);
  const another = vscode.l10n.t('Choose a File...');
  const picked = await vscode.window.showQuickPick<PostingItem>([...items, { label: `$(folder-opened) ${another}` }], {
    placeHolder: vscode.l10n.t('The other version of these patches'),
    matchOnDescription: true,
  });
  if (!picked || picked.posting) return picked;
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, title: another })) ?? [];
  if (!uri) return undefined;
  const document = await vscode.workspace.openTextDocument(uri);
  const theirs = await read({ document, offset: 0 });
  const inFile = theirs ? await postingItems(theirs.posted, theirs.documents, own, document) : [];
  if (inFile.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('There is no patch in this mail.'));
  return inFile.length > 1 ? vscode.window.showQuickPick(inFile) : inFile[0];
}

/** A row for each posting but the reader's own one; of two that are the same the first. */
async function postingItems(
  posted: readonly PostedVersion[],
  documents: readonly vscode.TextDocument[],
  own: LinkedMail,
  only?: vscode.TextDocument,
): Promise<PostingItem[]> {
  const linked = new Set(linkedVersions([own.messageId]).map(({ messageId }) => messageId));
  const items = new Map<string, PostingItem>();
  for (const one of posted) {
    const posting = await linkedMail(one, documents);
    if (!posting || posting.messageId === own.messageId || items.has(posting.messageId)) continue;
    const document = documentOf(one, documents);
    if (only && document !== only) continue;
    const isLinked = linked.has(posting.messageId);
    items.set(posting.messageId, {
      label: `${isLinked ? '$(check) ' : ''}v${one.version}`,
      description: one.subject,
      detail: isLinked ? vscode.l10n.t('Linked; choose it to take the link away') : nameOf(document),
      posting,
      isLinked,
    });
  }
  return [...items.values()];
}

/** A posting by its first message: the cover letter, or the first patch. */
async function linkedMail(
  posting: PostedVersion,
  documents: readonly vscode.TextDocument[],
): Promise<LinkedMail | undefined> {
  const document = documentOf(posting, documents);
  const reading = document && (await readingOf(document));
  const [key = ''] = posting.keys;
  const written = reading?.page(Number(key.split(':')[1]))?.fields.get('message-id')?.[0] ?? '';
  const messageId = /<([^<>\s]+)>/.exec(written)?.[1];
  return document && messageId !== undefined ? { messageId, uri: sourceUri(document.uri).toString() } : undefined;
}

function documentOf(
  { keys: [key = ''] }: PostedVersion,
  documents: readonly vscode.TextDocument[],
): vscode.TextDocument | undefined {
  return documents[Number(key.split(':')[0])];
}

function nameOf(document: vscode.TextDocument | undefined): string {
  return document ? vscode.workspace.asRelativePath(document.uri, false) : '';
}
