import type { Exploration } from '../kit/simulator.ts';
import { KERNELS, kernelLabel } from './kernel.ts';
import { asks } from './model.ts';
import type { Parameters } from './parameters.ts';
import { type Event, FAILS, type Firmware, type Setup, type State, setupOf, startOf } from './state.ts';

const FIRMWARE: readonly Firmware[] = ['newer', 'absent', 'blocked', 'off'];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'each kernel with each thing that can go wrong, with and without VMXON, tdx=1, the erratum, and a module that can be disabled; ' +
    'weeks pass at any time, and up to 2 more requests for TDX or KVM and one kexec come in any order',
  starts,
  choices,
  goals: {
    initialized: ({ status }) => status === 'INITIALIZED',
    error: ({ status }) => status === 'ERROR',
    'no-kvm': ({ kvm }) => kvm === 'refused',
    'kvm-without-tdx': ({ kvm }) => kvm === 'loaded-tdx-off',
    'no-memory': ({ attempts }) => attempts.some(({ errno }) => errno === 'ENOMEM'),
    'kexec-refused': ({ kexec }) => kexec?.answer === 'refused',
    'kexec-with-module-running': ({ kexec, status }) =>
      kexec?.answer === 'jumped' && !kexec.disabled && status === 'INITIALIZED',
    'module-disabled': ({ kexec }) => kexec?.disabled === true,
  },
  limit: 60_000,
};

const PLAIN: Omit<Parameters, 'kernel'> = {
  when: 'soon',
  fragments: true,
  tdx: true,
  firmware: 'loaded',
  fails: 'nothing',
  vmxon: true,
  packages: 2,
  erratum: true,
  afterwards: 'nothing',
};

function* starts(): Generator<{ label: string; parameters: Parameters; state: State }> {
  for (const kernel of KERNELS) {
    for (const more of variants()) {
      const parameters: Parameters = { ...PLAIN, kernel, ...more };
      yield { label: labelOf(parameters), parameters, state: startOf(setupOf(parameters)) };
    }
  }
}

/** What differs from a plain machine, one thing at a time; only the erratum goes with everything that needs unwinding. */
function* variants(): Generator<Partial<Parameters>> {
  for (const fails of FAILS) {
    yield { fails };
    yield { fails, erratum: false };
  }
  for (const firmware of FIRMWARE) yield { firmware };
  yield { firmware: 'newer', erratum: false };
  yield { vmxon: false };
  yield { tdx: false };
}

function labelOf({ kernel, fails, firmware, tdx, vmxon, erratum }: Parameters): string {
  const words: (string | false)[] = [
    fails !== 'nothing' && `fails: ${fails}`,
    firmware !== 'loaded' && `firmware: ${firmware}`,
    !vmxon && 'no VMXON',
    !tdx && 'without tdx=1',
    !erratum && 'no erratum',
  ];
  const kept = words.filter((each) => each !== false);
  const name = `Linux ${kernelLabel(setupKernel(kernel))}`;
  return kept.length === 0 ? name : `${name}, ${kept.join(', ')}`;
}

function setupKernel(kernel: string): Setup['kernel'] {
  return KERNELS.find((each) => each === kernel) ?? '6.16';
}

function choices(state: State): readonly Event[] {
  if (state.due !== null) return [{ do: state.due }];
  const enough = state.attempts.filter(({ what }) => what !== 'boot').length >= 2;
  return asks(state).filter((event) => {
    if (event.do === 'time-passes') return !state.cutUp;
    return !enough || event.do === 'detect' || event.do === 'kexec-load';
  });
}
