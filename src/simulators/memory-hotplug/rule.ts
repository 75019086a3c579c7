import type { Citation, Step } from '../kit/simulator.ts';
import type { State, World } from './state.ts';

/** What a rule does to one machine: how it went, the machine afterwards, and the few words for the tables. */
export type Ruled = Omit<Step<unknown>, 'state' | 'source'> & {
  source: Citation;
  world: World;
  answer: string;
  why: string;
};

export interface Machine {
  state: State;
  world: World;
  /** The rule under which this machine runs. */
  policy: State['policy'];
}

export const KAI: Citation = { where: 'Kai Huang to Dan Williams, TDX host kernel support v3, 29 Apr 2022' };

export function tdx(name: string, kernel = '6.8-6.16'): Citation {
  return { where: `arch/x86/virt/vmx/tdx/tdx.c ${name}()`, kernel };
}

export function hotplug(name: string): Citation {
  return { where: `mm/memory_hotplug.c ${name}()`, kernel: '6.8-6.16' };
}

export const WHAT_IF: Citation = {
  where: 'What if, after Dan Williams to Kai Huang, 28 Apr 2022: no kernel does this',
  inferred: true,
};

/** An event that has no meaning for this machine, often because an earlier one was refused here. */
export function nothingToDo(
  { world }: Machine,
  rule: string,
  because: string,
  answer: string,
  source: Citation,
): Ruled {
  return { outcome: 'refused', rule, because, source, world, answer, why: 'nothing to do here' };
}
