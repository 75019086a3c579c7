import type { Json } from '../kit/simulator.ts';
import { isResultName, numberOf } from './kernel.ts';
import { runToEnd } from './model.ts';
import { readSituation } from './read-situation.ts';
import { isPresent } from './situation.ts';
import { isPrivate, type State, startOf } from './state.ts';

/**
 * Raw input to result, as 6.16.1 does it; `map_private_pfn` as 6.19 does. Throws `InputError` on input that is not of the form.
 */
export function answer(input: unknown): Json {
  const situation = readSituation(input);
  const kernel = situation.path === 'map_private_pfn' ? '6.19' : '6.16';
  return outcome(runToEnd(startOf(situation, kernel)).state);
}

/** What became of the last request. `loops` counts the calls of the MMU code where the caller loops. */
function outcome(state: State): { readonly [member: string]: Json } {
  const { situation, stat } = state;
  return {
    mmu_ret: state.mmu,
    ret: state.ret,
    action: state.action,
    memory_fault_exit: state.memoryFault,
    memory_fault_private: state.memoryFault && isPrivate(situation),
    emulation_allow_retry: state.allowRetry,
    spte_changed: situation.spte !== state.before,
    spte_present_after: isPresent(situation.spte),
    spte_writable_after: situation.spte === 'rw',
    stat: { ...stat },
    async_pf_started: state.asyncStarted,
    sigbus_hwpoison: state.sigbus,
    loops: state.pass,
  };
}

/** The same with the number of the result in the kernel of the run, and the answers that led there. */
export function report(state: State): Json {
  const { kernel, mmu } = state;
  const number = mmu !== null && isResultName(mmu) ? numberOf(kernel, mmu) : undefined;
  return {
    kernel,
    what_if: state.whatIf,
    ...outcome(state),
    mmu_ret_number: number ?? null,
    spte_before: state.before,
    spte_after: state.situation.spte,
    path: state.taken.map(({ question, door }) => ({ question, door })),
    earlier: state.earlier,
    ...(state.situation.path === 'add_page' ? { page: { ...state.page } } : {}),
  };
}
