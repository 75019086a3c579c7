import * as vscode from 'vscode';
import { inRepository } from '#editor/repository';
import type { AppliedPatch, ApplyReport, Reading, SeriesVersion } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';

/** Tries a series of the active mail on a repository that is open, and shows what came of it; the reader's files stay as they are. */
export async function checkApplies(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !(await isOurs(document))) return tell(vscode.l10n.t('Open the mail of a patch first.'));
  if (!inRepository)
    return tell(
      vscode.l10n.t('Trying a patch needs git, which this window has not. Open the mail in VS Code on the desktop.'),
    );
  if (!vscode.workspace.isTrusted) {
    return tell(vscode.l10n.t('Trying a patch runs git in your repository. Trust the workspace first.'));
  }
  const reading = await readingOf(document);
  const series = reading && (await chosenSeries(reading));
  const folder = series && (await chosenFolder());
  if (!reading || !series || folder === undefined) return;
  const report = await tried(inRepository, series, folder);
  if (report) await showReport(document, reading, report);
}

function tell(text: string): void {
  void vscode.window.showWarningMessage(text);
}

async function chosenSeries(reading: Reading): Promise<SeriesVersion | undefined> {
  const versions = (await features()).versionsIn([reading]);
  if (versions.length === 0) tell(vscode.l10n.t('There is no patch in this mail.'));
  if (versions.length < 2) return versions[0];
  const items = [...versions].reverse().map((series) => ({
    label: `v${series.version}`,
    description: vscode.l10n.t('{0} patches', series.mails.length),
    series,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The version to try') }))?.series;
}

async function chosenFolder(): Promise<string | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const [only, other] = folders;
  if (only && !other) return only.uri.fsPath;
  if (only) return (await vscode.window.showWorkspaceFolderPick())?.uri.fsPath;
  const title = vscode.l10n.t('The repository to try the patches on');
  const [picked] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title })) ?? [];
  return picked?.fsPath;
}

async function tried(
  scratch: NonNullable<typeof inRepository>,
  series: SeriesVersion,
  folder: string,
): Promise<ApplyReport | undefined> {
  const { tryApplying } = await features();
  const title = vscode.l10n.t('Trying {0} patches', series.mails.length);
  const location = vscode.ProgressLocation.Notification;
  try {
    return await vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return await scratch(folder, (git) => tryApplying(series, git), abort.signal);
    });
  } catch (error) {
    const isCancel = error instanceof Error && error.name === 'AbortError';
    if (!isCancel)
      tell(
        vscode.l10n.t('The patches could not be tried: {0}', error instanceof Error ? error.message : String(error)),
      );
    return undefined;
  }
}

interface PatchItem extends vscode.QuickPickItem {
  patch?: AppliedPatch;
}

/** A list of the patches with what came of each; one leads to the hunk that fails. */
async function showReport(
  document: vscode.TextDocument,
  reading: Reading,
  { base, missing, patches }: ApplyReport,
): Promise<void> {
  const notes = missing.map(
    (label): PatchItem => ({ label: `$(warning) ${vscode.l10n.t('Not in the repository: {0}', label)}` }),
  );
  const items: PatchItem[] = [...notes, ...patches.map(patchItem)];
  const placeHolder = base
    ? vscode.l10n.t('Tried on {0}', base.commit.slice(0, 12))
    : vscode.l10n.t('There is no commit to try the patches on.');
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (picked?.patch) await reveal(document, reading, picked.patch);
}

function patchItem(patch: AppliedPatch): PatchItem {
  const { state, subject, problems } = patch;
  const [sign, words] = WORDS[state]();
  const detail = problems.map(({ path, before, reason }) =>
    `${path ?? ''}${before === undefined ? '' : `:${before}`} ${reason}`.trim(),
  );
  return {
    label: `$(${sign}) ${words}`,
    description: subject,
    patch,
    ...(detail.length > 0 ? { detail: detail.join(' ') } : {}),
  };
}

const WORDS: Readonly<Record<AppliedPatch['state'], () => [sign: string, words: string]>> = {
  applies: () => ['check', vscode.l10n.t('applies')],
  merges: () => ['git-merge', vscode.l10n.t('applies by a merge')],
  fails: () => ['error', vscode.l10n.t('does not apply')],
  skipped: () => ['circle-slash', vscode.l10n.t('not tried')],
};

async function reveal(document: vscode.TextDocument, reading: Reading, { key, problems }: AppliedPatch): Promise<void> {
  const page = reading.page(Number(key.split(':')[1]));
  const line = problems.find((problem) => problem.line !== undefined)?.line;
  const row = page?.body.lines[(line ?? 1) - 1];
  if (!page || !row) return;
  const position = document.positionAt(page.place({ start: row.start, end: row.end }).start);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}
