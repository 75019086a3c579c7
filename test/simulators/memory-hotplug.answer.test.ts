import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '#simulators';
import { ACTIONS } from '../../src/simulators/memory-hotplug/decisions.ts';
import { memoryHotplug } from '../../src/simulators/memory-hotplug/index.ts';

const BLOCK = 32768;

const question = {
  platform_tdx: true,
  module_initialized: true,
  tdx_memlist: [
    { start_pfn: 256, end_pfn: 10 * BLOCK },
    { start_pfn: 10 * BLOCK, end_pfn: 20 * BLOCK },
  ],
  cmrs: [
    { start_pfn: 256, end_pfn: 20 * BLOCK },
    { start_pfn: 20 * BLOCK, end_pfn: 30 * BLOCK },
  ],
  action: 'MEM_GOING_ONLINE',
  start_pfn: 12 * BLOCK,
  nr_pages: 2 * BLOCK,
};

const ok = { notify: 'NOTIFY_OK', errno: 0, result: 'online' };
const bad = { notify: 'NOTIFY_BAD', errno: -1, result: 'EPERM' };

type Row = [
  what: string,
  change: object,
  approach1: string,
  approach2: string,
  merged: object,
  later_init_breaks: boolean,
];

const before = { module_initialized: false };
const away = { start_pfn: 40 * BLOCK };
const rows: Row[] = [
  ['boot memory back online, module initialized', {}, 'reject', 'reject', ok, false],
  ['exactly one entry', { start_pfn: 10 * BLOCK, nr_pages: 10 * BLOCK }, 'reject', 'reject', ok, false],
  ['one page before its entry, and in the entry before', { start_pfn: 10 * BLOCK - 1 }, 'reject', 'reject', bad, false],
  ['one page past the last entry', { start_pfn: 18 * BLOCK, nr_pages: 2 * BLOCK + 1 }, 'reject', 'reject', bad, false],
  ['the first MB', { start_pfn: 255, nr_pages: 2 }, 'reject', 'reject', bad, false],
  ['CMR memory that is not in the list', { start_pfn: 20 * BLOCK }, 'reject', 'reject', bad, false],
  ['the same, before initialization', { ...before, start_pfn: 20 * BLOCK }, 'reject', 'allow', ok, false],
  ['across two CMRs that touch', { ...before, start_pfn: 19 * BLOCK }, 'reject', 'reject', ok, true],
  ['no CMR at all', { ...before, ...away }, 'reject', 'reject', ok, true],
  ['no CMR, but no onlining either', { ...before, ...away, action: 'MEM_ONLINE' }, 'reject', 'reject', ok, false],
  ['no CMR, initialized', away, 'reject', 'reject', bad, false],
  ['going offline', { ...away, action: 'MEM_GOING_OFFLINE' }, 'reject', 'reject', ok, false],
  ['an empty list', { ...away, tdx_memlist: [] }, 'reject', 'reject', ok, false],
  ['no TDX on the platform', { ...away, platform_tdx: false }, 'allow', 'allow', ok, false],
  ['no TDX and not initialized', { ...away, ...before, platform_tdx: false }, 'allow', 'allow', ok, false],
];

describe('a raw question', () => {
  it.each(rows)('%s', (_, change, approach1, approach2, merged, later_init_breaks) => {
    expect(memoryHotplug.answer({ ...question, ...change })).toEqual({
      approach1,
      approach2,
      merged,
      later_init_breaks,
    });
  });

  const wrong: [what: string, input: unknown, path: string, message: RegExp][] = [
    ['nothing', undefined, '', /no input/],
    ['a list', [], '', /object is needed, not a list/],
    ['no platform', { ...question, platform_tdx: undefined }, '/platform_tdx', /platform_tdx is missing/],
    ['a number for a flag', { ...question, platform_tdx: 1 }, '/platform_tdx', /true or false is needed, not 1/],
    ['a text for a flag', { ...question, module_initialized: 'yes' }, '/module_initialized', /not "yes"/],
    ['no list', { ...question, tdx_memlist: null }, '/tdx_memlist', /list of ranges is needed, not null/],
    ['no CMRs', { ...question, cmrs: undefined }, '/cmrs', /cmrs is missing/],
    ['a range that is none', { ...question, cmrs: [5] }, '/cmrs/0', /object is needed, not 5/],
    ['a range without end', { ...question, cmrs: [{ start_pfn: 1 }] }, '/cmrs/0/end_pfn', /end_pfn is missing/],
    [
      'a range that ends before it starts',
      { ...question, tdx_memlist: [question.tdx_memlist[0], { start_pfn: 9, end_pfn: 8 }] },
      '/tdx_memlist/1',
      /8 lies before start_pfn 9/,
    ],
    ['an unknown action', { ...question, action: 'MEM_WENT_HOME' }, '/action', /MEM_GOING_ONLINE.*not "MEM_WENT_HOME"/],
    ['no action', { ...question, action: undefined }, '/action', /action is missing/],
    ['half a page', { ...question, start_pfn: 0.5 }, '/start_pfn', /whole number is needed, not 0.5/],
    ['a page before the first', { ...question, start_pfn: -1 }, '/start_pfn', /below 0/],
    ['no pages', { ...question, nr_pages: 0 }, '/nr_pages', /below 1/],
    ['more pages than there can be', { ...question, nr_pages: 2 ** 41 }, '/nr_pages', /above/],
    ['a range past the end', { ...question, start_pfn: 2 ** 40 - 1, nr_pages: 2 }, '/nr_pages', /past the last/],
  ];

  it.each(wrong)('%s is refused where it stands', (_, input, path, message) => {
    let caught: unknown;
    try {
      memoryHotplug.answer(input);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(InputError);
    expect(caught).toMatchObject({ path, message: expect.stringMatching(message) });
  });

  it('takes 12 TB and members it does not know', () => {
    const start_pfn = 12 * 2 ** 28;
    const tdx_memlist = [{ start_pfn, end_pfn: start_pfn + BLOCK, node: 3 }];
    const input = { ...question, tdx_memlist, start_pfn, nr_pages: BLOCK, comment: 'far away' };
    expect(memoryHotplug.answer(input)).toMatchObject({ merged: ok });
    expect(memoryHotplug.answer({ ...input, nr_pages: BLOCK + 1 })).toMatchObject({ merged: bad });
  });
});

/** A second writing, page by page, for small machines. */
function naive(asked: typeof question) {
  const pages = Array.from({ length: asked.nr_pages }, (_, index) => asked.start_pfn + index);
  const has = (range: { start_pfn: number; end_pfn: number }, page: number) =>
    page >= range.start_pfn && page < range.end_pfn;
  const someHasAll = (list: typeof question.cmrs) =>
    list.filter((range) => pages.every((page) => has(range, page))).length > 0;
  const asksNotifier = asked.platform_tdx && asked.module_initialized && asked.tdx_memlist.length > 0;
  const online = asked.action === 'MEM_GOING_ONLINE';
  const refused = online && asksNotifier && !someHasAll(asked.tdx_memlist);
  const inCmr = someHasAll(asked.cmrs);
  const open = !asked.platform_tdx || (!asked.module_initialized && inCmr);
  return {
    approach1: asked.platform_tdx ? 'reject' : 'allow',
    approach2: open ? 'allow' : 'reject',
    merged: refused ? bad : ok,
    later_init_breaks: online && asked.platform_tdx && !asked.module_initialized && !inCmr,
  };
}

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 }))
  .map(([start_pfn, length]) => ({ start_pfn, end_pfn: start_pfn + length }));

const anyQuestion: fc.Arbitrary<typeof question> = fc.record({
  platform_tdx: fc.boolean(),
  module_initialized: fc.boolean(),
  tdx_memlist: fc.array(anyRange, { maxLength: 4 }),
  cmrs: fc.array(anyRange, { maxLength: 4 }),
  action: fc.oneof(fc.constant('MEM_GOING_ONLINE'), fc.constantFrom(...ACTIONS)),
  start_pfn: fc.integer({ min: 0, max: 40 }),
  nr_pages: fc.integer({ min: 1, max: 12 }),
});

describe('whatever is asked', () => {
  it('is answered as by looking at every page', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        expect(memoryHotplug.answer(asked)).toEqual(naive(asked));
      }),
      { seed: 20220429, numRuns: 1000 },
    );
  });

  it('approach 2 never admits anything after initialization on a TDX platform, whatever the CMRs', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const answered = memoryHotplug.answer({ ...asked, platform_tdx: true, module_initialized: true });
        expect(answered).toMatchObject({ approach1: 'reject', approach2: 'reject' });
      }),
      { seed: 20220429, numRuns: 300 },
    );
  });
});
