import type { Invariant } from '../kit/simulator.ts';
import { isPresent } from './situation.ts';
import { isPrivate, mapsKnownPage, type State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  { name: 'no fault or prefault maps the view that the attribute denies', holds: viewsAgree },
  {
    name: 'RET_PF_WRITE_PROTECTED never comes out of a prefault as the kernel makes it',
    holds: ({ situation, whatIf, mmu }) =>
      situation.path === 'fault' || whatIf === 'write-prefault' || mmu !== 'RET_PF_WRITE_PROTECTED',
  },
  { name: 'a write-protected page gets no writable entry', holds: protectionHolds },
  { name: 'RET_PF_FIXED means that the entry was written', holds: fixedMeansWritten },
  { name: 'RET_PF_SPURIOUS and RET_PF_RETRY leave the entry alone', holds: othersLeaveIt },
  {
    // Where a private page is write-protected, which no page of a TD can be, the write would be emulated all the same.
    name: 'RET_PF_EMULATE on private memory never reaches the emulator',
    holds: ({ situation, mmu, action }) =>
      !isPrivate(situation) || mmu !== 'RET_PF_EMULATE' || action !== 'emulate_instruction',
  },
  { name: 'an exit that names the page comes with an error', holds: exitsCarryErrors },
  { name: 'a first page is mapped without RET_PF_FIXED only by the what-if rule', holds: onlyFixed },
  { name: 'a page is added to a TD at most once', holds: ({ page }) => page.added <= 1 },
  {
    name: 'as the kernels are, no page is reported as added that was not',
    holds: ({ page, whatIf }) => whatIf === 'prefault-rule' || page.reported <= page.added,
  },
];

function viewsAgree(state: State): boolean {
  const { situation, given, before } = state;
  if (given.path === 'map_private_pfn' || isPrivate(given) === given.attr_private) return true;
  return isPresent(before) || !isPresent(situation.spte);
}

/** An entry that KVM may open was made before the protection, or the situation contradicts itself. */
function protectionHolds({ situation, before }: State): boolean {
  if (!situation.gfn_write_protected || before === 'rw' || before === 'ro_mmu_writable') return true;
  return situation.spte !== 'rw';
}

function fixedMeansWritten({ mmu, round, situation, before }: State): boolean {
  return mmu !== 'RET_PF_FIXED' || round > 1 || situation.spte !== before;
}

/** Within one pass; a frozen entry may have been thawed by its owner between two. */
function othersLeaveIt({ mmu, pass, situation, before }: State): boolean {
  if (mmu !== 'RET_PF_SPURIOUS' && mmu !== 'RET_PF_RETRY') return true;
  return pass > 1 || situation.spte === before;
}

function exitsCarryErrors({ memoryFault, mmu }: State): boolean {
  return !memoryFault || mmu?.startsWith('-') === true;
}

function onlyFixed(state: State): boolean {
  if (!mapsKnownPage(state) || state.ret !== '0') return true;
  return state.mmu === 'RET_PF_FIXED' || state.whatIf === 'prefault-rule';
}
