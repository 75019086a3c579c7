import { defaultValues } from '../kit/parameters.ts';
import type { Exploration } from '../kit/simulator.ts';
import { type Parameters, parameters as specs } from './parameters.ts';
import { startFrom } from './preset.ts';
import type { Event, State } from './state.ts';

type Change = Partial<Parameters>;

/** Who asks, in a kernel that has it. */
const REQUESTS: readonly Change[] = [
  { access: 'read' },
  { access: 'write' },
  { access: 'write', kernel: '6.8' },
  { request: 'prefault' },
  { request: 'prefault', kernel: '6.18' },
  { request: 'map-private-pfn', kernel: '6.19' },
];
const VIEWS: readonly Change[] = [
  { view: 'shared' },
  { view: 'private' },
  { view: 'private-but-shared' },
  { view: 'shared-but-private' },
];
const SLOTS: readonly Change[] = [
  {},
  { slot: 'read-only' },
  { slot: 'none' },
  { slot: 'being-deleted' },
  { slot: 'apic-off' },
];
const ENTRIES: readonly Change[] = [
  {},
  { entry: 'writable' },
  { entry: 'read-only' },
  { entry: 'may-open' },
  { entry: 'old-device' },
  { entry: 'frozen' },
];
const PROTECTIONS: readonly Change[] = [{}, { protection: 'write-protected' }, { protection: 'write-tracked' }];
const MOVES: readonly Change[] = [
  {},
  { invalidation: 'in-progress' },
  { invalidation: 'before-lock' },
  { lostRaces: 1 },
];
const FIRST_PAGES: readonly Change[] = ['6.16', '6.18', '6.19', '7.0'].map((kernel) => ({
  request: 'add-page',
  view: 'private',
  again: true,
  kernel,
}));
const MODULES: readonly Change[] = [{}, { module: 'busy' }, { module: 'refuses' }];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'a read or a write in 6.12-6.17, a write in 6.8, a prefault before and since 6.18, a known page mapped in 6.19: each with both views and attributes, ' +
    'five kinds of slot, six entries, three protections, and nothing, an invalidation (under way, or before the lock) or one lost race; ' +
    'and a first TD page added twice in 6.16 to 7.0 with each entry and each answer of the module, in 7.0 also by the prefault rule; and a prefault of a poisoned page; one page, one thing going wrong in memory at most',
  starts,
  choices: (state) => (state.next === null ? [] : [{ ask: state.next }]),
  goals: {
    RET_PF_RETRY: (state) => state.mmu === 'RET_PF_RETRY',
    RET_PF_EMULATE: (state) => state.mmu === 'RET_PF_EMULATE',
    RET_PF_WRITE_PROTECTED: (state) => state.mmu === 'RET_PF_WRITE_PROTECTED',
    RET_PF_FIXED: (state) => state.mmu === 'RET_PF_FIXED',
    RET_PF_SPURIOUS: (state) => state.mmu === 'RET_PF_SPURIOUS',
    'spurious-is-an-error': (state) => state.mmu === 'RET_PF_SPURIOUS' && state.ret === '-EIO',
    'exit-to-vmm': (state) => state.memoryFault,
    'endless-retry': (state) => state.ret === '-EINTR',
    'page-exists': (state) => state.ret === '-EEXIST',
    'reported-but-not-added': (state) => state.page.reported > state.page.added,
  },
  limit: 120_000,
};

function* starts(): Generator<{ label: string; parameters: Parameters; state: State }> {
  for (const changes of combinations([REQUESTS, VIEWS, SLOTS, ENTRIES, PROTECTIONS, MOVES])) {
    if (makesSense(changes)) yield startWith(changes);
  }
  for (const changes of combinations([FIRST_PAGES, ENTRIES.filter(({ entry }) => entry !== 'old-device'), MODULES])) {
    yield startWith(changes);
    if (changes.kernel === '7.0') yield startWith({ ...changes, whatIf: 'prefault-rule' });
  }
  yield startWith({ request: 'prefault', hostPage: 'poisoned' });
}

/** What the request never looks at, or what cannot be, is not varied. */
function makesSense(changes: Change): boolean {
  const { request, view, slot, entry, protection, invalidation, access } = changes;
  if (request === 'map-private-pfn') {
    return view === 'private' && slot === undefined && invalidation === undefined && entry !== 'old-device';
  }
  // Private memory has no read-only slot, no APIC, no device mark, and nothing for KVM to shadow or track in it.
  if (view === 'private' || view === 'private-but-shared') {
    if (slot === 'read-only' || slot === 'apic-off' || entry === 'old-device' || protection !== undefined) return false;
  }
  if (access === 'read' && protection === 'write-tracked') return false;
  return !(entry === 'may-open' && protection !== undefined);
}

function combinations(rows: readonly (readonly Change[])[]): Change[] {
  return rows.reduce<Change[]>(
    (sum, row) => sum.flatMap((changes) => row.map((change) => ({ ...changes, ...change }))),
    [{}],
  );
}

function startWith(changes: Change): { label: string; parameters: Parameters; state: State } {
  const label = Object.entries(changes)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  // `defaultValues` gives every member of `Parameters`, since it reads them from the same list.
  const parameters = { ...(defaultValues(specs) as Parameters), ...changes };
  return { label, parameters, state: startFrom(parameters) };
}
