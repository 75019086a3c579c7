import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';

/** How long others wait at most (ms) before they have a turn; one step is never divided. */
const TURN = 8;

/** Whoever waits for an answer: it is of no use any more when they gave up, or when the text changed. */
export interface Waiting {
  readonly token: CancellationToken;
  isCurrent(): boolean;
}

/** Runs work in steps, and lets cancellations and other questions have their turn between them. */
export async function inTurns<Result>(steps: Generator<unknown, Result>, waiting: Waiting): Promise<Result> {
  let began = Date.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (Date.now() - began < TURN) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    refuseLate(waiting);
    began = Date.now();
  }
}

/** Throws what the protocol says of an answer that nobody can use. */
export function refuseLate({ token, isCurrent }: Waiting): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  if (!isCurrent()) throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed.');
}
