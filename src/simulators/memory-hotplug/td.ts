/** A TD wants private memory. It gets pages until it has some of every range it can get, so one bad page anywhere is found. */
import { aboveFirstMb, common, pagesOutside, sum } from './ranges.ts';
import { KAI, type Machine, type Ruled, tdx, WHAT_IF } from './rule.ts';
import { type Backend, memoriesIn } from './state.ts';
import { inWords } from './words.ts';

export function runTd(machine: Machine, backend: Backend): Ruled {
  const { state, world } = machine;
  const ended = (
    runs: boolean,
    rule: string,
    because: string,
    answer: string,
    why: string,
    source: Ruled['source'],
  ): Ruled => ({
    outcome: runs ? 'done' : 'refused',
    rule,
    because,
    source,
    world: { ...world, td: { backend, runs, rule } },
    answer,
    why,
  });
  if (world.module !== 'initialized') {
    const why = world.module === 'error' ? 'its initialization failed' : 'the module is not initialized';
    return ended(
      false,
      'td-without-module',
      `No TD can be created: ${why}.`,
      'no TD',
      why,
      tdx('tdx_enable', state.kernel),
    );
  }
  if (backend === 'device-dax') return fromDevice(machine, ended);
  const allocator = aboveFirstMb(memoriesIn(state, world, 'online'));
  const foreign = pagesOutside(allocator, world.list);
  const all = inWords(sum(allocator));
  if (backend === 'any-page' && foreign > 0) {
    const because = `${inWords(foreign)} of ${all} in the page allocator are not TDX memory, and no GFP_TDX says which page is wanted: the TD gets one of them, and the module refuses it, -EIO.`;
    return ended(false, 'td-foreign-page', because, '-EIO', 'got a page that is not TDX memory', WHAT_IF);
  }
  if (foreign > 0) {
    const because = `The backend takes pages from the ${inWords(sum(allocator) - foreign)} of TDX memory only; the other ${inWords(foreign)} of the page allocator serve everybody else. The TD runs.`;
    return ended(true, 'td-picked-pages', because, 'TD runs', 'its backend picks TDX pages', WHAT_IF);
  }
  const because = `All ${all} of the page allocator are TDX memory, so any page will do: the TD runs, and no GFP_TDX is needed.`;
  return ended(true, 'td-any-page', because, 'TD runs', 'every page is TDX memory', KAI);
}

/** Kai Huang's outlook: a device whose memory the module was given, and a backend that hands it out. */
function fromDevice(
  { state, world, policy }: Machine,
  ended: (runs: boolean, rule: string, because: string, answer: string, why: string, source: Ruled['source']) => Ruled,
): Ruled {
  if (policy !== 'mixed') {
    const because =
      'No TD on device-dax: the mail has shmem only, and merged KVM takes private memory from guest_memfd.';
    return ended(false, 'td-no-such-backend', because, 'no backend', 'device-dax does not back TDs', KAI);
  }
  const fit = sum(common(memoriesIn(state, world, 'device'), world.list));
  if (fit === 0) {
    const because = 'No device here has memory that the module was given, so device-dax has nothing for a TD.';
    return ended(false, 'td-no-tdx-device', because, 'no memory', 'no device has TDX memory', WHAT_IF);
  }
  const because = `The module was given ${inWords(fit)} that are a device: device-dax hands them to the TD, which runs without a page of core-mm.`;
  return ended(true, 'td-on-device', because, 'TD runs', 'the device is TDX memory', WHAT_IF);
}
