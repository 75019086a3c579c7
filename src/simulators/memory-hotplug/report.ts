import type { Json } from '../kit/simulator.ts';
import { approach1, approach2, errnoOf, notified } from './decisions.ts';
import { laterInit } from './initialize.ts';
import { aboveFirstMb, isInsideOne, pagesOutside, sum } from './ranges.ts';
import { readQuestion } from './read-question.ts';
import { memoriesIn, POLICIES, placeOf, type State } from './state.ts';

/** Raw question to the answers of the two proposals and of the merged notifier. Throws `InputError` on input that is not of the form. */
export function answer(input: unknown): Json {
  const {
    platform_tdx: platform,
    module_initialized: initialized,
    tdx_memlist,
    cmrs,
    action,
    range,
  } = readQuestion(input);
  const asked = { platform, initialized, cmrs, range };
  // Without TDX there is no notifier, and before initialization the list is empty, whatever was given.
  const notify = notified(action, platform && initialized ? tdx_memlist : [], range);
  const errno = errnoOf(notify);
  return {
    approach1: approach1(asked).admit ? 'allow' : 'reject',
    approach2: approach2(asked).admit ? 'allow' : 'reject',
    merged: { notify, errno, result: errno === 0 ? 'online' : 'EPERM' },
    later_init_breaks: platform && !initialized && action === 'MEM_GOING_ONLINE' && !isInsideOne(range, cmrs),
  };
}

/** What a run came to, rule by rule: where the memory is, what each decision was and why, and what an initialization does or did. Sizes in pages. */
export function report(state: State): Json {
  return {
    policy: state.policy,
    kernel: state.kernel,
    platform_tdx: state.platform,
    cmrs: state.cmrs,
    rules: Object.fromEntries(POLICIES.map((policy) => [policy, reportOf(state, policy)])),
  };
}

function reportOf(state: State, policy: State['policy']): Json {
  const world = state.worlds[policy];
  const online = aboveFirstMb(memoriesIn(state, world, 'online'));
  return {
    module: world.module,
    later_init: laterInit({ state, world, policy }),
    tdx_memlist: world.list,
    memory: state.memories.map((memory) => {
      const { name, kind, start_pfn, end_pfn } = memory;
      return { name, kind, start_pfn, end_pfn, place: placeOf(state, world, memory) };
    }),
    online_pages: sum(online),
    online_not_tdx: world.module === 'initialized' ? pagesOutside(online, world.list) : null,
    td: world.td ?? null,
    decisions: (state.diary ?? []).map(({ request, verdicts }) => ({ event: request, ...verdicts[policy] })),
  };
}
