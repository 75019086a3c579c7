import * as vscode from 'vscode';
import {
  english,
  type FromPanel,
  type NoteName,
  type Origin,
  type PanelState,
  readFromPanel,
  readState,
  stateOf,
  type ToPanel,
} from '#webview';
import { features, simulators } from './core.ts';
import { readingOf } from './documents.ts';
import { linkTo, stateOfLink } from './panel-link.ts';
import { panelPage } from './panel-page.ts';
import { save } from './panel-save.ts';
import { panelType } from './panel-type.ts';
import { rangeOf } from './ranges.ts';

interface OpenPanel {
  panel: vscode.WebviewPanel;
  state: PanelState;
}

/** A line of notes above a picture, not a list. */
const mostNotes = 5;

/** The open panels, one a simulator. */
const open = new Map<string, OpenPanel>();

/** Restores a panel over a reload of the window. What comes back is checked like anything else from a page. */
export function restorePanel(extension: vscode.Uri, panel: vscode.WebviewPanel, kept: unknown): void {
  const state = readState(kept);
  if (state === undefined || open.has(state.simulator)) panel.dispose();
  else attach(panel, state, extension);
}

/**
 * Opens a simulator beside the text, or brings its panel to the front in the new state. The argument may come from a link
 * in a hover: it is checked. Without one it asks which.
 */
export async function openSimulator(extension: vscode.Uri, argument: unknown): Promise<void> {
  const state = argument === undefined ? await pickSimulator() : readState(argument);
  if (state === undefined) {
    if (argument !== undefined)
      void vscode.window.showWarningMessage(vscode.l10n.t('This is not a state of a simulator.'));
    return;
  }
  const { simulatorById } = await simulators();
  const simulator = simulatorById(state.simulator);
  if (simulator === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('There is no simulator named {0}.', state.simulator));
    return;
  }
  const wanted = state.origin ? { ...state, origin: await named(state.origin) } : state;
  const known = open.get(wanted.simulator);
  if (known) {
    known.state = wanted;
    known.panel.reveal(undefined, true);
    await send(known);
    return;
  }
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: argument !== undefined };
  const panel = vscode.window.createWebviewPanel(panelType, simulator.title, column);
  attach(panel, wanted, extension);
}

/** Opens what a link from outside asks for. */
export async function openLink(extension: vscode.Uri, uri: vscode.Uri): Promise<void> {
  const state = await stateOfLink(uri);
  if (state !== undefined) await openSimulator(extension, state);
}

/** Gives a panel its page and listens to it. */
function attach(panel: vscode.WebviewPanel, state: PanelState, extension: vscode.Uri): void {
  const entry: OpenPanel = { panel, state };
  open.set(state.simulator, entry);
  const roots = [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
  panel.webview.options = { enableScripts: true, localResourceRoots: roots };
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
  panel.onDidDispose(() => open.delete(state.simulator));
  panel.webview.onDidReceiveMessage((data: unknown) => {
    const message = readFromPanel(data);
    if (message !== undefined) void answer(entry, message);
  });
  panel.webview.html = panelPage(panel.webview, extension, panel.title);
}

async function send({ panel, state }: OpenPanel): Promise<void> {
  const words = Object.fromEntries(Object.entries(english).map(([key, word]) => [key, vscode.l10n.t(word)]));
  const message: ToPanel = { type: 'open', state, words, notes: await notesOn(state) };
  void panel.webview.postMessage(message);
}

async function answer(entry: OpenPanel, message: FromPanel): Promise<void> {
  switch (message.type) {
    case 'ready':
      // Also when a panel that was hidden is shown again: its page was thrown away and starts anew.
      return send(entry);
    case 'changed':
      // The origin is ours: a page says where it stands, never where to go.
      entry.state = withOrigin({ ...message.state, simulator: entry.state.simulator }, entry.state.origin);
      return;
    case 'goToOrigin':
      if (entry.state.origin) await goTo(entry.state.origin);
      return;
    case 'openNote':
      await vscode.commands.executeCommand('patchgloss.openConceptNote', {
        id: message.id,
        origin: entry.state.origin,
      });
      return;
    case 'copyLink':
      await vscode.env.clipboard.writeText(linkTo(message.text));
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2000);
      return;
    case 'save':
      return save(entry.state, message);
    case 'copy':
      await vscode.env.clipboard.writeText(message.text);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2000);
  }
}

/** The notes that open this simulator, those of the scenario first: the panel leads back to them. */
async function notesOn({ simulator, scenario }: PanelState): Promise<NoteName[]> {
  const { ourGlossary } = await features();
  const notes = ourGlossary().concepts.filter((concept) => concept.simulator === simulator);
  const ofScenario = notes.filter(({ scenarios }) => scenarios.some(({ id }) => id === scenario));
  return [...new Set([...ofScenario, ...notes])].slice(0, mostNotes).map(({ id, title }) => ({ id, title }));
}

function withOrigin(state: PanelState, origin: Origin | undefined): PanelState {
  const { origin: _said, ...rest } = state;
  return origin ? { ...rest, origin } : rest;
}

/** Goes back to the place in the mail. */
async function goTo(origin: Origin): Promise<void> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(origin.uri, true));
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      selection: rangeOf(document, origin),
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
  } catch {
    void vscode.window.showWarningMessage(vscode.l10n.t('The mail this was opened from is not there any more.'));
  }
}

/** The origin with the title of its message, or the name of its file. */
export async function named(origin: Origin): Promise<Origin> {
  const uri = origin.uri;
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  const reading = document && (await readingOf(document));
  if (!reading) return origin;
  const { messageAt, readingView } = await features();
  const message = messageAt(reading, origin.start);
  const title = message === undefined ? undefined : readingView(reading, message)?.title;
  const label = title ?? document.uri.path.split('/').at(-1) ?? '';
  return { ...origin, label: label.slice(0, 500) };
}

interface SimulatorItem extends vscode.QuickPickItem {
  state?: PanelState;
}

/** Asks for a simulator and a scenario; a shared text can be pasted instead. */
async function pickSimulator(): Promise<PanelState | undefined> {
  const { parseShare, simulators: all } = await simulators();
  const items: SimulatorItem[] = all.flatMap((simulator) => [
    { label: simulator.title, kind: vscode.QuickPickItemKind.Separator },
    ...simulator.scenarios.map((scenario) => ({
      label: scenario.title,
      description: simulator.id,
      detail: scenario.lesson,
      state: { simulator: simulator.id, scenario: scenario.id, values: {}, fromText: [] },
    })),
    {
      label: vscode.l10n.t('{0}, with default values', simulator.title),
      description: simulator.id,
      detail: simulator.about,
      state: { simulator: simulator.id, values: {}, fromText: [] },
    },
  ]);
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<SimulatorItem>();
    pick.placeholder = vscode.l10n.t('A scenario to run, or a shared state to paste');
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = items;
    pick.onDidChangeValue((value) => {
      const parsed = value.includes('?') ? parseShare(value.trim()) : undefined;
      const shared = parsed?.ok ? stateOf(parsed.shared) : undefined;
      const label = vscode.l10n.t('Open the shared state');
      pick.items = shared ? [{ label, detail: value, state: shared, alwaysShow: true }, ...items] : items;
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.state);
      pick.dispose();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
