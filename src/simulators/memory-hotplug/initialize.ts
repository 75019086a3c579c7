/** The TDX module is given its memory, once: what it takes then is all it will ever know until the next boot. */
import { aboveFirstMb, common, isInsideOne, type PageRange, pagesOutside, sum } from './ranges.ts';
import { KAI, type Machine, type Ruled, tdx, WHAT_IF } from './rule.ts';
import { type Kernel, memblocks, memoriesIn } from './state.ts';
import { capital, entries, inWords } from './words.ts';

const BY: Readonly<Record<Kernel, string>> = {
  '6.8': 'a caller of tdx_enable() (6.8 has none in its tree)',
  '6.16': 'loading kvm_intel with tdx=1',
  '7.1': 'the boot',
};

export function initialize(machine: Machine): Ruled {
  const { state, world, policy } = machine;
  if (!state.platform) {
    return no(
      machine,
      'no-platform',
      'There is no TDX on this platform: -ENODEV.',
      '-ENODEV',
      'the platform has no TDX',
    );
  }
  if (world.module === 'error') {
    const because = 'An earlier initialization failed, which is final until the next boot: -EINVAL.';
    return no(machine, 'failed-before', because, '-EINVAL', 'it failed before');
  }
  if (world.module === 'initialized') {
    const because = 'The module is initialized already; its memory stays what it was.';
    return { ...no(machine, 'initialized-already', because, 'done before', 'initialized already'), outcome: 'done' };
  }
  const list = policy === 'mixed' ? convertiblePresent(machine) : aboveFirstMb(memblocks(state, world));
  // The module's own check, which is why nobody reads CMRs: memory outside them makes TDH.SYS.CONFIG fail.
  return list.every((range) => isInsideOne(range, state.cmrs)) ? initialized(machine, list) : failed(machine, list);
}

/** What an initialization would come to now, in a word. */
export function laterInit(machine: Machine): string {
  if (machine.world.module === 'initialized') return 'is done';
  const { answer, outcome } = initialize(machine);
  return outcome === 'done' ? 'works' : answer;
}

/** The what-if chooses: everything convertible, be it system RAM or a device. */
function convertiblePresent({ state, world }: Machine): PageRange[] {
  return aboveFirstMb(common(memoriesIn(state, world, 'device', 'added', 'online'), state.cmrs));
}

function sourceOf({ state, policy }: Machine): Ruled['source'] {
  if (policy === 'mixed') return WHAT_IF;
  return policy === 'merged' ? tdx('init_tdx_module', state.kernel) : KAI;
}

function no(machine: Machine, rule: string, because: string, answer: string, why: string): Ruled {
  const source = tdx('tdx_enable', machine.state.kernel);
  return { outcome: 'refused', rule, because, source, world: machine.world, answer, why };
}

function initialized(machine: Machine, list: readonly PageRange[]): Ruled {
  const { state, world, policy } = machine;
  const offline = sum(common(memoriesIn(state, world, 'added'), list));
  const devices = sum(common(memoriesIn(state, world, 'device'), list));
  const among = [
    ...(offline > 0 ? [`${inWords(offline)} that are offline`] : []),
    ...(devices > 0 ? [`${inWords(devices)} that are a device`] : []),
  ];
  const with_ = among.length === 0 ? '' : `, ${among.join(' and ')} among them`;
  const from = policy === 'mixed' ? 'what is convertible' : 'all of memblock, and all of it is inside CMRs';
  const by = policy === 'merged' ? capital(BY[state.kernel]) : 'Somebody';
  const because = `${by} initializes the module with ${from}: ${inWords(sum(list))} in ${entries(list.length)}${with_}. Nothing can join it until the next boot.`;
  return {
    outcome: 'done',
    rule: 'initialize',
    because,
    source: sourceOf(machine),
    world: { ...world, module: 'initialized', list },
    answer: 'initialized',
    why: `${inWords(sum(list))} become TDX memory`,
    ...logOf(machine, 'module initialized', 'TDX-Module initialized'),
  };
}

function failed(machine: Machine, list: readonly PageRange[]): Ruled {
  const { state, world } = machine;
  const outside = inWords(pagesOutside(list, state.cmrs));
  const offline = pagesOutside(memoriesIn(state, world, 'added'), state.cmrs);
  const where = offline > 0 ? ' (added, and still offline)' : '';
  const price = state.kernel === '6.16' ? ', and kvm_intel does not load' : '';
  const because = `Of the system RAM in memblock ${outside} lie outside the CMRs${where}, and the module is given all of it: TDH.SYS.CONFIG refuses, -EIO. The state is ERROR until the next boot${price}.`;
  return {
    outcome: 'refused',
    rule: 'config-refused',
    because,
    source: { ...sourceOf(machine), inferred: true },
    world: { ...world, module: 'error', list: [] },
    answer: '-EIO',
    why: `${outside} in memblock are in no CMR`,
    ...logOf(machine, 'module initialization failed (-5)', 'TDX-Module initialization failed (-5)'),
  };
}

function logOf({ state, policy }: Machine, before: string, since71: string): { log?: readonly string[] } {
  return policy === 'merged' ? { log: [`virt/tdx: ${state.kernel === '7.1' ? since71 : before}`] } : {};
}
