/** How long (ms) the host waits for us at once. */
const TURN = 8;

/** Takes the steps of something in short turns, until it ends or is over. Gives what came out of it; absent when it was over before. */
export async function inTurns<Step, Result>(
  steps: Generator<Step, Result>,
  isOver: () => boolean,
  onRest: (step: Step) => void = () => undefined,
): Promise<Result | undefined> {
  for (let rested = Date.now(); !isOver(); ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (Date.now() - rested < TURN) continue;
    onRest(step.value);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    rested = Date.now();
  }
  return undefined;
}
