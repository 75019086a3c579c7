import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, wordsOf } from '#concepts';
import { readNotes } from '#concepts/node';
import { simulatorById } from '#simulators';

const root = join(import.meta.dirname, '../..');
const seeds = join(root, '../shared/seeds');

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(root, 'src/concepts/notes'))).concepts);
});

/** What each term of the paragraph opens, of this simulator only. */
function opened(paragraph: string): string[] {
  const surroundings = { paragraph, paths: [], words: wordsOf(paragraph) };
  return ours.lexicon
    .matches(paragraph)
    .flatMap((match) => ours.meanings(match, surroundings).slice(0, 1))
    .filter(({ concept }) => concept.simulator === 'memory-hotplug')
    .map(({ concept, scenario }) => `${concept.id}: ${scenario}`);
}

describe('a paragraph about new memory opens the scenario it is about', () => {
  it.each([
    ['Memory hotplug is refused outright in the first approach.', ['memory-hotplug: approach-1']],
    ['With P-SEAMLDR the ranges are known.', ['p-seamldr: approach-2-before-init']],
    ['Memory hotplug in the second approach asks for the CMRs.', ['memory-hotplug: approach-2-before-init']],
    [
      'If tdx_module_initialized() is true there is no memory hotplug.',
      ['tdx-init-disable: approach-2-after-init', 'memory-hotplug: approach-2-after-init'],
    ],
    ['Does kmem still turn an NVDIMM into memory?', ['dax-kmem: nvdimm', 'nvdimm: nvdimm']],
    ['A soft-reserved range goes back and forth.', ['soft-reserved: soft-reserved']],
    ['Why should core-mm care what a guest needs?', ['core-mm: mixed-core-mm']],
    ['The page allocator knows no GFP_TDX.', ['page-allocator: mixed-core-mm']],
    ['online_pages() returns -EPERM.', ['memory-hotplug: merged-notifier', 'eperm: merged-notifier']],
    ['The memory notifier says NOTIFY_BAD.', ['memory-notifier: merged-notifier', 'memory-notifier: merged-notifier']],
    ['add_memory_driver_managed() puts it in memblock.', ['add-memory-resource: adding-breaks-init']],
    ['ACPI memory hotplug may announce a DIMM.', ['acpi-memory-hotplug: approach-1']],
  ])('%s', (paragraph, scenarios) => {
    expect(opened(paragraph)).toEqual(scenarios);
  });

  it('and every scenario that a note names or links is there', () => {
    const named = ours.concepts.flatMap(({ simulator, scenarios, markdown }) => [
      ...(simulator === 'memory-hotplug' ? scenarios.map(({ id }) => id) : []),
      ...[...markdown.matchAll(/simulator:memory-hotplug\/([a-z0-9.-]+)/g)].map((match) => match[1] ?? ''),
    ]);
    expect(named.length).toBeGreaterThan(40);
    for (const id of named) expect(simulatorById('memory-hotplug')?.scenario(id)?.id, id).toBe(id);
  });

  it('leaves CMR at home in TDMRs, where it is used', () => {
    expect(ours.concepts.find(({ id }) => id === 'cmr')?.simulator).toBe('tdmr-pamt');
  });
});

const present = existsSync(seeds);
if (!present && process.env.CI) throw new Error(`The seeds are missing: ${seeds}`);

/** The thread of April 2022 has no line ends; what is wanted is the stretch that begins with these words. */
function stretch(from: string, to: string): string {
  const name = readdirSync(seeds).find((file) => file.startsWith('003'));
  const text = readFileSync(join(seeds, name ?? ''), 'utf8').replace(/(?<=\s)(>\s)+/g, '');
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`not in the seed: ${from} ... ${to}`);
  return text.slice(start, end);
}

describe.skipIf(!present)('in the thread of April 2022 (../shared/seeds)', () => {
  it.each([
    ['In 5 years,', 'I thought', ['nvdimm']],
    ['The first approach', 'What if the memory', ['approach-1', 'nvdimm']],
    ['What if the memory', 'The second approach', ['soft-reserved']],
    ['The second approach', 'tdx_init_disable()', ['approach-2-before-init']],
    ['tdx_init_disable();', 'tdx_init_disable() temporarily', ['approach-2-after-init', 'approach-2-before-init']],
    ['This still sounds', 'Basically', ['mixed-core-mm']],
  ])('the paragraph "%s ..." opens nothing else', (from, to, scenarios) => {
    const found = opened(stretch(from, to)).map((each) => each.replace(/^.*: /, ''));
    expect([...new Set(found)].sort()).toEqual([...scenarios].sort());
  });

  it('the last paragraph opens, term by term, what it says of each', () => {
    expect([...new Set(opened(stretch('Basically', 'Thanks,')))].sort()).toEqual([
      'device-dax: td-on-device-dax',
      'memory-hotplug: approach-1',
      'nvdimm: td-on-device-dax',
      'page-allocator: mixed-core-mm',
    ]);
  });
});
