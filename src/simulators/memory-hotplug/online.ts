/** A range goes to the page allocator, or leaves it. Only the merged rule asks here. */
import { errnoOf, notified } from './decisions.ts';
import { isInsideOne } from './ranges.ts';
import { hotplug, KAI, type Machine, nothingToDo, type Ruled, tdx, WHAT_IF } from './rule.ts';
import { type Memory, moved, placeOf } from './state.ts';
import { capital, entries, memoryInWords } from './words.ts';

export function online(machine: Machine, memory: Memory): Ruled {
  const { state, world, policy } = machine;
  const place = placeOf(state, world, memory);
  if (place !== 'added') {
    const because =
      place === 'online'
        ? `${capital(memoryInWords(memory))} is online already.`
        : `${capital(memoryInWords(memory))} was not added here, so there is nothing to bring online.`;
    const answer = place === 'online' ? 'is online' : 'not there';
    return nothingToDo(machine, 'nothing-to-online', because, answer, hotplug('online_pages'));
  }
  return policy === 'merged' ? askNotifier(machine, memory) : onlineUnchecked(machine, memory);
}

/** online_pages() tells the notifiers MEM_GOING_ONLINE; one NOTIFY_BAD and it returns -EPERM. */
function askNotifier({ state, world }: Machine, memory: Memory): Ruled {
  const range = memoryInWords(memory);
  const source = state.platform ? tdx('tdx_memory_notifier') : hotplug('online_pages');
  const told = (rule: string, because: string, why: string): Ruled => ({
    outcome: 'done',
    rule,
    because,
    source,
    world: moved(state, world, memory, 'online'),
    answer: 'online',
    why,
  });
  if (!state.platform) {
    return told('online-without-tdx', `Without TDX there is no notifier to ask: ${range} goes online.`, 'no notifier');
  }
  if (errnoOf(notified('MEM_GOING_ONLINE', world.list, memory)) !== 0) {
    const fit = isInsideOne(memory, state.cmrs)
      ? 'Whether it lies inside a CMR, which it does, is not asked'
      : 'It is not in a CMR, which is not asked either';
    return {
      outcome: 'refused',
      rule: 'online-unknown',
      because: `${capital(range)} lies in none of the ${entries(world.list.length)} that TDX was initialized with: NOTIFY_BAD, -EPERM. ${fit}; it stays added and offline.`,
      source,
      world,
      answer: '-EPERM',
      why: 'not in the TDX memory list',
    };
  }
  if (world.list.length === 0) {
    const how = world.module === 'error' ? 'initialization failed and freed the list' : 'the module is not initialized';
    return told(
      'online-list-empty',
      `The TDX memory list is empty, since ${how}: ${range} goes online, fit for TDX or not.`,
      'the TDX memory list is empty',
    );
  }
  return told(
    'online-known',
    `${capital(range)} lies inside one entry of the TDX memory list: NOTIFY_OK, it goes online.`,
    'inside one entry of the TDX list',
  );
}

function onlineUnchecked({ state, world, policy }: Machine, memory: Memory): Ruled {
  const range = memoryInWords(memory);
  const because =
    policy === 'mixed'
      ? `What if: ${range} goes online unasked; from now on the page allocator may hold memory that TDX does not know.`
      : `Both proposals ask when memory is added, not here: ${range} goes online.`;
  return {
    outcome: 'done',
    rule: 'online-unchecked',
    because,
    source: policy === 'mixed' ? WHAT_IF : KAI,
    world: moved(state, world, memory, 'online'),
    answer: 'online',
    why: 'going online is not checked',
  };
}

/** In this model it always works: every page in use can be moved away. */
export function offline(machine: Machine, memory: Memory): Ruled {
  const { state, world } = machine;
  if (placeOf(state, world, memory) !== 'online') {
    const because = `${capital(memoryInWords(memory))} is not online here.`;
    return nothingToDo(machine, 'nothing-to-offline', because, 'not online', hotplug('offline_pages'));
  }
  const kept = isInsideOne(memory, world.list) ? ', and in the TDX memory list' : '';
  return {
    outcome: 'done',
    rule: 'offline',
    because: `The page allocator gives up ${memoryInWords(memory)}; the range stays in memblock${kept}.`,
    source: hotplug('offline_pages'),
    world: moved(state, world, memory, 'added'),
    answer: 'offline',
    why: 'no rule is asked',
  };
}
