import * as vscode from 'vscode';
import { ask, selector } from '../documents.ts';
import { placeOf } from '../ranges.ts';
import { isReadingView } from '../reading-address.ts';

const setting = 'patchgloss.speakers';

/** The name of who speaks, before quotes that do not say it themselves. */
export function speakerHints(): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changes,
    vscode.languages.registerInlayHintsProvider(selector, {
      onDidChangeInlayHints: changes.event,
      provideInlayHints: hintsIn,
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) changes.fire();
    }),
  );
}

async function hintsIn(
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<vscode.InlayHint[] | undefined> {
  const wanted = vscode.workspace.getConfiguration(undefined, document).get<string>(setting, 'readingView');
  if (wanted === 'off' || (wanted !== 'on' && !isReadingView(document.uri))) return undefined;
  return ask(document, token, (features, reading) => {
    const { start, end } = placeOf(document, range);
    return features.speakerHints(reading, start, end).map(({ at, speaker }) => {
      const name = speaker.length > longest ? `${speaker.slice(0, longest)}\u2026` : speaker;
      const hint = new vscode.InlayHint(document.positionAt(at), `${name}:`);
      hint.tooltip = vscode.l10n.t('Quoted from {0}, as the mail says', speaker.slice(0, 200));
      hint.paddingRight = true;
      return hint;
    });
  });
}

/** Of a name, in characters. */
const longest = 30;
