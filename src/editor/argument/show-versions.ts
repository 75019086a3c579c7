import * as vscode from 'vscode';
import type { ComparedVersions, PostedVersion } from '#features';
import { stateWord } from './state-words.ts';
import { versionAddress } from './version-address.ts';
import { mayHaveBase, versionsAtBase } from './versions-at-base.ts';

type Patch = ComparedVersions['patches'][number];

/** A pair of documents for the diff editor; absent on the side that has none. */
interface Pair {
  path: string;
  old?: vscode.Uri | undefined;
  now?: vscode.Uri | undefined;
}

/**
 * Shows two versions in the diff editor: the real files where a repository that is open has their base, with the messages that changed; else each patch beside what became of it. Keys of
 * patches name a document by its place among `documents`.
 */
export async function showVersions(
  compared: ComparedVersions,
  documents: readonly vscode.TextDocument[],
): Promise<void> {
  const { before, after, patches } = compared;
  const title = vscode.l10n.t('Comparing versions');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const atBase =
    (await mayHaveBase(compared)) &&
    (await vscode.window.withProgress(options, (_progress, token) => versionsAtBase(compared, token)));
  const shown = patches.filter(atBase ? saysOtherwise : differs);
  const pairs = [
    ...(atBase ? atBase.files : []),
    ...shown.map((patch, at) => patchPair(patch, at, compared, documents)),
  ];
  if (pairs.length === 0) {
    const same = vscode.l10n.t('v{0} and v{1} hold the same patches.', before.version, after.version);
    void vscode.window.showInformationMessage(same);
    return;
  }
  const base = !atBase || atBase.base === undefined ? '' : ` (${vscode.l10n.t('on {0}', atBase.base.slice(0, 12))})`;
  await showPairs(pairs, `v${before.version} \u2192 v${after.version}: ${after.subject}${base}`);
}

/** Moved context is no difference of the real files; what a patch says of itself is not in them. */
function saysOtherwise({ subjectBefore, message, trailers }: Patch): boolean {
  return subjectBefore !== undefined || message !== undefined || trailers !== undefined;
}

function differs(patch: Patch): boolean {
  return patch.state !== 'unchanged' || saysOtherwise(patch);
}

function patchPair(
  { state, subject, before: old, after: now }: Patch,
  at: number,
  { after }: ComparedVersions,
  documents: readonly vscode.TextDocument[],
): Pair {
  const number = String(numberOf(after, now) ?? at + 1).padStart(4, '0');
  const path = `${stateWord(state)}/${number}-${fileName(subject)}.diff`;
  return { path, old: addressOf(old, path, documents), now: addressOf(now, path, documents) };
}

async function showPairs(pairs: readonly Pair[], title: string): Promise<void> {
  const [only] = pairs;
  if (pairs.length === 1 && only?.old && only.now) {
    await vscode.commands.executeCommand('vscode.diff', only.old, only.now, title);
    return;
  }
  const resources = pairs.map(({ path, old, now }) => [old ?? now ?? vscode.Uri.file(path), old, now]);
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
