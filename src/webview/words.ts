/** The panel's own words, in English. The editor sends the reader's language; `{0}`, `{1}` are filled in by `say`. */
export const english = {
  unknownSimulator: 'There is no simulator named {0}.',
  openedFrom: 'from {0}',
  goBack: 'Go back to the mail',
  picture: 'Picture',
  asText: 'The picture as text',
  steps: 'Steps',
  back: 'Step back',
  forward: 'Step forward',
  play: 'Play',
  pause: 'Pause',
  reset: 'Back to the start',
  seek: 'Step',
  stepOf: 'Step {0} of {1}',
  start: 'Before the first step',
  done: 'done',
  refused: 'refused',
  stuck: 'stuck',
  rule: 'rule',
  inferred: 'our conclusion, not a statement of the source',
  kernelSays: 'The kernel would print',
  scenario: 'Scenario',
  noScenario: 'Default values',
  parameters: 'Parameters',
  fromText: 'from the text',
  restore: 'Restore the values',
  wholeNumber: 'Give a whole number from {0} to {1}.',
  recomputed: 'Run again with the new values: {0} steps.',
  cannotRun: 'This cannot be run: {0}',
  ignored: 'Left out, because this simulator does not take it: {0}.',
  trace: 'All steps',
  leavesOut: 'What the model leaves out',
  sources: 'Sources',
  share: 'Keep or share this state',
  copy: 'Copy',
  shareHelp: 'This text stands for the simulator, its values and the step.',
  keys: 'Left and Right step, Home and End go to the ends, Space plays, R goes back to the start. Up and Down in the picture name its pieces.',
} as const;

export type Words = Readonly<Record<keyof typeof english, string>>;

/** The words that came, where they came; English for the rest. */
export function wordsFrom(sent: Readonly<Record<string, string>>): Words {
  return { ...english, ...sent };
}

/** Fills `{0}`, `{1}` in. What is filled in is not looked at again. */
export function say(pattern: string, ...values: readonly (string | number)[]): string {
  return pattern.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
