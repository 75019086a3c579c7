import * as vscode from 'vscode';
import type { PathStop, ReadingPath } from '#features/sharing';
import { stateOf } from '#webview';
import { sharingFeatures } from '../core.ts';
import { stopComments } from './stop-comments.ts';
import { findStop, type StopPlace } from './stop-place.ts';

/** One walk at a time: where the reader is, and the comment that says so. */
export class PathWalk implements vscode.Disposable {
  readonly #controller = vscode.comments.createCommentController('patchgloss.path', vscode.l10n.t('Reading Path'));
  #path: ReadingPath | undefined;
  #file: vscode.Uri | undefined;
  #at = 0;
  #isAnswered = false;
  #thread: vscode.CommentThread | undefined;

  dispose(): void {
    this.end();
    this.#controller.dispose();
  }

  /** Goes to the first stop of a path. */
  async begin(path: ReadingPath, file: vscode.Uri | undefined): Promise<void> {
    this.end();
    this.#path = path;
    this.#file = file;
    void vscode.commands.executeCommand('setContext', 'patchgloss.onPath', true);
    await this.#show(0);
  }

  /** Goes on by one stop, or back. */
  async step(by: 1 | -1): Promise<void> {
    const count = this.#path?.stops.length ?? 0;
    const next = this.#at + by;
    if (this.#path && next >= 0 && next < count) return this.#show(next);
    const none = vscode.l10n.t('No reading path is walked. Open one with the command Walk Reading Path.');
    void vscode.window.showInformationMessage(this.#path ? vscode.l10n.t('This was the last stop.') : none);
  }

  end(): void {
    this.#thread?.dispose();
    this.#thread = undefined;
    this.#path = undefined;
    void vscode.commands.executeCommand('setContext', 'patchgloss.onPath', false);
  }

  showAnswer(): void {
    this.#isAnswered = true;
    if (this.#thread && this.#path) this.#thread.comments = stopComments(this.#path, this.#at, true);
  }

  /** Opens the simulator of the stop in its state, all of which is checked; only when the reader asks for it. */
  async openSimulator(): Promise<void> {
    const simulator = this.#path?.stops[this.#at]?.simulator;
    if (simulator === undefined) return;
    const { stopState } = await sharingFeatures();
    const found = stopState(simulator);
    const state = 'shared' in found ? stateOf(found.shared) : undefined;
    if (state) return void (await vscode.commands.executeCommand('patchgloss.openSimulator', state));
    const problem = 'problem' in found ? found.problem : simulator;
    void vscode.window.showWarningMessage(vscode.l10n.t('This stop leads to no simulator: {0}', problem.slice(0, 300)));
  }

  /** Fetches the thread of the stop, which the reader asked for, and goes to the stop. */
  async fetch(): Promise<void> {
    const { stopSource } = await sharingFeatures();
    const stop = this.#path?.stops[this.#at];
    const messageId = stop && stopSource(stop).messageId;
    if (messageId === undefined) return;
    await vscode.commands.executeCommand('patchgloss.fetchThread', `<${messageId}>`);
    if (this.#path?.stops[this.#at] === stop) await this.#show(this.#at);
  }

  async #show(at: number): Promise<void> {
    const path = this.#path;
    const stop = path?.stops[at];
    if (!path || !stop) return;
    this.#at = at;
    this.#isAnswered = false;
    this.#thread?.dispose();
    this.#thread = undefined;
    const { stopNote, stopSource } = await sharingFeatures();
    const note = stopNote(stop, at);
    const { messageId } = stopSource(stop);
    const place = note && (await findStop(note, messageId, this.#file));
    // The reader may have gone on, while files were looked into.
    if (this.#path !== path || this.#at !== at) return;
    if (place === undefined) this.#tell(path, stop);
    else if (typeof place === 'string') this.#tellMissing(path, stop, place, messageId);
    else await this.#showAt(path, stop, place);
  }

  async #showAt(path: ReadingPath, stop: PathStop, { document, range }: StopPlace): Promise<void> {
    const column = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: column ?? vscode.ViewColumn.Active,
      selection: range,
      preview: false,
    });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const thread = this.#controller.createCommentThread(
      document.uri,
      range,
      stopComments(path, this.#at, this.#isAnswered),
    );
    thread.canReply = false;
    thread.contextValue = 'path';
    thread.label = this.#labelOf(path, stop);
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    this.#thread = thread;
  }

  #labelOf({ stops }: ReadingPath, { title }: PathStop): string {
    return vscode.l10n.t('Stop {0} of {1}: {2}', this.#at + 1, stops.length, title.slice(0, 100));
  }

  /** A stop that is no place in a mail. */
  #tell(path: ReadingPath, stop: PathStop): void {
    const open = vscode.l10n.t('Open Simulator');
    const actions = stop.simulator === undefined ? [] : [open];
    const words = [this.#labelOf(path, stop), stop.words.slice(0, 300), stop.question?.slice(0, 300) ?? ''];
    this.#offer(words.filter((text) => text !== '').join('. '), actions, (chosen) =>
      chosen === open ? this.openSimulator() : this.step(1),
    );
  }

  #tellMissing(path: ReadingPath, stop: PathStop, reason: string, messageId: string | undefined): void {
    const fetch = vscode.l10n.t('Fetch Thread');
    const said = vscode.l10n.t('{0}. It is not found here. {1}', this.#labelOf(path, stop), reason);
    this.#offer(said, messageId === undefined ? [] : [fetch], (chosen) =>
      chosen === fetch ? this.fetch() : this.step(1),
    );
  }

  /** Says something with buttons, one of which goes on. */
  #offer(text: string, actions: readonly string[], run: (chosen: string) => Promise<void>): void {
    const isLast = this.#at + 1 >= (this.#path?.stops.length ?? 0);
    const all = [...actions, ...(isLast ? [] : [vscode.l10n.t('Next Stop')])];
    void vscode.window.showInformationMessage(text, ...all).then((chosen) => {
      if (chosen !== undefined) void run(chosen);
    });
  }
}
