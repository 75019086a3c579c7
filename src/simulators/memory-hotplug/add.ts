/** New memory comes, or goes: what each rule says when a range is added, and what taking it back takes. */
import { type AddAnswer, approach1, approach2 } from './decisions.ts';
import { common, isInsideOne, pagesOutside, sum } from './ranges.ts';
import { hotplug, KAI, type Machine, nothingToDo, type Ruled, WHAT_IF } from './rule.ts';
import { isDriverManaged, type Memory, moved, placeOf } from './state.ts';
import { capital, inWords, memoryInWords } from './words.ts';

/** Adding makes a range system RAM: it stands in memblock, offline. */
export function add(machine: Machine, memory: Memory): Ruled {
  const { state, world, policy } = machine;
  const place = placeOf(state, world, memory);
  if (place === 'added' || place === 'online' || memory.kind === 'boot') {
    const because = `${capital(memoryInWords(memory))} is system RAM already.`;
    return nothingToDo(machine, 'nothing-to-add', because, 'is RAM already', hotplug('add_memory_resource'));
  }
  if (policy === 'merged') return addUnchecked(machine, memory);
  if (policy === 'mixed') return addAnything(machine, memory);
  const ask = policy === 'approach-1' ? approach1 : approach2;
  const asked = {
    platform: state.platform,
    initialized: world.module === 'initialized',
    cmrs: state.cmrs,
    range: memory,
  };
  return answered(machine, memory, ask(asked));
}

const WHY: Readonly<Record<AddAnswer['reason'], string>> = {
  'no-tdx': 'the platform has no TDX',
  platform: 'the platform has TDX',
  initialized: 'the module is initialized: no range any more',
  'not-convertible': 'not inside a CMR',
  'in-cmr': 'inside a CMR, module not initialized yet',
};

function answered(machine: Machine, memory: Memory, { admit, reason }: AddAnswer): Ruled {
  const { state, world } = machine;
  return {
    outcome: admit ? 'done' : 'refused',
    rule: admit ? 'admit-range' : 'reject-range',
    because: sentence(machine, memory, reason),
    source: KAI,
    world: admit ? moved(state, world, memory, 'added') : world,
    answer: admit ? 'added' : 'rejected',
    why: WHY[reason],
  };
}

function sentence({ state, world, policy }: Machine, memory: Memory, reason: AddAnswer['reason']): string {
  const range = memoryInWords(memory);
  const inCmr = isInsideOne(memory, state.cmrs);
  switch (reason) {
    case 'no-tdx':
      return `The platform has no TDX, so ${policy === 'approach-1' ? 'approach 1' : 'approach 2'} admits ${range}.`;
    case 'platform': {
      const convertible = inCmr ? 'it is' : 'it is not';
      const use = world.module === 'initialized' ? 'it is' : 'it is not';
      return `The platform has TDX, so ${range} is rejected, whether it is convertible (${convertible}) and the module initialized (${use}) or not. A later patch returned -EINVAL for this.`;
    }
    case 'initialized': {
      const lies = inCmr ? 'even though it lies inside a CMR' : 'before its place outside the CMRs is looked at';
      return `The module is initialized, so approach 2 rejects ${range}, ${lies}: from initialization on it rejects every new range.`;
    }
    case 'not-convertible': {
      const outside = inWords(pagesOutside([memory], state.cmrs));
      return `The module is not initialized yet, but ${range} does not lie inside a CMR (${outside} of it outside): rejected.`;
    }
    case 'in-cmr':
      return `The module is not initialized yet and ${range} lies inside a CMR: admitted. After initialization approach 2 would reject the same range.`;
  }
}

/** 6.8 and later: nobody asks TDX when memory is added. */
function addUnchecked({ state, world }: Machine, memory: Memory): Ruled {
  const outside = pagesOutside([memory], state.cmrs);
  const later =
    !state.platform || world.module === 'error'
      ? ''
      : world.module === 'initialized'
        ? ' The question comes when it is brought online.'
        : outside > 0
          ? ` ${inWords(outside)} of it lie outside the CMRs, and the module will be given all of memblock.`
          : ' If the module is initialized now, it becomes TDX memory.';
  return {
    outcome: 'done',
    rule: 'add-unchecked',
    because: `add_memory_resource() does not ask TDX: ${memoryInWords(memory)} stands in memblock now, offline.${later}`,
    source: hotplug('add_memory_resource'),
    world: moved(state, world, memory, 'added'),
    answer: 'added',
    why: 'adding is not checked',
  };
}

function addAnything({ state, world }: Machine, memory: Memory): Ruled {
  const convertible = sum(common([memory], state.cmrs));
  const fit = convertible === 0 ? 'none of which' : `of which ${inWords(convertible)}`;
  return {
    outcome: 'done',
    rule: 'add-anything',
    because: `What if core-mm may hold any memory: ${memoryInWords(memory)} is added, ${fit} could be TDX memory.`,
    source: WHAT_IF,
    world: moved(state, world, memory, 'added'),
    answer: 'added',
    why: 'any memory may be added',
  };
}

/** Back to a device. Only what a driver added can be taken out again. */
export function remove(machine: Machine, memory: Memory): Ruled {
  const { state, world } = machine;
  const place = placeOf(state, world, memory);
  const source = { where: 'drivers/dax/kmem.c dev_dax_kmem_remove()', kernel: '6.8-6.16' };
  if (!isDriverManaged(memory)) {
    const because = `${capital(memoryInWords(memory))} stays: convertible memory must not be pulled out, a correct BIOS does not offer it and Linux does not handle it.`;
    const rst = { where: 'Documentation/arch/x86/tdx.rst', kernel: '6.8-6.16' };
    return {
      outcome: 'refused',
      rule: 'no-removal',
      because,
      source: rst,
      world,
      answer: 'stays',
      why: 'no physical removal',
    };
  }
  if (place !== 'added') {
    const because =
      place === 'online'
        ? `${capital(memoryInWords(memory))} is online and must go offline before it can be a device again.`
        : `${capital(memoryInWords(memory))} is no system RAM here, so there is nothing to take back.`;
    return nothingToDo(machine, 'nothing-to-remove', because, place === 'online' ? 'online' : 'not RAM', source);
  }
  const known = isInsideOne(memory, world.list) ? ' It stays in the TDX memory list, which never changes.' : '';
  return {
    outcome: 'done',
    rule: 'back-to-device',
    because: `${capital(memoryInWords(memory))} leaves memblock and is a device again.${known}`,
    source,
    world: moved(state, world, memory, 'device'),
    answer: 'device again',
    why: 'no rule is asked',
  };
}
