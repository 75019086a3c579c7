import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, wordsOf } from '#concepts';
import { readNotes } from '#concepts/node';
import { simulatorById } from '#simulators';

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(import.meta.dirname, '../../src/concepts/notes'))).concepts);
});

/** What each term of the paragraph that leads to this simulator opens with. */
function opened(paragraph: string): string[] {
  const found = ours.lexicon.matches(paragraph).flatMap((match) => {
    const [best] = ours.meanings(match, { paragraph, paths: [], words: wordsOf(paragraph) });
    return best?.concept.simulator === 'page-pinning' ? [`${best.concept.id}: ${best.scenario}`] : [];
  });
  return [...new Set(found)];
}

describe('a paragraph about holding pages opens the scenario it is about', () => {
  it.each<[string, string[]]>([
    [
      'Elevating the refcount is not a pin: NUMA balancing will try to migrate the page and zap the PTE.',
      [
        'refcount: refcount-is-not-a-pin',
        'numa-balancing: refcount-is-not-a-pin',
        'migration: refcount-is-not-a-pin',
        'zap: refcount-is-not-a-pin',
        'pte: refcount-is-not-a-pin',
      ],
    ],
    [
      'If it does not tell KVM, we need to pin all the memory before we run the guest.',
      ['page-pinning: pinned-up-front'],
    ],
    ['Could demand pinning be based on the other series?', ['demand-pinning: demand-pinning']],
    ['The x86 MMU code of KVM should handle the pinning, not kvm_x86_ops.', ['page-pinning: demand-pinning']],
    ['NUMA balancing does not look at change_huge_pmd() for pins.', ['numa-balancing: pinned-thp-or-shared']],
    ['NUMA balancing never meets UPM.', ['numa-balancing: guest-memfd-needs-neither']],
    ['sev_pin_memory() pins the region.', ['sev-region-register: pinned-up-front']],
    ['RLIMIT_MEMLOCK is too small.', ['rlimit-memlock: memlock-too-small']],
  ])('%s', (paragraph, scenarios) => {
    expect(opened(paragraph)).toEqual(scenarios);
  });

  it('and every scenario that a note names or links is there', () => {
    const named = ours.concepts.flatMap(({ simulator, scenarios, markdown }) => [
      ...(simulator === 'page-pinning' ? scenarios.map(({ id }) => id) : []),
      ...[...markdown.matchAll(/simulator:page-pinning\/([a-z0-9.-]+)/g)].map((match) => match[1] ?? ''),
    ]);
    expect(named.length).toBeGreaterThan(30);
    for (const id of named) expect(simulatorById('page-pinning')?.scenario(id)?.id).toBe(id);
  });
});
