import type * as vscode from 'vscode';
import type { Progress } from '#features';

/** How long the host is held up at most (ms) before others have a turn; one step is never divided. */
const turn = 8;

/** Work in steps, for all who wait for it. It rests while nobody waits, and goes on where it was when somebody asks again. */
export class Turns<Result> {
  readonly #steps: Generator<Progress, Result>;
  readonly #isOpen: () => boolean;
  readonly #waiting = new Set<vscode.CancellationToken>();
  #done: { result: Result } | undefined;
  #running: Promise<void> | undefined;
  #progress: Progress = { done: 0, total: 0 };

  /** `isOpen` tells whether the result can still be used at all. */
  constructor(steps: Generator<Progress, Result>, isOpen: () => boolean) {
    this.#steps = steps;
    this.#isOpen = isOpen;
  }

  /** Absent when `token` was cancelled before the end, or the work is of no use any more. `report` is told after each turn. */
  async result(token: vscode.CancellationToken, report?: (progress: Progress) => void): Promise<Result | undefined> {
    this.#waiting.add(token);
    while (!this.#done && !token.isCancellationRequested && this.#isOpen()) {
      this.#running ??= this.#oneTurn().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
      if (!this.#done) report?.(this.#progress);
    }
    this.#waiting.delete(token);
    return token.isCancellationRequested || !this.#isOpen() ? undefined : this.#done?.result;
  }

  async #oneTurn(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    const end = Date.now() + turn;
    while (Date.now() < end && [...this.#waiting].some((one) => !one.isCancellationRequested)) {
      const step = this.#steps.next();
      if (step.done) {
        this.#done = { result: step.value };
        return;
      }
      this.#progress = step.value;
    }
  }
}

/** Work that counts no steps, for the one who asks. */
export function inTurns<Result>(
  steps: Generator<void, Result>,
  token: vscode.CancellationToken,
): Promise<Result | undefined> {
  return new Turns(counted(steps), () => true).result(token);
}

function* counted<Result>(steps: Generator<void, Result>): Generator<Progress, Result> {
  for (let done = 1; ; done++) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { done, total: done };
  }
}
