import type { Step } from '../kit/simulator.ts';
import { type Ending, type Errno, failureOf, type LEAVES, type Mapped, mapEnding } from './seamcall.ts';
import type { Draft, Due, Mark, Stage } from './state.ts';

/** What a rule says it did. */
export type Told = Omit<Step<unknown>, 'state' | 'log'>;

export function print(draft: Draft, ...lines: string[]): void {
  draft.log = [...draft.log, ...lines];
  draft.freshLines += lines.length;
}

export function mark(draft: Draft, stage: Stage, went: Mark['went'], text: string): void {
  draft.marks = { ...draft.marks, [stage]: { went, text } };
  draft.freshStage = stage;
}

/** Counts a SEAMCALL, prints what the kernel prints, and says which error it is. Without VMXON it never reaches the module. */
export function seamcall(draft: Draft, leaf: keyof typeof LEAVES, ending: Ending = 'success'): Mapped {
  draft.seamcalls++;
  if (!draft.vmxon) draft.earlySeamcalls++;
  const mapped = mapEnding(leaf, draft.vmxon ? ending : 'no-vmxon');
  print(draft, ...mapped.log);
  return mapped;
}

/** The same for a service that the reader lets fail. */
export function failingSeamcall(draft: Draft, leaf: keyof typeof LEAVES): Errno {
  return seamcall(draft, leaf, failureOf(leaf)).errno ?? 'EIO';
}

/** The error is kept while things are undone from `from` on. */
export function unwind(draft: Draft, errno: Errno, from: Due): void {
  draft.errno = errno;
  draft.due = from;
}
