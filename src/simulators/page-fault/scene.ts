import type { NotePart, Scene, ScenePart, TablePart } from '../kit/scene.ts';
import { atLeast, isResultName, KERNELS, type Kernel, named, numberOf, RESULTS } from './kernel.ts';
import { runToEnd } from './model.ts';
import { asked, straightWay } from './questions.ts';
import { isPresent, type Spte } from './situation.ts';
import { type Question, type State, startOf, type Taken, type WhatIf } from './state.ts';
import { entryInWords, kernelLabel, requestInWords } from './words.ts';

/** Room for the other doors, in characters, so that the table stays narrow. */
const DOORS_WIDTH = 30;

/** The decision path with the doors taken, the entry, the counters, and the same request in other kernels. */
export function draw(state: State): Scene {
  const parts: ScenePart[] = [
    pathTable(state),
    ...notes(state),
    entryTable(state),
    ...(state.given.path === 'add_page' ? [pageTable(state)] : []),
    counterTable(state),
    kernelTable(state),
    numberTable(state),
  ];
  return { title: 'What becomes of one page fault', summary: summary(state), parts };
}

function summary(state: State): string {
  const request = requestInWords(state);
  if (state.action === 'not_in_this_kernel') return `${request} That kernel does not have it.`;
  if (state.ret === null) return state.mmu === null ? request : `${request} So far: ${named(state.kernel, state.mmu)}.`;
  return `${request} ${resultInWords(state)}`;
}

function resultInWords({ kernel, mmu, ret, action }: State): string {
  const result = mmu === null ? 'The MMU code is not reached' : named(kernel, mmu);
  const then: Record<NonNullable<State['action']>, string> = {
    resume_guest: 'the guest resumes',
    emulate_instruction: 'the instruction is emulated',
    exit_to_userspace_memory_fault: 'KVM_RUN ends with an exit that names the page',
    return_error_to_userspace: `KVM_RUN ends with ${ret}`,
    success: 'the caller gets 0, success',
    fail: `the caller gets ${ret}`,
    not_in_this_kernel: 'there is nothing to run',
  };
  return action === null ? `${result}.` : `${result}: ${then[action]}.`;
}

function pathTable(state: State): TablePart {
  const which = [
    ...(state.rounds > 1 ? [state.round === 1 ? 'first time' : 'second time'] : []),
    ...(state.pass > 0 ? [`pass ${state.pass}`] : []),
  ];
  const before = state.earlier.map(({ result }) =>
    isResultName(result) ? shortResult(result) : answerInWords(result),
  );
  const shown = before.length > 3 ? [`${before.length} times up to ${before.at(-1)}`] : before;
  const history = shown.length === 0 ? '' : ` (before: ${shown.join(', ')})`;
  const title = ['Decision path', ...which].join(', ');
  return {
    kind: 'table',
    title: `${title}${history}`,
    columns: ['question', 'answer', 'other doors'],
    rows: pathRows(state),
  };
}

/** The answers taken, and between and after them the questions of the straight way that were not asked or are still open. */
function pathRows(state: State): TablePart['rows'] {
  const way = straightWay(state);
  // The lockless fix may ask several times; the last answer stands for all.
  const taken = state.taken.filter((each, index) => state.taken[index + 1]?.question !== each.question);
  const rows: TablePart['rows'][number][] = [];
  let reached = 0;
  for (const each of taken) {
    const place = way.indexOf(each.question);
    if (place >= reached) {
      rows.push(...way.slice(reached, place).map((question) => openRow(state, question, 'not asked')));
      reached = place + 1;
    }
    rows.push(takenRow(state, each, each === taken.at(-1)));
  }
  const ended = state.action !== null || state.over !== 'nothing';
  const after = way.slice(reached);
  return [...rows, ...after.map((each) => openRow(state, each, ended || skipped(state, each) ? 'not asked' : ''))];
}

function takenRow(state: State, { question, door }: Taken, last: boolean): TablePart['rows'][number] {
  const { text, doors } = asked(state, question);
  const to = doors.find((known) => known.door === door)?.to;
  const leads = to === undefined ? '' : ` → ${inThisKernel(state, to)}`;
  const cells = [text, `${door}${leads}`, otherDoors(state, question, door)];
  if (!last) return { cells };
  return { cells, mark: failed(state) ? 'bad' : 'fresh' };
}

function openRow(state: State, question: Question, answer: string): TablePart['rows'][number] {
  return { cells: [asked(state, question).text, answer, otherDoors(state, question)] };
}

/** The handler has its result, so only the caller is still to be asked. */
function skipped(state: State, question: Question): boolean {
  return state.mmu !== null && state.over === 'nothing' && question !== 'answer' && question !== 'page-add';
}

/** Where else it could have gone: first the doors that leave the path, as many as there is room for. */
function otherDoors(state: State, question: Question, taken?: string): string {
  const others = asked(state, question).doors.filter(({ door }) => door !== taken && !taken?.startsWith(`${door} `));
  const away = others.filter(({ to }) => to !== undefined);
  const ends = [...away, ...others].map(({ door, to }) => inThisKernel(state, to ?? door));
  let shown = '';
  for (const end of new Set(ends)) {
    const longer = shown === '' ? end : `${shown}, ${end}`;
    if (longer.length > DOORS_WIDTH) return `${shown} ...`;
    shown = longer;
  }
  return shown;
}

/** 6.8 had no name of its own for write protection. */
function inThisKernel(state: State, end: string): string {
  return end === 'WRITE_PROTECTED' && !atLeast(state.kernel, '6.16') ? 'EMULATE' : end;
}

function failed(state: State): boolean {
  return state.ret?.startsWith('-') === true || state.action === 'not_in_this_kernel';
}

function shortResult(result: string): string {
  return result.replace('RET_PF_', '');
}

function entryTable(state: State): TablePart {
  const row = (when: string, spte: Spte) => [when, entryInWords(spte), yes(isPresent(spte)), yes(spte === 'rw')];
  const { before, situation } = state;
  const changed = before !== situation.spte;
  return {
    kind: 'table',
    title: `The entry of the page (SPTE): ${changed ? 'changed' : 'unchanged'}`,
    columns: ['', 'entry', 'guest may read', 'guest may write'],
    rows: [
      { cells: row('before', before) },
      { cells: row('now', situation.spte), ...(changed ? { mark: 'fresh' as const } : {}) },
    ],
  };
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}

function pageTable({ page }: State): TablePart {
  return {
    kind: 'table',
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

function counterTable({ stat }: State): TablePart {
  const counters = Object.entries(stat);
  return {
    kind: 'table',
    title: "The vCPU's counters",
    columns: counters.map(([name]) => name),
    rows: [{ cells: counters.map(([, value]) => String(value)) }],
  };
}

type Line = { label: string; here: boolean; end: State };

/** What the same request comes to elsewhere: each kernel, and beside it the rule that the mail objects to. */
function kernelTable(state: State): TablePart {
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
      return { cells: [label, result, ...answers], ...(here ? { mark: 'fresh' as const } : {}) };
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

function answerInWords(answer: string | null): string {
  if (answer === null) return '';
  if (answer === '1') return '1, resume';
  if (answer === '0') return '0, success';
  if (answer === 'emulator') return 'emulate';
  return isResultName(answer) ? 'resume' : answer;
}

function numberTable(state: State): TablePart {
  const used: readonly Kernel[] = ['6.8', '6.16'];
  return {
    kind: 'table',
    title: 'RET_PF_* in traces: the numbers depend on the kernel',
    columns: ['kernel', ...RESULTS.map(shortResult)],
    rows: used.map((kernel) => {
      const here = atLeast(state.kernel, '6.16') === atLeast(kernel, '6.16');
      const label = kernel === '6.8' ? '6.8' : '6.12 on';
      const cells = [label, ...RESULTS.map((name) => String(numberOf(kernel, name) ?? 'none'))];
      return { cells, ...(here ? { mark: 'fresh' as const } : {}) };
    }),
  };
}

function notes(state: State): NotePart[] {
  const notes: NotePart[] = [];
  const info = (text: string) => notes.push({ kind: 'note', look: 'info', text });
  if (state.whatIf === 'prefault-rule') {
    info(
      'What if: SPURIOUS and WRITE_PROTECTED are success for a TD page too, as they are for a prefault. No kernel does this.',
    );
  }
  if (state.whatIf === 'write-prefault') {
    info('What if: the prefault carries a write bit. No kernel does this; a real prefault acts as a read.');
  }
  if (state.page.reported > state.page.added) {
    const { added, reported } = state.page;
    const text = `${reported} pages reported as added, ${added} added: the second content never reached the TD, and nobody was told.`;
    notes.push({ kind: 'note', look: 'error', text });
  }
  if (state.ret !== null)
    notes.push({ kind: 'note', look: failed(state) ? 'error' : 'info', text: resultInWords(state) });
  return notes;
}
