/**
 * May this memory be added, may it come online, and what does a later initialization of the TDX module do? The same events under four
 * rules at once: the two proposals of April 2022, the notifier merged in 6.8, and the what-if of a core-mm with mixed memory.
 *
 * Left out: NUMA nodes, of which there is one; memory blocks, so a range goes online as a whole where the kernel asks block by block;
 * automatic onlining; a memory map kept on the added memory itself; pages that cannot leave a range that goes offline; CPU hotplug; the
 * PAMT and everything else that can make an initialization fail; two things at the same time, which the kernel excludes by
 * get_online_mems() and the mail by tdx_init_disable().
 */
import type { Step } from '../kit/simulator.ts';
import { add, remove } from './add.ts';
import { boot, detect } from './boot.ts';
import { initialize } from './initialize.ts';
import { offline, online } from './online.ts';
import { hotplug, type Machine, nothingToDo, type Ruled } from './rule.ts';
import { type Entry, type Event, memoryNamed, type Policy, type State, type Verdict } from './state.ts';
import { runTd } from './td.ts';

/** One event, for all four machines; what is told is what happens under the rule of the run. */
export function step(state: State, event: Event): Step<State> {
  const ruled = each((policy) => apply({ state, world: state.worlds[policy], policy }, event));
  const { world, answer, why, ...told } = ruled[state.policy];
  const next: State = {
    ...state,
    stage: stageAfter(state, event),
    worlds: each((policy) => ruled[policy].world),
    ...(state.diary === undefined ? {} : { diary: [...state.diary, entry(event, ruled)] }),
  };
  return { state: next, ...told };
}

function each<Value>(make: (policy: Policy) => Value): Record<Policy, Value> {
  return {
    'approach-1': make('approach-1'),
    'approach-2': make('approach-2'),
    merged: make('merged'),
    mixed: make('mixed'),
  };
}

function stageAfter({ stage }: State, event: Event): State['stage'] {
  if (event.do === 'boot' && stage === 'off') return 'booted';
  return event.do === 'detect' && stage === 'booted' ? 'detected' : stage;
}

function entry(event: Event, ruled: Readonly<Record<Policy, Ruled>>): Entry {
  const verdicts = each((policy): Verdict => {
    const { answer, why, outcome, rule } = ruled[policy];
    return { answer, why, refused: outcome !== 'done', rule };
  });
  return { request: describe(event), ...('memory' in event ? { memory: event.memory } : {}), verdicts };
}

function apply(machine: Machine, event: Event): Ruled {
  const early = tooEarly(machine, event);
  if (early !== undefined) return early;
  switch (event.do) {
    case 'boot':
      return boot(machine);
    case 'detect':
      return detect(machine);
    case 'initialize':
      return initialize(machine);
    case 'run-td':
      return runTd(machine, event.backend);
    default:
      return moveMemory(machine, event);
  }
}

function moveMemory(machine: Machine, event: Extract<Event, { memory: string }>): Ruled {
  const memory = memoryNamed(machine.state, event.memory);
  if (memory === undefined) {
    const because = `There is no memory named ${JSON.stringify(event.memory)} in this machine.`;
    return nothingToDo(machine, 'no-such-memory', because, 'not there', hotplug('add_memory_resource'));
  }
  switch (event.do) {
    case 'add':
      return add(machine, memory);
    case 'online':
      return online(machine, memory);
    case 'offline':
      return offline(machine, memory);
    case 'remove':
      return remove(machine, memory);
  }
}

/** The order of a boot: first the memory, then TDX is looked for, then everything else. */
function tooEarly(machine: Machine, event: Event): Ruled | undefined {
  const { stage } = machine.state;
  const needed = event.do === 'boot' ? 'off' : event.do === 'detect' ? 'booted' : 'detected';
  if (event.do === 'boot' || stage === needed) return undefined;
  const because =
    event.do === 'detect' && stage === 'detected'
      ? 'TDX has been looked for already.'
      : 'That can only be asked of a machine that has booted and looked for TDX.';
  return nothingToDo(machine, 'out-of-order', because, 'not now', hotplug('add_memory_resource'));
}

export function describe(event: Event): string {
  switch (event.do) {
    case 'boot':
      return 'boot';
    case 'detect':
      return 'look for TDX';
    case 'add':
      return `add the ${event.memory}`;
    case 'online':
      return `online the ${event.memory}`;
    case 'offline':
      return `offline the ${event.memory}`;
    case 'remove':
      return `${event.memory} back to device`;
    case 'initialize':
      return 'initialize the module';
    case 'run-td':
      return TD_NAMES[event.backend];
  }
}

const TD_NAMES = {
  'any-page': 'TD on any page',
  picks: 'TD on picked pages',
  'device-dax': 'TD on device-dax',
} as const;
