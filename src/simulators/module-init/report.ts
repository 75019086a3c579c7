import type { Json } from '../kit/simulator.ts';
import { pamtKb, TDMR_LIST_KB } from './machine.ts';
import { held, type State } from './state.ts';

/** What a run came to: state, errors, what is allocated, whether KVM is loaded, and what was printed. */
export function report(state: State): Json {
  const { setup, attempts, kexec } = state;
  return {
    kernel: setup.kernel,
    status: state.status,
    kvm: state.kvm,
    vmxon: state.vmxon,
    attempts: attempts.map(({ what, errno, seamcalls }) => ({ what, errno, module_called: seamcalls > 0 })),
    allocated: {
      memory_list: state.memoryList,
      tdmr_list_kb: state.tdmrList ? TDMR_LIST_KB : 0,
      pamt_kb: held(state.pamts).reduce((sum, pamt) => sum + pamtKb(pamt.gb), 0),
      pamts: state.pamts.map(({ gb, holder }) => ({ gb, holder })),
    },
    stages: Object.fromEntries(Object.entries(state.marks).map(([stage, mark]) => [stage, mark])),
    kexec:
      kexec === undefined
        ? null
        : { answer: kexec.answer, errno: kexec.errno ?? null, disabled: kexec.disabled, flushed: kexec.flushed },
    log: state.log,
  };
}
