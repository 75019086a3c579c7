/**
 * What becomes of one guest fault, of one prefault, and of one private page that KVM maps for a TD (Linux 6.8 to 7.0).
 *
 * Left out: pages larger than 4 KB, shadow paging, A/D bits switched off, NX huge pages, dirty logging but for the write bit, memory
 * that runs out inside KVM, the source page of a TD's first page, and time: other CPUs appear only as what was found changed.
 */
import type { Citation, Step } from '../kit/simulator.ts';
import { answerCaller, considerEmulation, givePage, liftOrEmulate } from './rules-answer.ts';
import { askModule, checkUnderLock, choosePermission, considerKind, installEntry, lookAtEntry } from './rules-entry.ts';
import { fixWithoutLock, noticeTracked, recognizeDevice } from './rules-first.ts';
import { checkInvalidation, checkSequence, compareAttribute, findHostPage, findSlot } from './rules-page.ts';
import { beginPass, checkRange, lookUpPage, refuseFilled, refuseMissing, refuseTracked } from './rules-request.ts';
import { settled } from './situation.ts';
import { type Event, FRESH_FAULT, type Question, type State } from './state.ts';
import type { Rule } from './told.ts';

const RULES: Readonly<Record<Question, Rule>> = {
  exists: refuseMissing,
  'page-file': lookUpPage,
  filled: refuseFilled,
  range: checkRange,
  'may-map': refuseTracked,
  interrupted: beginPass,
  device: recognizeDevice,
  tracked: noticeTracked,
  fast: fixWithoutLock,
  invalidated: checkInvalidation,
  slot: findSlot,
  agree: compareAttribute,
  'host-page': findHostPage,
  changed: checkSequence,
  lock: checkUnderLock,
  entry: lookAtEntry,
  permission: choosePermission,
  install: installEntry,
  's-ept': askModule,
  protected: considerKind,
  emulable: considerEmulation,
  unprotect: liftOrEmulate,
  answer: answerCaller,
  'page-add': givePage,
};

const ORDER: Citation = { where: 'the order of questions in this model' };

/** One question. A question that does not come next is refused and changes nothing: the kernel's order is fixed. */
export function step(state: State, event: Event): Step<State> {
  if (state.next === null || state.next !== event.ask) {
    const because = `${describe(event)} does not come next here, so nothing changes.`;
    return { state, outcome: 'refused', rule: 'out-of-order', because, source: ORDER };
  }
  const draft = cleanSlate(state);
  const { door, rule, because, source, refused, log } = RULES[event.ask](draft);
  draft.taken = [...draft.taken, { question: event.ask, door }];
  const outcome = draft.action === 'not_in_this_kernel' ? 'stuck' : refused === true ? 'refused' : 'done';
  return { state: draft, outcome, rule, because, source, ...(log === undefined ? {} : { log }) };
}

/** A copy to change. A new pass forgets what the old one knew; a new round begins when what was only passing has passed. */
function cleanSlate(state: State): State {
  const draft: State = {
    ...state,
    situation: { ...state.situation },
    fault: { ...state.fault },
    stat: { ...state.stat },
    page: { ...state.page },
    over: 'nothing',
  };
  if (state.over === 'nothing') return draft;
  const result = (state.over === 'round' ? state.ret : state.mmu) ?? '';
  draft.earlier = [...state.earlier, { ended: state.over, result }];
  draft.fault = { ...FRESH_FAULT };
  draft.taken = [];
  if (state.over === 'pass') return draft;
  const situation = settled(state.situation);
  const calm = { memoryFault: false, allowRetry: false, asyncStarted: false, sigbus: false };
  return {
    ...draft,
    ...calm,
    situation,
    before: situation.spte,
    round: state.round + 1,
    pass: 0,
    mmu: null,
    ret: null,
    action: null,
  };
}

/** The whole run; its length is bounded, since a loop ends after 24 passes. */
export function runToEnd(start: State): { state: State; events: readonly Event[] } {
  const events: Event[] = [];
  let state = start;
  while (state.next !== null) {
    const event: Event = { ask: state.next };
    events.push(event);
    state = step(state, event).state;
  }
  return { state, events };
}

const DESCRIPTIONS: Readonly<Record<Question, string>> = {
  exists: 'look for the function in this kernel',
  'page-file': 'ask guest_memfd for the page',
  filled: 'ask whether the page was filled before',
  range: 'ask whether the range is private',
  'may-map': 'ask whether the page is write-tracked',
  interrupted: 'begin a pass',
  device: 'look for a known device',
  tracked: 'ask whether writes are tracked',
  fast: 'try without the lock',
  invalidated: 'look for an invalidation',
  slot: 'find the memory slot',
  agree: 'compare access and attribute',
  'host-page': 'find the host page',
  changed: 'compare the sequence',
  lock: 'take mmu_lock and check again',
  entry: 'look at the entry',
  permission: 'choose what the entry allows',
  install: 'exchange the entry',
  's-ept': 'ask the TDX module',
  protected: 'consider the kind of entry',
  emulable: 'ask whether it can be emulated',
  unprotect: 'lift the protection or emulate',
  answer: 'answer the caller',
  'page-add': 'give the page to the TDX module',
};

export function describe(event: Event): string {
  return DESCRIPTIONS[event.ask];
}
