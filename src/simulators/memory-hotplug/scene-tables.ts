import type { TablePart } from '../kit/scene.ts';
import { approach1, approach2, notified } from './decisions.ts';
import { laterInit } from './initialize.ts';
import { aboveFirstMb, type PageRange, pagesOutside, sum } from './ranges.ts';
import { memoriesIn, POLICIES, POLICY_NAMES, type Policy, type State } from './state.ts';
import { inWords } from './words.ts';

/** What each rule said to the last event, and why. */
export function verdictTable(state: State): TablePart[] {
  const last = state.diary?.at(-1);
  if (last === undefined) return [];
  return [
    {
      kind: 'table',
      title: `Under each rule: ${last.request}`,
      columns: ['rule', 'answer', 'because'],
      rows: POLICIES.map((policy) => {
        const { answer, why, refused } = last.verdicts[policy];
        const mark = policy !== state.policy ? {} : { mark: refused ? ('bad' as const) : ('here' as const) };
        return { cells: [nameOf(state, policy), answer, why], ...mark };
      }),
    },
  ];
}

/** What stands under each rule now, and what it would say to one more range that is convertible. */
export function standingTable(state: State): TablePart {
  return {
    kind: 'table',
    id: 'standing',
    title: 'Where each rule stands now, and what it would do next',
    columns: ['rule', 'allocator', 'not TDX', 'initialize', 'one more convertible range'],
    rows: POLICIES.map((policy) => {
      const world = state.worlds[policy];
      const online = aboveFirstMb(memoriesIn(state, world, 'online'));
      const foreign = world.module === 'initialized' ? inWords(pagesOutside(online, world.list)) : '';
      const init = state.stage === 'detected' ? laterInit({ state, world, policy }) : '';
      const cells = [
        nameOf(state, policy),
        inWords(sum(memoriesIn(state, world, 'online'))),
        foreign,
        init,
        oneMore(state, policy),
      ];
      const bad = world.module === 'error' || (foreign !== '' && foreign !== '0');
      return { cells, ...(bad ? { mark: 'bad' as const } : policy === state.policy ? { mark: 'here' as const } : {}) };
    }),
  };
}

export function nameOf(state: State, policy: Policy): string {
  return policy === state.policy ? `[${POLICY_NAMES[policy]}]` : POLICY_NAMES[policy];
}

/** Asked of the rules themselves, about a range beyond all others that firmware calls convertible. */
function oneMore(state: State, policy: Policy): string {
  const { platform } = state;
  const world = state.worlds[policy];
  const end = Math.max(...state.memories.map((memory) => memory.end_pfn));
  const range: PageRange = { start_pfn: end, end_pfn: end + 32768 };
  const asked = { platform, initialized: world.module === 'initialized', cmrs: [range], range };
  const open = platform && world.module === 'uninitialized' ? 'gets in, until initialized' : 'gets in';
  switch (policy) {
    case 'approach-1':
      return approach1(asked).admit ? 'gets in' : 'rejected: TDX platform';
    case 'approach-2':
      return approach2(asked).admit ? open : 'rejected: initialized';
    case 'merged':
      return notified('MEM_GOING_ONLINE', world.list, range) === 'NOTIFY_OK' ? open : 'added, but -EPERM at online';
    case 'mixed':
      return 'gets in';
  }
}
