/** The decision path: the answers taken, and between and after them the questions that were passed by or are still open. */
import type { PathPart, PathStep } from '../kit/scene.ts';
import { atLeast, isResultName, named } from './kernel.ts';
import { asked, straightWay } from './questions.ts';
import type { Question, State, Taken } from './state.ts';
import { answerInWords, endInWords, shortResult } from './words.ts';

export function decisionPath(state: State): PathPart {
  const end = endOf(state);
  return { kind: 'path', title: titleOf(state), steps: stepsOf(state), ...(end === undefined ? {} : { end }) };
}

function titleOf(state: State): string {
  const which = [
    ...(state.rounds > 1 ? [state.round === 1 ? 'first time' : 'second time'] : []),
    ...(state.pass > 0 ? [`pass ${state.pass}`] : []),
  ];
  const before = state.earlier.map(({ result }) =>
    isResultName(result) ? shortResult(result) : answerInWords(result),
  );
  const shown = before.length > 3 ? [`${before.length} times up to ${before.at(-1)}`] : before;
  const history = shown.length === 0 ? '' : ` (before: ${shown.join(', ')})`;
  return `${['Decision path', ...which].join(', ')}${history}`;
}

function stepsOf(state: State): PathStep[] {
  const way = straightWay(state);
  // The lockless fix may ask several times; the last answer stands for all.
  const taken = state.taken.filter((each, index) => state.taken[index + 1]?.question !== each.question);
  const steps: PathStep[] = [];
  let reached = 0;
  for (const each of taken) {
    const place = way.indexOf(each.question);
    if (place >= reached) {
      steps.push(...way.slice(reached, place).map((question) => untaken(state, question, 'skipped')));
      reached = place + 1;
    }
    steps.push(takenStep(state, each, each === taken.at(-1)));
  }
  const ended = state.action !== null || state.over !== 'nothing';
  const after = way.slice(reached);
  return [
    ...steps,
    ...after.map((each) => untaken(state, each, ended || isPassedBy(state, each) ? 'skipped' : 'open')),
  ];
}

function takenStep(state: State, { question, door }: Taken, last: boolean): PathStep {
  const { text, doors } = asked(state, question);
  const to = doors.find((known) => known.door === door)?.to;
  const leads = to === undefined ? {} : { leads: inThisKernel(state, to) };
  return {
    id: question,
    question: text,
    look: last && failed(state) ? 'failed' : 'taken',
    answer: door,
    ...leads,
    others: otherDoors(state, question, door),
    detail: `${text} ${door}${to === undefined ? '' : `, which leads to ${inThisKernel(state, to)}`}`,
    ...(last ? { fresh: true } : {}),
  };
}

function untaken(state: State, question: Question, look: 'open' | 'skipped'): PathStep {
  const { text } = asked(state, question);
  const others = otherDoors(state, question);
  const doors = others.map(({ answer, leads }) => (leads === undefined ? answer : `${answer} (${leads})`)).join(', ');
  return {
    id: question,
    question: text,
    look,
    ...(look === 'skipped' ? { answer: 'not asked' } : {}),
    others,
    detail: `${text} ${look === 'open' ? 'Still to be asked' : 'Not asked'}. Doors: ${doors}`,
  };
}

/** The handler has its result, so only the caller is still to be asked. */
function isPassedBy(state: State, question: Question): boolean {
  return state.mmu !== null && state.over === 'nothing' && question !== 'answer' && question !== 'page-add';
}

/** Where else it could have gone: first the doors that leave the path. */
function otherDoors(state: State, question: Question, taken?: string): { answer: string; leads?: string }[] {
  const others = asked(state, question).doors.filter(({ door }) => door !== taken && !taken?.startsWith(`${door} `));
  const away = others.filter(({ to }) => to !== undefined);
  const stay = others.filter(({ to }) => to === undefined);
  return [...away, ...stay].map(({ door, to }) => ({
    answer: door,
    ...(to === undefined ? {} : { leads: inThisKernel(state, to) }),
  }));
}

/** 6.8 had no name of its own for write protection. */
function inThisKernel(state: State, end: string): string {
  return end === 'WRITE_PROTECTED' && !atLeast(state.kernel, '6.16') ? 'EMULATE' : end;
}

function failed(state: State): boolean {
  return state.ret?.startsWith('-') === true || state.action === 'not_in_this_kernel';
}

/** What the MMU code came to, as soon as it is known, and what the caller makes of it. */
function endOf(state: State): PathPart['end'] | undefined {
  const { kernel, mmu, action } = state;
  if (action === null && mmu === null) return undefined;
  if (action === 'not_in_this_kernel')
    return { label: 'not in this kernel', detail: 'there is nothing to run', look: 'bad' };
  const label = mmu === null ? 'The MMU code is not reached' : named(kernel, mmu);
  const detail = action === null ? 'what the caller makes of it is still to come' : endInWords(state);
  return { label, detail, look: action === null ? 'open' : failed(state) ? 'bad' : 'good' };
}
