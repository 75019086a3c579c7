import * as vscode from 'vscode';

/** Commands in groups, each with a list to choose from: they are bound to keys one by one, and do not fill the palette. */
const goals = [
  'nextMessage',
  'previousMessage',
  'nextPatch',
  'previousPatch',
  'threads.nextUnread',
  'threads.previousUnread',
  'nextRemark',
  'previousRemark',
  'nextNewText',
  'previousNewText',
];

const copies = [
  'copyLoreLink',
  'copyMarkdownQuote',
  'copyPlainReply',
  'copyB4Command',
  'copyGitAmCommand',
  'copyLedger',
];

const others = [
  'foldQuotesOlder',
  'findAllMentions',
  'showHover',
  'showCut',
  'saveAttachment',
  'openAtLore',
  'openRaw',
  'exportBrief',
  'newReadingPath',
  'refreshThread',
  'checkApplies',
  'showUnplacedNotes',
  'threads.markThreadRead',
  'showStoredData',
];

export const goTo = (): Promise<void> => choose(goals, vscode.l10n.t('Where to go'));
export const copyMessageAs = (): Promise<void> =>
  choose(copies, vscode.l10n.t('What to copy of the message at the caret'));
export const more = (): Promise<void> => choose(others, vscode.l10n.t('What to do with this mail'));

async function choose(names: readonly string[], placeHolder: string): Promise<void> {
  const titles = commandTitles();
  const items = names.flatMap((name) => {
    const label = titles.get(`patchgloss.${name}`);
    return label === undefined || !isAllowed(name) ? [] : [{ label, name }];
  });
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen) await vscode.commands.executeCommand(`patchgloss.${chosen.name}`);
}

/** Trying patches runs git. */
function isAllowed(name: string): boolean {
  return name !== 'checkApplies' || vscode.workspace.isTrusted;
}

/** As the palette shows them, in the reader's language. */
function commandTitles(): ReadonlyMap<string, string> {
  const manifest: unknown = vscode.extensions.getExtension('patchgloss.patchgloss')?.packageJSON;
  const titles = new Map<string, string>();
  for (const command of listIn(listIn(manifest, 'contributes'), 'commands') as unknown[]) {
    const [name, title] = [listIn(command, 'command'), listIn(command, 'title')];
    if (typeof name === 'string' && typeof title === 'string') titles.set(name, title);
  }
  return titles;
}

function listIn(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, key) : undefined;
}
