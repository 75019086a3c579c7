/** How far the initialization has come, stage by stage, and who asked for it when. */
import type { PathPart, PathStep, TimelinePart, TimelineRow, TimelineSpan } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { kernelLabel } from './kernel.ts';
import { pamtKb } from './machine.ts';
import { type Event, held, type Kvm, type Mark, type Stage, type State, type Status, stagesOf } from './state.ts';
import { errnoInWords, kvmInWords, shortSize, stageName, statusInWords } from './words.ts';

export function stagePath(state: State): PathPart {
  const end = endOf(state);
  return {
    kind: 'path',
    title: `Stages of the initialization, ${kernelLabel(state.setup.kernel)}`,
    steps: stagesOf(state.setup.kernel).map((stage) => stageStep(stage, state)),
    ...(end === undefined ? {} : { end }),
  };
}

const LOOKS: Readonly<Record<Mark['went'], PathStep['look']>> = { done: 'taken', failed: 'failed', undone: 'undone' };

function stageStep(stage: Stage, state: State): PathStep {
  const mark = state.marks[stage];
  const name = stageName(stage);
  if (mark === undefined) return { id: stage, question: name, look: 'open', detail: `${name}: not reached` };
  const answer = mark.went === 'undone' ? `done, then ${mark.text}` : mark.text;
  const went = mark.went === 'failed' ? 'failed' : mark.went;
  const fresh = state.freshStage === stage ? { fresh: true } : {};
  return {
    id: stage,
    question: name,
    look: LOOKS[mark.went],
    answer,
    detail: `${name}: ${went}, ${mark.text}`,
    ...fresh,
  };
}

/** Only once the kernel rests and the module has been tried. */
function endOf(state: State): PathPart['end'] | undefined {
  if (state.due !== null || state.status === 'UNINITIALIZED') return undefined;
  const disabled = state.kexec?.disabled === true;
  if (disabled) return { label: 'disabled', detail: 'the module is shut down before kexec', look: 'bad' };
  if (state.status === 'INITIALIZED')
    return { label: statusInWords(state), detail: 'TDs can be created', look: 'good' };
  return { label: statusInWords(state), detail: 'no TD can run until reboot', look: 'bad' };
}

const ASKED: readonly Event['do'][] = ['detect', 'time-passes', 'load-kvm', 'unload-kvm', 'want-tdx', 'kexec-load'];

interface Stretch {
  label: string;
  /** Indices of its first and last step. */
  from: number;
  to: number;
}

/** What people and time did, a row each, and what the kernel made of it: answer, module, memory, kvm_intel. */
export function courseTimeline(state: State, course: Course<State, Event>): TimelinePart[] {
  const stretches = stretchesOf(course);
  if (stretches.length === 0) return [];
  const past = stretches.filter(({ from }) => from <= course.at);
  const rows = stretches.map((stretch): TimelineRow => rowOf(stretch, course));
  const ends = past.map(({ to }) => course.steps[Math.min(to, course.at)]?.state ?? state);
  return [
    {
      kind: 'timeline',
      title: 'Who asked when, and what came of it',
      unit: 'asked',
      lanes: [{ label: 'answer' }, { label: 'TDX module' }, { label: 'PAMTs' }, { label: 'kvm_intel' }],
      rows,
      now: past.length,
      spans: [...spansOf(ends, 1, moduleSpan), ...spansOf(ends, 2, memorySpan), ...spansOf(ends, 3, kvmSpan)],
      legend: {
        solid: 'in use: initialized, allocated, loaded with TDX',
        outline: 'loaded',
        hatched: 'failed for good',
      },
    },
  ];
}

/** Boot with a module that starts at once, and each further wish, belong to one row each. */
function stretchesOf({ steps }: Course<State, Event>): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, step] of steps.entries()) {
    if (ASKED.includes(step.event.do)) stretches.push({ label: shortLabel(step.label), from: index, to: index });
    else {
      const last = stretches.at(-1);
      if (last !== undefined) last.to = index;
    }
  }
  return stretches;
}

function shortLabel(label: string): string {
  return label.replace(/:.*/, '');
}

function rowOf({ label, from, to }: Stretch, course: Course<State, Event>): TimelineRow {
  const id = `asked-${from}`;
  if (from > course.at) return { id, label, cells: ['', '', '', ''], detail: `${label}: still to come` };
  const seen = course.steps.slice(from, Math.min(to, course.at) + 1).map((step) => step.state);
  const before = course.steps[from - 1]?.state;
  const now = seen.at(-1);
  if (now === undefined) return { id, label, cells: [], detail: label };
  const attempt = now.attempts.length > (before?.attempts.length ?? 0) ? now.attempts.at(-1) : undefined;
  const cells = [
    attempt === undefined ? kexecAnswer(now, before) : errnoInWords(attempt.errno),
    moduleCell(now, before),
    memoryCell(seen, before),
    now.kvm === (before?.kvm ?? 'not-loaded') && attempt === undefined ? '' : kvmInWords(now.kvm),
  ];
  const bad = (attempt !== undefined && attempt.errno !== null) || now.kexec?.errno !== undefined;
  const said = cells.map((cell, lane) =>
    cell === '' ? '' : `${['answer', 'module', 'PAMTs', 'kvm_intel'][lane]} ${cell}`,
  );
  return {
    id,
    label,
    cells,
    detail: [label, ...said.filter((each) => each !== '')].join(', '),
    ...(bad ? { bad: true } : {}),
    ...(to >= course.at ? { fresh: true } : {}),
  };
}

function kexecAnswer({ kexec }: State, before: State | undefined): string {
  if (kexec === undefined || before?.kexec?.answer === kexec.answer) return '';
  return kexec.errno === undefined ? '0' : `-${kexec.errno}`;
}

/** While something is due, the stage it has come to. */
function moduleCell(now: State, before: State | undefined): string {
  if (now.kexec?.disabled === true) return 'disabled';
  if (now.due !== null && now.freshStage !== undefined) return `at: ${stageName(now.freshStage)}`;
  if (now.status !== (before?.status ?? 'UNINITIALIZED')) return statusInWords(now);
  if (now.seamcalls === (before?.seamcalls ?? 0)) return now.due === null ? '' : 'asked';
  return statusInWords(now);
}

function memoryCell(seen: readonly State[], before: State | undefined): string {
  const kb = (state: State | undefined) =>
    state === undefined ? 0 : held(state.pamts).reduce((sum, pamt) => sum + pamtKb(pamt.gb), 0);
  const [now, was, most] = [kb(seen.at(-1)), kb(before), Math.max(0, ...seen.map(kb))];
  if (now > 0) return now === was ? '' : shortSize(now);
  return most > 0 ? `${shortSize(most)}, freed` : '';
}

type SpanOf = (state: State) => Pick<TimelineSpan, 'label' | 'look' | 'detail'> | undefined;

const MODULE: Readonly<Partial<Record<Status, Pick<TimelineSpan, 'label' | 'look' | 'detail'>>>> = {
  INITIALIZED: { label: 'initialized', look: 'solid', detail: 'the module is initialized' },
  ERROR: { label: 'failed', look: 'hatched', detail: 'the initialization has failed for good' },
};

const moduleSpan: SpanOf = ({ status, kexec }) => (kexec?.disabled === true ? undefined : MODULE[status]);

const memorySpan: SpanOf = ({ pamts }) =>
  held(pamts).length === 0 ? undefined : { label: 'PAMTs', look: 'solid', detail: 'PAMTs are allocated' };

const KVM_SPANS: Readonly<Partial<Record<Kvm, Pick<TimelineSpan, 'label' | 'look' | 'detail'>>>> = {
  loaded: { label: 'loaded', look: 'outline', detail: 'kvm_intel is loaded' },
  'loaded-tdx-off': { label: 'loaded', look: 'outline', detail: 'kvm_intel is loaded with TDX off' },
  'loaded-with-tdx': { label: 'with TDX', look: 'solid', detail: 'kvm_intel is loaded with TDX' },
  refused: { label: 'refused', look: 'hatched', detail: 'kvm_intel refuses to load' },
};

const kvmSpan: SpanOf = ({ kvm }) => KVM_SPANS[kvm];

/** Rows in a row that are alike are one span. */
function spansOf(ends: readonly State[], lane: number, spanOf: SpanOf): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  for (const [row, state] of ends.entries()) {
    const span = spanOf(state);
    if (span === undefined) continue;
    const last = spans.at(-1);
    if (last?.to === row && last.detail === span.detail) spans[spans.length - 1] = { ...last, to: row + 1 };
    else spans.push({ id: `lane-${lane}-${row}`, lane, from: row, to: row + 1, ...span });
  }
  return spans;
}
