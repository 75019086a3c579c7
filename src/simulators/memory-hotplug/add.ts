/** New memory comes, or goes: what each rule says when a range is added, and what taking it back takes. */
import { type AddAnswer, approach1, approach2 } from './decisions.ts';
import { common, isInsideOne, pagesOutside, sum } from './ranges.ts';
import { hotplug, KAI, type Machine, nothingToDo, type Ruled, tdx, WHAT_IF } from './rule.ts';
import { isDriverManaged, type Memory, memoriesIn, moved, placeOf } from './state.ts';
import { capital, inWords, memoryInWords, rangeInWords } from './words.ts';

export function boot(machine: Machine): Ruled {
  const { state, world } = machine;
  if (state.stage !== 'off') {
    return nothingToDo(machine, 'booted-already', 'The machine runs already.', 'runs already', setup);
  }
  const places = state.memories.map((memory) =>
    memory.kind === 'boot' ? ('online' as const) : isDriverManaged(memory) ? ('device' as const) : ('away' as const),
  );
  const booted = { ...world, places };
  const ram = inWords(sum(memoriesIn(state, booted, 'online')));
  const devices = memoriesIn(state, booted, 'device').map(
    (memory) => ` ${capital(memoryInWords(memory))} is a device.`,
  );
  const because = `Boot hands ${ram} of memory to the page allocator; but for the first MB all of it lies inside CMRs.${devices.join('')}`;
  return {
    outcome: 'done',
    rule: 'boot',
    because,
    source: setup,
    world: booted,
    answer: 'boots',
    why: `${ram} online`,
  };
}

const setup = { where: 'arch/x86/kernel/e820.c e820__memblock_setup()', kernel: '6.8-6.16' };

/** Can TDX be had, and what does each rule want to know for later? */
export function detect(machine: Machine): Ruled {
  const { state, world, policy } = machine;
  const told = (rule: string, because: string, answer: string, why: string, source: Ruled['source']): Ruled => ({
    outcome: 'done',
    rule,
    because,
    source,
    world,
    answer,
    why,
  });
  if (!state.platform) {
    const because = 'The BIOS has not enabled TDX: no rule has anything to check, and no TD can run.';
    return told('no-tdx', because, 'no TDX', 'the BIOS has not enabled TDX', tdx('tdx_init'));
  }
  const cmrs = state.cmrs.map(rangeInWords).join(' and ');
  switch (policy) {
    case 'approach-1':
      return told(
        'know-the-platform',
        'The BIOS has enabled TDX. Approach 1 needs to know nothing else, and asks the module nothing.',
        'TDX found',
        'that is all it needs to know',
        KAI,
      );
    case 'approach-2':
      return told(
        'read-cmrs',
        `VMXON in the core kernel, then a SEAMCALL to P-SEAMLDR, gives the CMRs before there is a TDX module: ${cmrs}. Without VMXON it would be -EACCES.`,
        'reads CMRs',
        'VMXON and P-SEAMLDR, during boot',
        KAI,
      );
    case 'merged':
      return told(
        'register-notifier',
        `The BIOS has enabled TDX: a memory notifier is registered. The CMRs, ${cmrs}, are not read by Linux.`,
        'notifier',
        'registered; CMRs are not read',
        tdx('tdx_init'),
      );
    case 'mixed':
      return told(
        'read-cmrs',
        `What if: the CMRs, ${cmrs}, are known, and used to choose what the module gets, not to refuse memory.`,
        'reads CMRs',
        'to choose what the module gets',
        WHAT_IF,
      );
  }
}

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
