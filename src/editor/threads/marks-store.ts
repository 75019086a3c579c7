import * as vscode from 'vscode';
import type { ReadingMarks } from '#features';
import { features } from '../core.ts';

const key = 'patchgloss.readingMarks';
/** How long (ms) marks rest before they are written. */
const rest = 400;

/** The reading marks of this reader, in all windows of this computer the same file of the editor. */
export class MarksStore implements vscode.Disposable {
  readonly marks: ReadingMarks;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Something was marked. */
  readonly onDidChange = this.#changes.event;
  readonly #state: vscode.Memento;
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(state: vscode.Memento, marks: ReadingMarks) {
    this.#state = state;
    this.marks = marks;
  }

  static async open(state: vscode.Memento): Promise<MarksStore> {
    const { ReadingMarks } = await features();
    return new MarksStore(state, new ReadingMarks(state.get(key)));
  }

  /** Changes marks, and sees to it that they are kept. */
  change(how: (marks: ReadingMarks) => void): void {
    how(this.marks);
    this.#changes.fire();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(), rest);
  }

  async #write(): Promise<void> {
    await this.#state.update(key, this.marks.keep());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    void this.#write();
    this.#changes.dispose();
  }
}
