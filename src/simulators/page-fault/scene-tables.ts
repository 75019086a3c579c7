/** The entry before and now, the first page of a TD, the counters, and the same request in other kernels. */
import type { Look, PageCell, PageTablesPart, TablePart } from '../kit/scene.ts';
import { atLeast, KERNELS, type Kernel, named, numberOf, RESULTS } from './kernel.ts';
import { runToEnd } from './model.ts';
import { isPresent, type Situation, type Spte } from './situation.ts';
import { asksModule, isPrivate, type State, startOf, type WhatIf } from './state.ts';
import { answerInWords, entryInWords, kernelLabel, shortResult } from './words.ts';

const LOOKS: Readonly<Record<Spte, Look>> = {
  none: 'empty',
  rw: 'solid',
  ro: 'outline',
  ro_mmu_writable: 'outline',
  mmio: 'dotted',
  mmio_stale: 'dotted',
  frozen: 'hatched',
};

/** The two tables that may translate the page; the one this request is about has its entry, before and now. */
export function entryTables(state: State): PageTablesPart {
  const { before, situation } = state;
  const changed = before !== situation.spte;
  const module = asksModule(state);
  const own = isPrivate(situation);
  const privateLabel = module ? 'private: mirror of the S-EPT' : 'private view';
  return {
    kind: 'pageTables',
    title: `The entry of the page (SPTE): ${changed ? 'changed' : 'unchanged'}`,
    columns: [
      { id: 'when', label: '', role: 'guest' },
      own ? { id: 'table', label: privateLabel, role: 'table' } : { id: 'table', label: 'shared: EPT', role: 'table' },
      { id: 'backing', label: backingLabel(situation, own), role: 'backing' },
    ],
    rows: [rowOf(state, 'before', before, false), rowOf(state, 'now', situation.spte, changed)],
    legend: {
      solid: 'present, writable',
      outline: 'present, write-protected',
      hatched: 'frozen: being changed',
      dotted: 'marks a device',
      empty: 'nothing there',
    },
  };
}

function backingLabel({ slot }: Situation, own: boolean): string {
  if (slot === 'none') return 'no memory slot';
  return own ? 'guest_memfd' : "VMM's memory";
}

function rowOf(state: State, when: string, spte: Spte, fresh: boolean): PageTablesPart['rows'][number] {
  const present = isPresent(spte);
  const may = present ? (spte === 'rw' ? 'guest may read and write' : 'guest may read') : 'guest faults';
  const entry: PageCell = {
    id: `entry-${when}`,
    label: entryInWords(spte),
    state: may,
    look: LOOKS[spte],
    detail: `${when}: ${entryInWords(spte)}, ${may}`,
    ...(present ? { leads: 'backing' } : {}),
    ...(fresh ? { fresh: true } : {}),
  };
  const page: PageCell = {
    id: `page-${when}`,
    label: 'the page',
    detail: present ? 'the host page that the entry leads to' : 'the host page, which no entry leads to',
  };
  const label: PageCell = { id: `when-${when}`, label: when, detail: `${when} the request` };
  return { id: when, cells: [label, entry, state.situation.slot === 'none' ? undefined : page] };
}

export function pageTable({ page }: State): TablePart {
  return {
    kind: 'table',
    id: 'page',
    title: 'The first page of the TD',
    columns: ['asked for', 'added by the module', 'reported as added'],
    rows: [
      {
        cells: [page.asked, page.added, page.reported].map(String),
        ...(page.reported > page.added ? { mark: 'bad' as const } : {}),
      },
    ],
  };
}

export function counterTable({ stat }: State): TablePart {
  const counters = Object.entries(stat);
  return {
    kind: 'table',
    id: 'counters',
    title: "The vCPU's counters",
    columns: counters.map(([name]) => name),
    rows: [{ cells: counters.map(([, value]) => String(value)) }],
  };
}

type Line = { label: string; here: boolean; end: State };

/** What the same request comes to elsewhere: each kernel, and beside it the rule that the mail objects to. */
export function kernelTable(state: State): TablePart {
  const twice = state.rounds > 1;
  return {
    kind: 'table',
    title: 'The same request in each kernel',
    columns: ['kernel', 'result', ...(twice ? ['first answer', 'second answer'] : ['answer'])],
    rows: kernelLines(state).map(({ label, here, end }) => {
      const rounds = end.earlier.filter(({ ended }) => ended === 'round').map(({ result }) => result);
      const result = end.mmu === null ? '' : named(end.kernel, end.mmu);
      const missing = end.action === 'not_in_this_kernel';
      const answers = missing ? ['not there yet'] : [...rounds, end.ret].map(answerInWords);
      return { cells: [label, result, ...answers], ...(here ? { mark: 'here' as const } : {}) };
    }),
  };
}

function kernelLines(state: State): Line[] {
  const { given, whatIf } = state;
  const run = (kernel: Kernel, rule: WhatIf, situation = given) =>
    runToEnd(startOf(situation, kernel, rule, state.rounds > 1)).state;
  const lines = KERNELS.map((kernel): Line => {
    const label = kernelLabel(kernel, given.path);
    // Before there was a function for it, a page in hand was mapped by prefaulting it.
    const prefaulted = given.path === 'map_private_pfn' && (kernel === '6.16' || kernel === '6.18');
    const end = prefaulted ? run(kernel, 'none', { ...given, path: 'prefault' }) : run(kernel, 'none');
    const here = kernel === state.kernel && whatIf === 'none';
    return { label: prefaulted ? `${label}, by prefault` : label, here, end };
  });
  const known = given.path === 'map_private_pfn' || given.path === 'add_page';
  if (!known && whatIf === 'none') return lines;
  const kernel = whatIf === 'none' ? '7.0' : state.kernel;
  const label = `${kernelLabel(kernel, given.path)}, what if`;
  const end = run(kernel, whatIf === 'none' ? 'prefault-rule' : whatIf);
  return [...lines, { label, here: whatIf !== 'none', end }];
}

export function numberTable(state: State): TablePart {
  const used: readonly Kernel[] = ['6.8', '6.16'];
  return {
    kind: 'table',
    title: 'RET_PF_* in traces: the numbers depend on the kernel',
    columns: ['kernel', ...RESULTS.map(shortResult)],
    rows: used.map((kernel) => {
      const here = atLeast(state.kernel, '6.16') === atLeast(kernel, '6.16');
      const label = kernel === '6.8' ? '6.8' : '6.12 on';
      const cells = [label, ...RESULTS.map((name) => String(numberOf(kernel, name) ?? 'none'))];
      return { cells, ...(here ? { mark: 'here' as const } : {}) };
    }),
  };
}
