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
  const [best] = ours.meanings(match, { paragraph, paths: [], words: wordsOf(`KVM patch code ${paragraph}`) });
  return best && `${best.concept.id}: ${best.concept.simulator}/${best.scenario}`;
}

describe('a paragraph about locks opens the scenario it is about', () => {
  it.each([
    ['kvm_gmem_populate() fetches the page and calls back.', 'kvm-gmem-populate: populate-locks/as-in-6.16'],
    [
      'kvm_gmem_populate() calls it, and a deadlock occurs on the lock.',
      'kvm-gmem-populate: populate-locks/get-pfn-takes-lock',
    ],
    [
      'kvm_gmem_get_pfn() will need the file invalidation lock in both series.',
      'kvm-gmem-get-pfn: populate-locks/get-pfn-takes-lock',
    ],
    [
      'kvm_gmem_get_pfn(): none of this hurts anything in the current code.',
      'kvm-gmem-get-pfn: populate-locks/as-in-6.16',
    ],
    ['kvm_gmem_populate() is left out: open code instead.', 'kvm-gmem-populate: populate-locks/open-coded'],
    ['Open-coding it in TDX is fine with me.', 'open-code: populate-locks/open-coded'],
    ['tdx_gmem_post_populate() could pass that PFN down.', 'post-populate: populate-locks/map-pfn-in-hand'],
    ['tdx_gmem_post_populate() has the PFN in hand.', 'post-populate: populate-locks/map-pfn-in-hand'],
    ['kvm_mmu_reload() need not be exported.', 'kvm-mmu-reload: populate-locks/map-pfn-in-hand'],
    ['Deadlock: mmap_lock and the other, AB-BA.', 'deadlock: populate-locks/mmap-fault'],
    ['mmap_lock is taken by the fault first.', 'mmap-lock: populate-locks/mmap-fault'],
    ['mmap_lock, for a source in the same guest_memfd.', 'mmap-lock: populate-locks/same-memfd-source'],
    ['post_populate gets a page: GUP source pages prior to it.', 'post-populate: populate-locks/source-page-first'],
    ['slots_lock is held throughout.', 'slots-lock: populate-locks/as-in-6.16'],
    ['Lockdep will complain about the order.', 'lockdep: populate-locks/mmap-fault-readers-share'],
    ['An rwsem is not recursive.', 'rwsem: populate-locks/get-pfn-takes-lock'],
  ])('%s', (paragraph, scenario) => {
    expect(opened(paragraph)).toBe(scenario);
  });

  it('and every scenario that a note names or links is there', () => {
    const named = ours.concepts.flatMap(({ simulator, scenarios, markdown }) => [
      ...(simulator === 'populate-locks' ? scenarios.map(({ id }) => id) : []),
      ...[...markdown.matchAll(/simulator:populate-locks\/([a-z0-9.-]+)/g)].map((match) => match[1] ?? ''),
    ]);
    expect(named.length).toBeGreaterThan(20);
    for (const id of named) expect(simulatorById('populate-locks')?.scenario(id)?.id).toBe(id);
    // A scenario nobody can come to would be one nobody sees.
    const all = simulatorById('populate-locks')?.scenarios.map(({ id }) => id) ?? [];
    expect(all.filter((id) => !named.includes(id))).toEqual([]);
  });
});
