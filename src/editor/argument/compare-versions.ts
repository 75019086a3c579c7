import * as vscode from 'vscode';
import type { ComparedVersions } from '#features';
import { linkVersion } from './link-version.ts';
import { mailAtHand, type PostedMails, postedMails, versionsOf } from './posted-versions.ts';
import { showVersions } from './show-versions.ts';
import { stateWord } from './state-words.ts';

interface VersionItem extends vscode.QuickPickItem {
  compared?: ComparedVersions;
}

/** Lets the reader choose two versions of the patches at the caret, and shows what became of each patch. */
export async function compareVersions(): Promise<void> {
  const mail = await mailAtHand();
  if (!mail) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a mail with a patch first.'));
    return;
  }
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Comparing versions'), cancellable: true },
    async (_progress, token): Promise<{ mails: PostedMails; versions: ComparedVersions[] } | undefined> => {
      const mails = await postedMails(mail, token);
      const versions = mails && (await versionsOf(mails, token));
      return versions && { mails, versions };
    },
  );
  if (!found) return;
  const link = vscode.l10n.t('Link Another Version...');
  if (found.versions.length === 0) {
    const none = vscode.l10n.t(
      'No other version of these patches was found. Open the mails of the other version, too.',
    );
    if ((await vscode.window.showInformationMessage(none, link)) === link) await linkVersion();
    return;
  }
  const items: VersionItem[] = [...found.versions.map(versionItem), { label: `$(link) ${link}` }];
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Two versions to compare'),
    matchOnDescription: true,
  });
  if (chosen?.compared) await showVersions(chosen.compared, found.mails.documents);
  else if (chosen) await linkVersion();
}

function versionItem(compared: ComparedVersions): VersionItem {
  const { before, after, patches } = compared;
  const counts = new Map<string, number>();
  for (const { state } of patches) counts.set(stateWord(state), (counts.get(stateWord(state)) ?? 0) + 1);
  return {
    label: `v${before.version} \u2192 v${after.version}`,
    description: after.subject,
    detail: [...counts].map(([word, count]) => `${count} ${word}`).join(', '),
    compared,
  };
}
