/** Getting about in a mail, behind its registration. Evaluated with the first mail, or when one of its commands is run. */
import * as vscode from 'vscode';
import { copyLoreLink, copyMarkdownQuote, copyPlainReply } from '../copying/copy.ts';
import { selector } from '../documents.ts';
import { foldOldQuotes } from '../voices/fold-old-quotes.ts';
import { sayWhatIsFolded } from '../voices/folded-quotes.ts';
import { provideSpeakerHighlights } from '../voices/highlights.ts';
import { speakerHints } from '../voices/speakers.ts';
import type { NavigationCommand } from './command-names.ts';
import { openAtLore, openRaw, readClipboard } from './elsewhere.ts';
import { provideFixes } from './fixes.ts';
import { foldQuotesOlder, toggleQuotes } from './fold-quotes.ts';
import { go } from './go.ts';
import { MessageLenses } from './message-lenses.ts';
import { copyMessageAs, goTo, more } from './picks.ts';
import { showPlaceInThread } from './place-item.ts';
import { provideSelectionRanges } from './selection.ts';
import { provideSubjects } from './subjects.ts';

export { bytesText } from './bytes-page.ts';
export { fix } from './fixes.ts';

const commands: Readonly<Record<NavigationCommand, (asked: unknown) => Promise<void>>> = {
  goTo,
  nextMessage: (from) => go('message', 1, from),
  previousMessage: () => go('message', -1),
  nextPatch: () => go('patch', 1),
  previousPatch: () => go('patch', -1),
  nextRemark: () => go('remark', 1),
  previousRemark: () => go('remark', -1),
  nextNewText: () => go('newText', 1),
  previousNewText: () => go('newText', -1),
  toggleQuotes,
  foldQuotesOlder,
  copyMessageAs,
  copyLoreLink,
  copyMarkdownQuote,
  copyPlainReply,
  openRaw,
  openAtLore,
  readClipboard,
  more,
};

export function run(name: NavigationCommand, asked: unknown): Promise<void> {
  return commands[name](asked);
}

/** What the editor asks of every mail. */
export function surfaces(): vscode.Disposable {
  const { languages } = vscode;
  const lenses = new MessageLenses();
  return vscode.Disposable.from(
    lenses,
    languages.registerCodeLensProvider(selector, lenses),
    speakerHints(),
    languages.registerDocumentHighlightProvider(selector, { provideDocumentHighlights: provideSpeakerHighlights }),
    languages.registerSelectionRangeProvider(selector, { provideSelectionRanges }),
    languages.registerWorkspaceSymbolProvider({ provideWorkspaceSymbols: provideSubjects }),
    languages.registerCodeActionsProvider(
      selector,
      { provideCodeActions: provideFixes },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    showPlaceInThread(),
    sayWhatIsFolded(),
    foldOldQuotes(),
  );
}
