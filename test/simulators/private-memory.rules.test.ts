import { describe, expect, test } from 'vitest';
import { step } from '../../src/simulators/private-memory/model.ts';
import { type Event, type Setup, type State, startOf } from '../../src/simulators/private-memory/state.ts';

const PLAIN: Setup = { vm: 'tdx', kernel: '6.16', backend: 'all-tdx', looksAgain: true };
const ONE = { from: 0, count: 1 };
const PRIVATE: Event = { do: 'set-attributes', ...ONE, to: 'private' };
const SHARED: Event = { do: 'set-attributes', ...ONE, to: 'shared' };
const USE_PRIVATE: Event = { do: 'access', ...ONE, kind: 'private' };
const USE_SHARED: Event = { do: 'access', ...ONE, kind: 'shared' };

/** What the last of the events came to, for a guest of 2 pages with 4 on the host. */
function played(setup: Partial<Setup>, events: readonly Event[], host = 4) {
  const all: Event[] = [{ do: 'create' }, ...events];
  let taken = step(startOf({ ...PLAIN, ...setup }, 2, host), { do: 'punch-end' });
  let state: State = taken.state;
  for (const event of all) {
    taken = step(state, event);
    state = taken.state;
  }
  return { ...taken, page: state.pages[0] };
}

describe('which guest a kernel creates', () => {
  test.each([
    ['normal', '6.8', 'done'],
    ['sev', '6.8', 'done'],
    ['software', '6.8', 'done'],
    ['snp', '6.8', 'stuck'],
    ['snp', '6.11', 'done'],
    ['tdx', '6.8', 'stuck'],
    ['tdx', '6.11', 'stuck'],
    ['tdx', '6.16', 'done'],
  ] as const)('%s on %s: %s', (vm, kernel, outcome) => {
    expect(played({ vm, kernel }, []).outcome).toBe(outcome);
  });
});

describe('a page with the private attribute that the guest has used and now uses as shared', () => {
  test.each([
    ['tdx', 'memory-fault-exit'],
    ['snp', 'memory-fault-exit'],
    ['software', 'silent-mismatch'],
    ['sev-upm', 'silent-mismatch'],
  ] as const)('%s: %s', (vm, rule) => {
    expect(played({ vm }, [PRIVATE, USE_PRIVATE, USE_SHARED]).rule).toBe(rule);
  });

  test.each(['sev', 'normal'] as const)('%s: has no private attribute and gets -EINVAL', (vm) => {
    expect(played({ vm }, [PRIVATE])).toMatchObject({ outcome: 'refused', rule: 'no-private-memory' });
  });

  test('SEV maps it once for both kinds, and no exit tells the host', () => {
    const events: Event[] = [{ do: 'register', from: 0, count: 2 }, USE_PRIVATE, USE_SHARED];
    const { rule, state } = played({ vm: 'sev' }, events);
    expect(rule).toBe('host-learns-nothing');
    expect(state.exits).toEqual([]);
    expect(state.pages[0]?.mapped).toEqual({ shared: 0 });
  });
});

describe('the memory fault exit', () => {
  test.each([
    ['shared', 'private', PRIVATE],
    ['private', 'shared', SHARED],
  ] as const)('of a %s access says so, whatever the attribute %s', (kind, attribute, set) => {
    const { state, because } = played({}, [PRIVATE, set, { do: 'access', ...ONE, kind }]);
    expect(state.exit).toEqual({ reason: 'memory-fault', page: 0, private: kind === 'private', attribute });
    expect(because).toContain(`KVM_MEMORY_EXIT_FLAG_PRIVATE ${kind === 'private' ? 'set' : 'clear'}`);
  });

  test('comes for the first page that differs; those before it are mapped', () => {
    const { state } = played({}, [
      { do: 'set-attributes', from: 1, count: 1, to: 'private' },
      { do: 'access', from: 0, count: 2, kind: 'shared' },
    ]);
    expect(state.exit).toMatchObject({ page: 1, private: false });
    expect(state.pages[0]?.mapped).toEqual({ shared: 0 });
  });

  test('is gone when the guest runs again, and comes again when the VMM has not converted', () => {
    const events = [PRIVATE, USE_SHARED, USE_SHARED];
    expect(played({}, events).state.counts.memoryFaults).toBe(2);
    expect(played({}, [PRIVATE, USE_SHARED, SHARED, USE_SHARED]).state.exit).toBeUndefined();
  });
});

describe('setting attributes', () => {
  const used = [PRIVATE, USE_PRIVATE];

  test('drops the mapping of the old kind and leaves the backing alone', () => {
    expect(played({}, [...used, SHARED]).page).toMatchObject({ attribute: 'shared', file: 0, mapped: {} });
  });

  test('to what they are already drops nothing and raises no sequence', () => {
    const { page, rule, state } = played({}, [...used, PRIVATE]);
    expect(rule).toBe('attributes-are-so');
    expect(page?.mapped).toEqual({ private: 0 });
    expect(state.seq).toBe(played({}, used).state.seq);
  });

  test('makes a fault that began before try again', () => {
    const { rule, because, page } = played({}, [
      PRIVATE,
      { do: 'fault-begin', page: 0, kind: 'private' },
      { do: 'fault-take' },
      SHARED,
      { do: 'fault-map' },
    ]);
    expect(rule).toBe('retry');
    expect(because).toContain('the sequence is 3, it was 2');
    expect(page?.mapped).toEqual({});
  });
});

describe('a hole', () => {
  const inHand: Event[] = [PRIVATE, { do: 'fault-begin', page: 0, kind: 'private' }, { do: 'fault-take' }];
  const begin: Event = { do: 'punch-begin', ...ONE };
  const map: Event = { do: 'fault-map' };

  test.each([
    ['begun', [begin]],
    ['emptied', [begin, { do: 'punch-free' }]],
    ['ended', [begin, { do: 'punch-free' }, { do: 'punch-end' }]],
    ['punched at once', [{ do: 'punch', ...ONE }]],
  ] satisfies [string, Event[]][])('%s while a fault has its page in hand makes the fault try again', (_, hole) => {
    const { rule, page, state } = played({}, [...inHand, ...hole, map]);
    expect(rule).toBe('retry');
    expect(page?.mapped).toEqual({});
    expect(state.host.filter((host) => host.held === 'loose')).toEqual([]);
  });

  test('of another page in progress does not stop the fault, and its end does', () => {
    const other: Event = { do: 'punch-begin', from: 1, count: 1 };
    expect(played({}, [...inHand, other, map]).rule).toBe('fault-map');
    const over: Event[] = [other, { do: 'punch-free' }, { do: 'punch-end' }];
    expect(played({}, [...inHand, ...over, map]).rule).toBe('retry');
  });

  test('without the second look is mapped to what the file has given up', () => {
    const hole: Event[] = [begin, { do: 'punch-free' }, map];
    const { rule, page, state } = played({ looksAgain: false }, [...inHand, ...hole]);
    expect(rule).toBe('maps-what-is-gone');
    expect(page).toMatchObject({ mapped: { private: 0 } });
    expect(page?.file).toBeUndefined();
    expect(state.host[0]?.held).toBe('loose');
  });

  test('drops a shared mapping too where one table serves both kinds, and only there', () => {
    const shared: Event[] = [USE_SHARED, { do: 'punch', ...ONE }];
    expect(played({ vm: 'snp' }, shared).page?.mapped).toEqual({});
    expect(played({ vm: 'tdx' }, shared).page?.mapped).toEqual({ shared: 0 });
  });

  test('cannot be punched where there is no guest_memfd', () => {
    expect(played({ vm: 'sev' }, [begin])).toMatchObject({ outcome: 'refused', rule: 'no-guest-memfd' });
  });
});

describe('discarding the memory of the VMM', () => {
  const discard: Event = { do: 'discard', ...ONE };

  test('gives the host page back and drops the shared mapping', () => {
    const { page, state } = played({}, [USE_SHARED, discard]);
    expect(page).toMatchObject({ attribute: 'shared', mapped: {} });
    expect(state.host.every((host) => host.held === 'free')).toBe(true);
  });

  test('leaves a private mapping of TDX alone', () => {
    expect(played({}, [PRIVATE, USE_PRIVATE, discard]).page?.mapped).toEqual({ private: 0 });
  });

  test('saves nothing when the pages are pinned', () => {
    const pinned = played({ vm: 'sev' }, [{ do: 'register', from: 0, count: 2 }, discard]);
    expect(pinned).toMatchObject({ outcome: 'refused', rule: 'pinned' });
    expect(pinned.page).toMatchObject({ pinned: true, user: 0 });
  });
});

describe('a host without a free page', () => {
  test('gives -ENOMEM to a private access', () => {
    const { state, rule } = played({}, [PRIVATE, USE_PRIVATE], 0);
    expect(rule).toBe('no-page');
    expect(state.exit).toEqual({ reason: 'error', errno: 'ENOMEM', page: 0 });
  });

  test('gives -EFAULT, without a memory fault exit, to a shared one', () => {
    const { state } = played({}, [USE_SHARED], 0);
    expect(state.exit).toEqual({ reason: 'error', errno: 'EFAULT', page: 0 });
    expect(state.counts.memoryFaults).toBe(0);
  });
});

describe('memory that is not all TDX memory (what if)', () => {
  const both: Event[] = [
    { do: 'set-attributes', from: 0, count: 2, to: 'private' },
    { do: 'access', from: 0, count: 2, kind: 'private' },
  ];

  test('ends a TD that gets such a page', () => {
    const { state, outcome } = played({ backend: 'mixed-any' }, both);
    expect(outcome).toBe('stuck');
    expect(state.dead).toBe(true);
    expect(step(state, USE_PRIVATE)).toMatchObject({ outcome: 'refused', state });
  });

  test('does not matter to a backend that picks, nor to an SNP guest', () => {
    expect(played({ backend: 'mixed-picks' }, both).state.pages.map((page) => page.file)).toEqual([0, 2]);
    expect(played({ backend: 'mixed-any', vm: 'snp' }, both).outcome).toBe('done');
  });
});

describe('an event that cannot happen', () => {
  test.each([
    ['a page the guest does not have', { do: 'access', from: 1, count: 2, kind: 'shared' }],
    ['a second VM', { do: 'create' }],
    ['mapping without a fault', { do: 'fault-map' }],
    ['ending a hole nobody began', { do: 'punch-end' }],
  ] satisfies [string, Event][])('%s is refused and changes nothing but the record', (_, event) => {
    const before = played({}, []).state;
    const { outcome, state } = step(before, event);
    expect(outcome).toBe('refused');
    expect(state.pages).toEqual(before.pages);
    expect(state.host).toEqual(before.host);
  });

  test('nothing happens before there is a VM', () => {
    expect(step(startOf(PLAIN, 2, 4), USE_SHARED)).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
  });
});
