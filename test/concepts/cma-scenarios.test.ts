import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, wordsOf } from '#concepts';
import { readNotes } from '#concepts/node';
import { simulatorById } from '#simulators';

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(import.meta.dirname, '../../src/concepts/notes'))).concepts);
});

/** The scenario that the first term of the paragraph opens with. */
function opened(paragraph: string): string | undefined {
  const [match] = ours.lexicon.matches(paragraph);
  if (match === undefined) return undefined;
  const [best] = ours.meanings(match, { paragraph, paths: [], words: wordsOf(paragraph) });
  return best && `${best.concept.id}: ${best.concept.simulator}/${best.scenario}`;
}

describe('a paragraph about CMA and pins opens the scenario it is about', () => {
  it.each([
    ['CMA pages are moved out, and the area is wasted on a host with passthrough.', 'cma: cma-pins/area-wasted'],
    [
      'CMA allocations may see sporadic failures when pages were in use for a long time.',
      'cma: cma-pins/late-grab-fails',
    ],
    ["CMA pages are not touched by KVM, which isn't involved in what VFIO does.", 'cma: cma-pins/no-passthrough'],
    ['CMA pages also back guests through HugeTLB.', 'cma: cma-pins/hugetlb-from-cma'],
    ['VFIO is what you mean; you are conflating KVM with VFIO.', 'vfio: cma-pins/no-passthrough'],
    ['Device passthrough pins all of it.', 'vfio: cma-pins/area-wasted'],
    ["IOMMU code takes the pins, KVM isn't involved.", 'iommu: cma-pins/no-passthrough'],
    ['HugeTLB pages may come from there.', 'hugetlb: cma-pins/hugetlb-from-cma'],
    ['A long-term pin is never granted in CMA.', 'long-term-pin: cma-pins/area-wasted'],
    ['FOLL_LONGTERM is missing in sev_pin_memory().', 'long-term-pin: cma-pins/sev-pins-before-6.15'],
    ['A circular dependency it is not.', 'circular-dependency: cma-pins/area-wasted'],
    ['The PAMT could be allocated from CMA at boot.', 'pamt: tdmr-pamt/late-no-memory'],
  ])('%s', (paragraph, scenario) => {
    expect(opened(paragraph)).toBe(scenario);
  });

  it('and every scenario that a note names or links is there', () => {
    const named = ours.concepts.flatMap(({ simulator, scenarios, markdown }) => [
      ...(simulator === 'cma-pins' ? scenarios.map(({ id }) => id) : []),
      ...[...markdown.matchAll(/simulator:cma-pins\/([a-z0-9.-]+)/g)].map((match) => match[1] ?? ''),
    ]);
    expect(named.length).toBeGreaterThan(10);
    for (const id of named) expect(simulatorById('cma-pins')?.scenario(id)?.id).toBe(id);
  });
});
