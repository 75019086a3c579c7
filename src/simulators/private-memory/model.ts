/**
 * Private guest memory by guest_memfd and attributes (Linux 6.8, 6.11, 6.16), and what SEV, SNP and TDX show the host.
 *
 * Left out: 2 MB pages; TDX accept, PAGE.AUG and the RMP; filling memory before the guest runs; setting attributes takes one step
 * here, so no fault falls between its invalidation and its end; memory pressure; mmap of guest_memfd (6.18) and conversion in place.
 */
import type { Step } from '../kit/simulator.ts';
import { type Draft, draftOf, type Told } from './draft.ts';
import { forget } from './forget.ts';
import { access, call } from './guest.ts';
import { beginPunch, discard, endPunch, freePunched, punch } from './holes.ts';
import type { Event, Row, State } from './state.ts';
import { beginStep, mapStep, takeStep } from './steps.ts';
import { createVm, register, setAttributes, vmmReads } from './vmm.ts';
import { pagesInWords } from './words.ts';

export function step(state: State, event: Event): Step<State> {
  const impossible = whyNot(state, event);
  if (impossible !== undefined) return { state, outcome: 'refused', rule: 'out-of-order', because: impossible };
  const draft = draftOf(state);
  const told = apply(draft, event);
  if (draft.remembers) draft.rows = [...draft.rows, rowOf(draft, event, told)];
  return { state: draft.remembers ? draft : forget(draft), ...told };
}

function whyNot(state: State, event: Event): string | undefined {
  if (state.dead) return 'KVM has given this VM up; every KVM_RUN returns -EIO.';
  if (event.do === 'create') return state.created ? 'The VM is there already.' : undefined;
  if (!state.created) return 'There is no VM yet.';
  const last = 'from' in event ? event.from + event.count : 'page' in event ? event.page + 1 : 1;
  return last > state.pages.length ? 'The guest has no such page.' : undefined;
}

function apply(draft: Draft, event: Event): Told {
  switch (event.do) {
    case 'create':
      return createVm(draft);
    case 'register':
      return register(draft, event.from, event.count);
    case 'set-attributes':
      return setAttributes(draft, event.from, event.count, event.to);
    case 'access':
      return access(draft, event.from, event.count, event.kind);
    case 'call':
      return call(draft, event.from, event.count, event.to);
    case 'vmm-reads':
      return vmmReads(draft, event.from, event.count);
    case 'fault-begin':
      return beginStep(draft, event.page, event.kind);
    case 'fault-take':
      return takeStep(draft);
    case 'fault-map':
      return mapStep(draft);
    case 'punch':
      return punch(draft, event.from, event.count);
    case 'punch-begin':
      return beginPunch(draft, event.from, event.count);
    case 'punch-free':
      return freePunched(draft);
    case 'punch-end':
      return endPunch(draft);
    case 'discard':
      return discard(draft, event.from, event.count);
  }
}

const WHO: Readonly<Record<Event['do'], Row['who']>> = {
  create: 'VMM',
  register: 'VMM',
  'set-attributes': 'VMM',
  access: 'guest',
  call: 'guest',
  'vmm-reads': 'VMM',
  'fault-begin': 'guest',
  'fault-take': 'KVM',
  'fault-map': 'KVM',
  punch: 'VMM',
  'punch-begin': 'VMM',
  'punch-free': 'VMM',
  'punch-end': 'VMM',
  discard: 'VMM',
};

function rowOf(draft: Draft, event: Event, told: Told): Row {
  return { who: WHO[event.do], what: describe(event), answer: answerOf(draft, event, told) };
}

/** What came of it, in a few words: an exit of KVM_RUN before anything else. */
function answerOf(draft: Draft, event: Event, told: Told): string {
  const { exit } = draft;
  const runs = event.do === 'access' || event.do === 'call' || event.do.startsWith('fault');
  if (runs && exit !== undefined) {
    if (exit.reason === 'error') return `KVM_RUN returns -${exit.errno}`;
    if (exit.reason === 'hypercall') return 'KVM_EXIT_HYPERCALL';
    return `KVM_EXIT_MEMORY_FAULT, ${exit.private ? 'private' : 'shared'}`;
  }
  if (told.outcome !== 'done') return told.rule === 'no-private-memory' ? '-EINVAL' : 'refused';
  if (event.do === 'fault-map' || event.do === 'fault-begin') {
    return draft.fault === undefined && draft.result !== undefined ? draft.result : 'goes on';
  }
  return ANSWERS[told.rule] ?? 'done';
}

const ANSWERS: Readonly<Record<string, string>> = {
  retry: 'RET_PF_RETRY',
  'mapped-already': 'no fault',
  'host-learns-nothing': 'no fault, no exit',
  'silent-mismatch': 'no fault, no exit',
  'map-private': 'mapped private',
  'map-shared': 'mapped shared',
  'map-unknown': 'mapped, kind unknown',
  'vmm-finds-data': "the guest's data",
  'vmm-finds-nothing': 'not what was written',
  'out-of-reach': 'nothing of the guest',
};

export function describe(event: Event): string {
  const pages = 'from' in event ? pagesInWords(event.from, event.count) : '';
  switch (event.do) {
    case 'create':
      return 'creates the VM';
    case 'register':
      return `registers ${pages}`;
    case 'set-attributes':
      return `sets ${pages} ${event.to}`;
    case 'access':
      return `uses ${pages} as ${event.kind}`;
    case 'call':
      return `says: ${pages} ${event.to}`;
    case 'vmm-reads':
      return `reads ${pages}`;
    case 'fault-begin':
      return `faults on page ${event.page}, ${event.kind}`;
    case 'fault-take':
      return 'takes a page for the fault';
    case 'fault-map':
      return 'maps the page';
    case 'punch':
      return `punches ${pages}`;
    case 'punch-begin':
      return `begins to punch ${pages}`;
    case 'punch-free':
      return 'frees what was punched';
    case 'punch-end':
      return 'ends the invalidation';
    case 'discard':
      return `discards its ${pages}`;
  }
}
