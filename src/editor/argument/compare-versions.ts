import * as vscode from 'vscode';
import type { ComparedVersions, PostedVersion, Reading } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { isReadingView } from '../reading-address.ts';
import { lastMail } from '../terms/last-mail.ts';
import { argumentAt } from './argument-of-document.ts';
import { Turns } from './turns.ts';
import { isVersion, versionAddress } from './version-address.ts';

type State = ComparedVersions['patches'][number]['state'];

/** Keys of messages name a document by its place among these. */
interface Mails {
  documents: readonly vscode.TextDocument[];
  versions: readonly ComparedVersions[];
}

/** Lets the reader choose two versions of the patches at the caret, and shows what became of each patch. */
export async function compareVersions(): Promise<void> {
  const mail = lastMail().current();
  const editor = vscode.window.activeTextEditor;
  const document = editor && (await isOurs(editor.document)) ? editor.document : mail?.document;
  if (!document) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a mail with a patch first.'));
    return;
  }
  const offset = editor?.document === document ? document.offsetAt(editor.selection.active) : (mail?.offset ?? 0);
  const mails = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Comparing versions'), cancellable: true },
    (_progress, token) => versionsAt(document, offset, token),
  );
  if (!mails) return;
  if (mails.versions.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No other version of these patches was found. Open the mails of the other version, too.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(mails.versions.map(pick), {
    placeHolder: vscode.l10n.t('Two versions to compare'),
    matchOnDescription: true,
  });
  if (chosen) await show(chosen.compared, mails.documents);
}

async function versionsAt(
  document: vscode.TextDocument,
  offset: number,
  token: vscode.CancellationToken,
): Promise<Mails | undefined> {
  const argument = await argumentAt(document, offset, token);
  const documents = [document, ...(await otherMails(document))];
  const { comparedVersions, messageAt, postedVersions } = await features();
  const found: PostedVersion[] = [];
  for (const [file, one] of documents.entries()) {
    const reading = await readingOf(one);
    const posted = reading && (await inTurns(postedVersions(reading, file), token));
    found.push(...(posted ?? []));
  }
  const reading: Reading | undefined = await readingOf(document);
  const message = reading && messageAt(reading, offset);
  if (!argument || message === undefined || token.isCancellationRequested) return undefined;
  const versions = await inTurns(comparedVersions(found, `0:${message}`, argument.keys), token);
  return versions && { documents, versions };
}

async function inTurns<Result>(
  steps: Generator<void, Result>,
  token: vscode.CancellationToken,
): Promise<Result | undefined> {
  return new Turns(counted(steps), () => true).result(token);
}

function* counted<Result>(steps: Generator<void, Result>): Generator<{ done: number; total: number }, Result> {
  for (let done = 1; ; done++) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { done, total: done };
  }
}

/** Other mails that are open; a reading view says what its source says. */
async function otherMails(document: vscode.TextDocument): Promise<vscode.TextDocument[]> {
  const mails: vscode.TextDocument[] = [];
  for (const other of vscode.workspace.textDocuments) {
    if (other !== document && !isReadingView(other.uri) && !isVersion(other.uri) && (await isOurs(other)))
      mails.push(other);
  }
  return mails;
}

function pick(compared: ComparedVersions): vscode.QuickPickItem & { compared: ComparedVersions } {
  const { before, after, patches } = compared;
  const counts = new Map<State, number>();
  for (const { state } of patches) counts.set(state, (counts.get(state) ?? 0) + 1);
  const detail = [...counts].map(([state, count]) => `${count} ${stateWord(state)}`).join(', ');
  return {
    label: `v${before.version} \u2192 v${after.version}`,
    description: after.subject,
    detail,
    compared,
  };
}

function stateWord(state: State): string {
  switch (state) {
    case 'unchanged':
      return vscode.l10n.t('unchanged');
    case 'context':
      return vscode.l10n.t('context only');
    case 'changed':
      return vscode.l10n.t('changed');
    case 'new':
      return vscode.l10n.t('new');
    case 'dropped':
      return vscode.l10n.t('dropped');
    case 'unknown':
      return vscode.l10n.t('cannot tell');
  }
}

async function show(
  { before, after, patches }: ComparedVersions,
  documents: readonly vscode.TextDocument[],
): Promise<void> {
  const differing = patches.filter(
    ({ state, subjectBefore, message, trailers }) => state !== 'unchanged' || subjectBefore || message || trailers,
  );
  const title = `v${before.version} \u2192 v${after.version}: ${after.subject}`;
  if (differing.length === 0) {
    const same = vscode.l10n.t('v{0} and v{1} hold the same patches.', before.version, after.version);
    void vscode.window.showInformationMessage(same);
    return;
  }
  const entries = differing.map(({ state, subject, before: old, after: now }, at) => {
    const number = String(numberOf(after, now) ?? at + 1).padStart(4, '0');
    const path = `${stateWord(state)}/${number}-${fileName(subject)}.diff`;
    return { path, old: addressOf(old, path, documents), now: addressOf(now, path, documents) };
  });
  const [only] = entries;
  if (entries.length === 1 && only?.old && only.now) {
    await vscode.commands.executeCommand('vscode.diff', only.old, only.now, title);
    return;
  }
  const resources = entries.map(({ path, old, now }) => [old ?? now ?? vscode.Uri.file(path), old, now]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}

/** The place of a patch in its series, from 1. */
function numberOf({ mails }: PostedVersion, key: string | undefined): number | undefined {
  const at = mails.findIndex((mail) => mail.key === key);
  return at === -1 ? undefined : at + 1;
}

function addressOf(
  key: string | undefined,
  path: string,
  documents: readonly vscode.TextDocument[],
): vscode.Uri | undefined {
  const [file, message] = (key ?? '').split(':').map(Number);
  const document = documents[file ?? -1];
  return document && message !== undefined ? versionAddress(document.uri, message, path) : undefined;
}

/** As git names the file of a patch. */
function fileName(subject: string): string {
  const words = subject.replace(/[^\p{L}\p{N}._]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return [...words].slice(0, 52).join('') || 'patch';
}
