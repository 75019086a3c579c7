import { describe, expect, it } from 'vitest';
import { glossary } from '#concepts';
import { note } from './invented.ts';

const notes = [
  note('cma', ['CMA'], { scope: { near: ['pages'], needsNear: true }, expansion: 'Contiguous Memory Allocator' }),
  note('cma-attach', ['CMA'], { scope: { near: ['ptrace'], needsNear: true } }),
  note('ret-pf', ['RET_PF_*']),
  note('page-fault', ['page fault']),
  note('s-ept', ['S-EPT']),
  note('version', ['respin'], { asked: ['v#', 'PATCH v#', '#/#', 'CONFIG_', 'CONFIG_*'] }),
];
const all = glossary(notes);
const explained = (term: string, near?: string) => all.explain(term, near).map(({ concept }) => concept.id);

describe('asking for a word by itself', () => {
  it('gives all its meanings, whatever their scope', () => {
    expect(explained('CMA')).toEqual(['cma', 'cma-attach']);
  });

  it('puts the meaning first that fits the words given with it', () => {
    expect(explained('CMA', 'a ptrace permission')).toEqual(['cma-attach', 'cma']);
    expect(all.explain('CMA', 'a ptrace permission')[0]?.because).toBe('"ptrace" stands near');
  });

  it.each([
    ['cma', ['cma', 'cma-attach']],
    ['contiguous memory allocators', ['cma']],
    ['  CMA ', ['cma', 'cma-attach']],
    ['RET_PF_WHATEVER', ['ret-pf']],
    ['ret_pf_*', ['ret-pf']],
    ['Page-Faults', ['page-fault']],
    ['s-ept', ['s-ept']],
    ['S EPT', ['s-ept']],
    ['cma-attach', ['cma-attach']],
    ['v2', ['version']],
    ['patch V12', ['version']],
    ['07/22', ['version']],
    ['config_', ['version']],
    ['CONFIG_PROVE_LOCKING', ['version']],
  ])('forgives how it is written: %s', (term, ids) => {
    expect(explained(term)).toEqual(ids);
  });

  it('knows more than is marked in a text: words too plain, and families with any number', () => {
    expect(all.lexicon.matches('The v12 of 07/22 needs CONFIG_ of v2.')).toEqual([]);
  });

  it.each(['', ' ', 'CM', 'v', 'v2x', '#', 'the CMA is', 'nothing', '*', '__proto__', 'constructor'])(
    'knows nothing of "%s"',
    (term) => {
      expect(explained(term)).toEqual([]);
    },
  );
});

describe('a glossary', () => {
  it('takes the later of two notes with one id, so that a reader may replace ours', () => {
    const mine = note('cma', ['CMA', 'my CMA']);
    const both = glossary([...notes, mine]);
    expect(both.byId.get('cma')).toBe(mine);
    expect(both.concepts).toHaveLength(notes.length);
    expect(both.lexicon.matches('my CMA')[0]?.concepts).toEqual(['cma']);
  });

  it('finds nothing when it is empty', () => {
    expect(glossary([]).lexicon.matches('PAMT, TDX and all')).toEqual([]);
  });
});
