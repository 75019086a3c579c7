/** The machine boots and looks for TDX: what each rule has to know before anybody asks. */
import { sum } from './ranges.ts';
import { KAI, type Machine, nothingToDo, type Ruled, tdx, WHAT_IF } from './rule.ts';
import { isDriverManaged, memoriesIn, type State } from './state.ts';
import { capital, inWords, memoryInWords, rangeInWords } from './words.ts';

export function boot(machine: Machine): Ruled {
  const { state, world } = machine;
  if (state.stage !== 'off') {
    return nothingToDo(machine, 'booted-already', 'The machine runs already.', 'runs already', setup);
  }
  const places = state.memories.map((memory) =>
    memory.kind === 'boot' ? ('online' as const) : isDriverManaged(memory) ? ('device' as const) : ('away' as const),
  );
  const booted = { ...world, places };
  const ram = inWords(sum(memoriesIn(state, booted, 'online')));
  const devices = memoriesIn(state, booted, 'device').map(
    (memory) => ` ${capital(memoryInWords(memory))} is a device.`,
  );
  const because = `Boot hands ${ram} of memory to the page allocator; but for the first MB all of it lies inside CMRs.${devices.join('')}`;
  return {
    outcome: 'done',
    rule: 'boot',
    because,
    source: setup,
    world: booted,
    answer: 'boots',
    why: `${ram} online`,
  };
}

const setup = { where: 'arch/x86/kernel/e820.c e820__memblock_setup()', kernel: '6.8-6.16' };

/** Can TDX be had, and what does each rule want to know for later? */
export function detect({ state, world, policy }: Machine): Ruled {
  const looked = state.platform ? LOOK[policy](state.cmrs.map(rangeInWords).join(' and ')) : WITHOUT_TDX;
  return { outcome: 'done', world, ...looked };
}

type Looked = Pick<Ruled, 'rule' | 'because' | 'answer' | 'why' | 'source'>;

const WITHOUT_TDX: Looked = {
  rule: 'no-tdx',
  because: 'The BIOS has not enabled TDX: no rule has anything to check, and no TD can run.',
  answer: 'no TDX',
  why: 'the BIOS has not enabled TDX',
  source: tdx('tdx_init'),
};

const LOOK: Readonly<Record<State['policy'], (cmrs: string) => Looked>> = {
  'approach-1': () => ({
    rule: 'know-the-platform',
    because: 'The BIOS has enabled TDX. Approach 1 needs to know nothing else, and asks the module nothing.',
    answer: 'TDX found',
    why: 'that is all it needs to know',
    source: KAI,
  }),
  'approach-2': (cmrs) => ({
    rule: 'read-cmrs',
    because: `VMXON in the core kernel, then a SEAMCALL to P-SEAMLDR, gives the CMRs before the module is initialized: ${cmrs}. Without VMXON it would be -EACCES.`,
    answer: 'reads CMRs',
    why: 'VMXON and P-SEAMLDR, during boot',
    source: KAI,
  }),
  merged: (cmrs) => ({
    rule: 'register-notifier',
    because: `The BIOS has enabled TDX: a memory notifier is registered. The CMRs, ${cmrs}, are not read by Linux.`,
    answer: 'notifier',
    why: 'registered; CMRs are not read',
    source: tdx('tdx_init'),
  }),
  mixed: (cmrs) => ({
    rule: 'choose-by-cmrs',
    because: `What if: the CMRs, ${cmrs}, are known, and used to choose what the module gets, not to refuse memory.`,
    answer: 'reads CMRs',
    why: 'to choose what the module gets',
    source: WHAT_IF,
  }),
};
