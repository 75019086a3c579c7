import { describe, expect, it } from 'vitest';
import { placementsThatWork } from '../../src/simulators/cma-pins/chance.ts';
import { step } from '../../src/simulators/cma-pins/model.ts';
import type { Event, Hold, Page, Side, State } from '../../src/simulators/cma-pins/state.ts';

type Spot = [side: Side, block: number];

function page(name: string, kind: Page['kind'], at?: Spot, ...holds: Hold[]): Page {
  const owner = name.startsWith('guest') ? 'guest' : name.startsWith('pool') ? 'pool' : 'program';
  return { name, owner, kind, holds, ...(at === undefined ? {} : { at: { side: at[0], block: at[1] } }) };
}

function machine(area: number, other: number, pages: Page[], kernel: State['kernel'] = '6.15'): State {
  return { kernel, memory: 'anonymous', passthrough: true, size: { area, other }, pages, diary: [] };
}

function placeOf(state: State, name: string): string | undefined {
  const at = state.pages.find((each) => each.name === name)?.at;
  return at === undefined ? undefined : `${at.side} ${at.block}`;
}

const directIo: Hold = { by: 'direct I/O', longTerm: false };

describe('a page that is touched goes', () => {
  it.each<[free: string, area: number, other: number, kind: Page['kind'], place: string | undefined]>([
    ['5 of 9 free blocks in the area', 5, 4, 'anonymous', 'area 0'],
    ['4 of 8: not more than half', 4, 4, 'anonymous', 'other 0'],
    ['4 of 9', 4, 5, 'file', 'other 0'],
    ['nothing free outside', 1, 0, 'anonymous', 'area 0'],
    ['only little in the area, nothing outside', 3, 0, 'file', 'area 0'],
    ['kernel data, much free in the area', 8, 1, 'kernel', 'other 0'],
    ['kernel data, nothing free outside', 8, 0, 'kernel', undefined],
    ['guest_memfd, much free in the area', 8, 1, 'guest-memfd', 'other 0'],
    ['guest_memfd, nothing free outside', 8, 0, 'guest-memfd', undefined],
  ])('%s (%i in the area, %i outside, %s): %s', (_, area, other, kind, place) => {
    const taken = step(machine(area, other, [page('guest 0', kind)]), { do: 'touch', page: 'guest 0' });
    expect(placeOf(taken.state, 'guest 0')).toBe(place);
    expect(taken.outcome).toBe(place === undefined ? 'refused' : 'done');
    if (place === undefined) expect(taken.because).toContain('-ENOMEM');
  });
});

describe('a pin', () => {
  const pin = (state: State, by: 'VFIO' | 'SEV registration' = 'VFIO') =>
    step(state, { do: 'pin', page: 'guest 0', by });

  it('with FOLL_LONGTERM moves a page out of the area, and the block is free again', () => {
    const taken = pin(machine(2, 2, [page('guest 0', 'anonymous', ['area', 1])]));
    expect(placeOf(taken.state, 'guest 0')).toBe('other 0');
    expect(taken.state.pages[0]?.holds).toEqual([{ by: 'VFIO', longTerm: true }]);
  });

  it('leaves a page outside the area where it is', () => {
    expect(placeOf(pin(machine(2, 2, [page('guest 0', 'anonymous', ['other', 1])])).state, 'guest 0')).toBe('other 1');
  });

  it.each<[why: string, state: State]>([
    [
      'no block outside is free',
      machine(2, 1, [page('guest 0', 'anonymous', ['area', 0]), page('x', 'kernel', ['other', 0])]),
    ],
    ['somebody else holds the page in the area', machine(2, 2, [page('guest 0', 'anonymous', ['area', 0], directIo)])],
    ['the page is not there yet and nothing outside is free', machine(2, 0, [page('guest 0', 'anonymous')])],
    ['a gigantic page has no free one outside', machine(2, 2, [page('guest 0', 'gigantic', ['area', 0])])],
    [
      'the only free gigantic page lies in the area as well',
      machine(2, 2, [page('guest 0', 'gigantic', ['area', 0]), page('pool 0', 'gigantic', ['area', 1])]),
    ],
  ])('gets -ENOMEM and changes nothing when %s', (_, state) => {
    const taken = pin(state);
    expect(taken.outcome).toBe('refused');
    expect(taken.because).toContain('-ENOMEM');
    expect(taken.state.pages).toEqual(state.pages);
  });

  it('swaps a gigantic page with a free one outside, whose place in the area stays with the pool', () => {
    const pages = [page('guest 0', 'gigantic', ['area', 0]), page('pool 0', 'gigantic', ['other', 1])];
    const { state } = pin(machine(2, 2, pages));
    expect([placeOf(state, 'guest 0'), placeOf(state, 'pool 0')]).toEqual(['other 1', 'area 0']);
  });

  it('faults a page in outside the area, however much is free in it', () => {
    const { state, rule } = pin(machine(9, 1, [page('guest 0', 'anonymous')]));
    expect([rule, placeOf(state, 'guest 0')]).toEqual(['fault-in-for-pin', 'other 0']);
  });

  it.each([
    ['6.14', 'area 0', false],
    ['6.15', 'other 0', true],
  ] as const)('of SEV memory on %s leaves the page in %s', (kernel, place, longTerm) => {
    const { state } = pin(machine(2, 2, [page('guest 0', 'anonymous', ['area', 0])], kernel), 'SEV registration');
    expect(placeOf(state, 'guest 0')).toBe(place);
    expect(state.pages[0]?.holds).toEqual([{ by: 'SEV registration', longTerm }]);
  });

  it('of guest_memfd memory is not possible', () => {
    expect(pin(machine(2, 2, [page('guest 0', 'guest-memfd', ['other', 0])])).rule).toBe('not-pinnable');
  });
});

describe('a request for blocks in one piece', () => {
  const ask = (state: State, blocks: number) => step(state, { do: 'grab', by: 'TDX', blocks } satisfies Event).state;

  it('goes to the next position after -EBUSY', () => {
    const state = ask(machine(5, 0, [page('a', 'anonymous', ['area', 1], directIo)]), 2);
    expect(state.grab).toMatchObject({ ok: true, attempts: [{ start: 0 }, { start: 1 }, { start: 2 }] });
    expect(placeOf(state, 'PAMT 0')).toBe('area 2');
  });

  it('ends with -EBUSY when the held page lies in every position, and says which and who', () => {
    const { grab } = ask(machine(5, 5, [page('a', 'anonymous', ['area', 2], directIo)]), 3);
    expect(grab).toMatchObject({ ok: false, error: 'EBUSY' });
    expect(grab?.attempts?.map(({ start, stop }) => [start, stop?.block, stop?.by])).toEqual([
      [0, 2, ['direct I/O']],
      [1, 2, ['direct I/O']],
      [2, 2, ['direct I/O']],
    ]);
  });

  it('gives up at once with -ENOMEM when a page has nowhere to go, though another position is free', () => {
    const { grab } = ask(
      machine(4, 0, [
        page('a', 'anonymous', ['area', 0]),
        page('b', 'anonymous', ['area', 1]),
        page('c', 'anonymous', ['area', 2]),
      ]),
      2,
    );
    expect(grab).toMatchObject({ ok: false, error: 'ENOMEM' });
    expect(grab?.attempts).toHaveLength(1);
  });

  it('moves a page to the rest of the area when nothing is free outside', () => {
    const state = ask(machine(4, 0, [page('a', 'anonymous', ['area', 0])]), 2);
    expect([state.grab?.ok, placeOf(state, 'a')]).toEqual([true, 'area 2']);
  });

  it('drops clean file cache, which needs no place to go', () => {
    const state = ask(machine(2, 0, [page('a', 'file', ['area', 0]), page('b', 'file', ['area', 1])]), 2);
    expect([state.grab?.ok, placeOf(state, 'a'), placeOf(state, 'b')]).toEqual([true, undefined, undefined]);
  });

  it('does not give back what a failed position has moved', () => {
    const state = ask(
      machine(2, 2, [page('a', 'anonymous', ['area', 0]), page('b', 'file', ['area', 1], directIo)]),
      2,
    );
    expect([state.grab?.ok, placeOf(state, 'a'), placeOf(state, 'b')]).toEqual([false, 'other 0', 'area 1']);
  });

  it('passes over what was handed out before, gigantic pages too', () => {
    const state = ask(machine(5, 0, [page('guest 0', 'gigantic', ['area', 1])]), 2);
    expect(state.grab?.attempts?.map(({ start }) => start)).toEqual([2]);
  });

  it('of more blocks than the area has finds no run, and nothing is moved for it', () => {
    const before = machine(2, 2, [page('a', 'anonymous', ['area', 0])]);
    const state = ask(before, 3);
    expect([state.grab?.error, state.pages]).toEqual(['no-run', before.pages]);
  });
});

describe('the share of placements that work', () => {
  it('is what counting all of them gives', () => {
    for (let blocks = 1; blocks <= 9; blocks++) {
      for (let held = 0; held <= blocks; held++) {
        for (let wanted = 1; wanted <= blocks + 1; wanted++) {
          const all = Array.from({ length: 2 ** blocks }, (_, bits) => bits.toString(2).padStart(blocks, '0')).filter(
            (bits) => bits.replaceAll('0', '').length === held,
          );
          const work = all.filter((bits) => bits.includes('0'.repeat(wanted))).length;
          expect(placementsThatWork(blocks, held, wanted)).toEqual({ work, all: all.length });
        }
      }
    }
  });
});
