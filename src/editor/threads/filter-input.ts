import * as vscode from 'vscode';

/** How long (ms) somebody must rest from typing until it is looked for. */
const rest = 120;

/** What a field to filter by needs of the view. */
export interface Filtering {
  /** What is filtered by now; empty where nothing is. */
  before: string;
  /** Shows what has these words; ends when it is shown, or something else is looked for. */
  filter(text: string): Promise<void>;
  /** Gives up what is looked for. */
  stop(): void;
  /** Makes ready for the first word, until the signal aborts. */
  prepare(signal: AbortSignal): void;
}

/** Filters while somebody types; Escape goes back to what was filtered before. */
export function askFilter({ before, filter, stop, prepare }: Filtering): void {
  const input = vscode.window.createInputBox();
  const closed = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let accepted = false;
  let asked = 0;
  const look = async (text: string) => {
    const turn = ++asked;
    input.busy = true;
    await filter(text);
    if (turn === asked) input.busy = false;
  };
  input.title = vscode.l10n.t('Filter Threads');
  input.placeholder = vscode.l10n.t('Words of the subject or the author');
  input.value = before;
  input.onDidChangeValue((text) => {
    clearTimeout(timer);
    stop();
    timer = setTimeout(() => void look(text), rest);
  });
  input.onDidAccept(() => {
    accepted = true;
    clearTimeout(timer);
    void filter(input.value);
    input.hide();
  });
  input.onDidHide(() => {
    clearTimeout(timer);
    closed.abort();
    if (!accepted && input.value !== before) void filter(before);
    input.dispose();
  });
  input.show();
  prepare(closed.signal);
}
