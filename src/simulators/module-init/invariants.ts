import type { Invariant } from '../kit/simulator.ts';
import { atLeast } from './kernel.ts';
import { isAllocated, packagesOf, type State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  { name: 'ERROR is final: each later call gets -EINVAL and makes no SEAMCALL', holds: errorIsFinal },
  {
    name: 'nothing stays allocated after a failure',
    holds: (state) => state.due !== null || state.status === 'INITIALIZED' || !isAllocated(state),
  },
  {
    name: 'a PAMT that the module has had is flushed, and reset where it must be, before it is freed',
    holds: ({ dirtyFrees }) => dirtyFrees === 0,
  },
  { name: 'KVM loads without tdx=1', holds: ({ setup, kvm }) => setup.tdx || kvm !== 'refused' },
  {
    name: 'from 7.1 on, and to 6.15, TDX never keeps KVM from loading',
    holds: ({ setup, kvm }) => kvm !== 'refused' || (setup.kernel !== '6.8' && !atLeast(setup.kernel, '7.1')),
  },
  {
    name: 'a missing module never keeps KVM from loading',
    holds: (state) => !isMissing(state) || state.kvm !== 'refused',
  },
  {
    name: "INITIALIZED means that every PAMT is the module's and every package has its key",
    holds: initializedMeansAll,
  },
  {
    name: 'no SEAMCALL succeeds without VMXON',
    holds: ({ seamcalls, earlySeamcalls, readyCpus }) => seamcalls > earlySeamcalls || readyCpus === 0,
  },
  {
    name: 'the PAMTs are handed over only by TDH.SYS.CONFIG',
    holds: ({ configured, pamts }) => configured || pamts.every(({ holder }) => holder !== 'module'),
  },
  { name: 'kexec starts no kernel before the caches are flushed', holds: flushedFirst },
  {
    name: 'before 7.2 kexec starts no kernel on a TDX platform with the partial write erratum',
    holds: ({ setup, kexec, platform }) =>
      kexec?.answer !== 'jumped' || atLeast(setup.kernel, '7.2') || !setup.erratum || !platform,
  },
];

function errorIsFinal({ setup, attempts, status }: State): boolean {
  if (atLeast(setup.kernel, '7.1')) return attempts.every(({ what, seamcalls }) => what === 'boot' || seamcalls === 0);
  const tried = attempts.filter(({ seamcalls, errno }) => seamcalls > 0 || errno === 'EINVAL');
  const first = tried.findIndex(({ errno }) => errno === 'EINVAL');
  if (first === -1) return true;
  return (
    status === 'ERROR' && tried.slice(first).every(({ errno, seamcalls }) => errno === 'EINVAL' && seamcalls === 0)
  );
}

function isMissing({ setup, sysInit }: State): boolean {
  return setup.firmware === 'absent' && sysInit?.errno === 'ENODEV';
}

function initializedMeansAll({ setup, status, pamts, keyedPackages, kexec }: State): boolean {
  if (status !== 'INITIALIZED' || kexec?.disabled === true) return true;
  return pamts.every(({ holder }) => holder === 'module') && keyedPackages === packagesOf(setup).all;
}

function flushedFirst({ kexec, seamcalls }: State): boolean {
  return kexec?.answer !== 'jumped' || kexec.flushed || seamcalls === 0;
}
