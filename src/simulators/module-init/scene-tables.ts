import type { TablePart } from '../kit/scene.ts';
import { play } from './course.ts';
import { atLeast, KERNELS, type Kernel, kernelLabel, startsWith } from './kernel.ts';
import { pamtKb, TDMR_LIST_KB } from './machine.ts';
import { held, type Pamt, type Setup, type State } from './state.ts';
import { errnoInWords, kvmInWords, sizeInWords, statusInWords } from './words.ts';

type Row = TablePart['rows'][number];

const HOLDERS: Readonly<Record<Pamt['holder'], string>> = {
  nobody: 'not allocated',
  kernel: "allocated, the kernel's",
  module: "the module's",
  flushed: 'flushed, about to be freed',
  reset: 'reset, normal memory again',
};

/** What is allocated for TDX now. */
export function memoryTable(state: State): TablePart {
  const kb = held(state.pamts).reduce((sum, pamt) => sum + pamtKb(pamt.gb), 0);
  const lists = state.tdmrList ? TDMR_LIST_KB : 0;
  return {
    kind: 'table',
    id: 'memory',
    title: kb + lists === 0 ? 'Nothing is allocated for TDX' : `Allocated for TDX: ${sizeInWords(kb + lists)}`,
    columns: ['what', 'size', 'whose it is'],
    rows: [
      { cells: ['list of TDX memory', '3 entries', state.memoryList ? "allocated, the kernel's" : 'not allocated'] },
      { cells: ['TDMR list', `${TDMR_LIST_KB} KB`, state.tdmrList ? "allocated, the kernel's" : 'not allocated'] },
      ...state.pamts.map((pamt, index) => ({
        cells: [`PAMT of TDMR ${index}, ${pamt.gb} GB`, sizeInWords(pamtKb(pamt.gb)), HOLDERS[pamt.holder]],
      })),
    ],
  };
}

/** Lines of the log shown. */
const SHOWN = 8;

export function logTable({ log, freshLines }: State): TablePart[] {
  if (log.length === 0) return [];
  const first = Math.max(0, log.length - SHOWN);
  return [
    {
      kind: 'table',
      title: 'Kernel log',
      columns: ['dmesg'],
      rows: log.slice(first).map((line, index): Row => {
        const fresh = first + index >= log.length - freshLines;
        return { cells: [line], ...(fresh ? { mark: 'fresh' } : {}) };
      }),
    },
  ];
}

/** The same machine and the same wishes, in each kernel, at the end of the run. */
export function kernelTable({ setup, course }: State): TablePart[] {
  if (course === undefined) return [];
  const kexec = course.afterwards === 'kexec';
  return [
    {
      kind: 'table',
      title: 'How the same run ends in each kernel',
      columns: ['kernel', kexec ? 'kexec' : 'TDX starts', 'module', 'errors', 'KVM'],
      rows: KERNELS.map((kernel): Row => {
        const end = play({ ...setup, kernel }, course).state;
        const errors = end.attempts.flatMap(({ errno }) => (errno === null ? [] : [errnoInWords(errno)]));
        const second = kexec ? kexecInWords(end) : startInWords(kernel, setup);
        const shown = errors.length === 0 ? 'none' : errors.join(', ');
        const cells = [kernelLabel(kernel), second, statusInWords(end), shown, kvmInWords(end.kvm)];
        return { cells, ...(kernel === setup.kernel ? { mark: 'here' } : {}) };
      }),
    },
  ];
}

function startInWords(kernel: Kernel, { tdx }: Setup): string {
  if (startsWith(kernel) === 'boot') return 'at boot';
  if (startsWith(kernel) === 'a caller') return 'on demand';
  return tdx ? 'with kvm_intel' : 'never';
}

/** What kexec comes to, in a few words. */
export function kexecInWords({ kexec, setup }: State): string {
  if (kexec === undefined) return '';
  if (kexec.errno !== undefined) return atLeast(setup.kernel, '6.18') ? `-${kexec.errno}` : 'not built in';
  if (kexec.disabled) return 'module disabled';
  return kexec.flushed ? 'caches flushed' : 'nothing to do';
}
