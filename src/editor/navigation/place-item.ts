import * as vscode from 'vscode';
import type { MessagePlace } from '#features';
import { isVersion } from '../argument/version-address.ts';
import { ask } from '../documents.ts';

/** How long (ms) the caret must rest. */
const rest = 120;

/** The one item in the status bar: which message of how many, which patch of its series. While a mail is in front. */
export function showPlaceInThread(): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('patchgloss.place', vscode.StatusBarAlignment.Right, 90);
  item.name = vscode.l10n.t('Place in the Thread');
  item.command = 'patchgloss.threads.focus';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell(item), wait);
  };
  later(0);
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(() => later(0)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) later(rest);
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

async function tell(item: vscode.StatusBarItem): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const place =
    document && !isVersion(document.uri)
      ? await ask(document, undefined, ({ messagePlace }, reading) =>
          messagePlace(reading, document.offsetAt(editor.selection.active)),
        )
      : undefined;
  if (editor !== vscode.window.activeTextEditor) return;
  const text = place ? textOf(place) : '';
  if (!place || text === '') return item.hide();
  item.text = text;
  item.tooltip = vscode.l10n.t('{0}. Click for the Threads view.', wordsOf(place));
  item.accessibilityInformation = { label: wordsOf(place) };
  item.show();
}

/** `12/60 · v2 3/8` */
function textOf({ message, messages, version, part, total }: MessagePlace): string {
  const patch = part === undefined ? [] : [`v${version ?? 1} ${part}${total === undefined ? '' : `/${total}`}`];
  return [...(messages > 1 ? [`${message}/${messages}`] : []), ...patch].join(' \u00b7 ');
}

function wordsOf({ message, messages, version = 1, part, total }: MessagePlace): string {
  const { l10n } = vscode;
  const which = l10n.t('Message {0} of {1}', message, messages);
  if (part === undefined) return which;
  return total === undefined
    ? l10n.t('{0}, patch {1}, version {2}', which, part, version)
    : l10n.t('{0}, patch {1} of {2}, version {3}', which, part, total, version);
}
