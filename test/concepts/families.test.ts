import { describe, expect, it } from 'vitest';
import { glossary } from '#concepts';
import { around, note } from './invented.ts';

const all = glossary([
  note('ret-pf', ['RET_PF_*']),
  note('ret-pf-retry', ['RET_PF_RETRY']),
  note('tdh', ['TDH.*']),
  note('tdh-mem', ['TDH.MEM.*']),
  note('tdh-mem-page-add', ['TDH.MEM.PAGE.ADD']),
  note('exit', ['KVM_EXIT_*']),
  note('tdx-functions', ['tdx_*']),
  note('configs', ['kconfig'], { asked: ['CONFIG_*'] }),
]);

/** Each term found in the text: its spelling, the first note, and the family that the note is of. */
function read(text: string): string[] {
  return all.lexicon.matches(text).map((match) => {
    const [first, ...others] = all.meanings(match, around(text));
    expect(others).toEqual([]);
    return [match.text, first?.concept.id, ...(first?.family === undefined ? [] : [`of ${first.family}`])].join(' ');
  });
}

describe('a name of a family', () => {
  it('means its own note where there is one', () => {
    expect(read('RET_PF_RETRY and TDH.MEM.PAGE.ADD')).toEqual([
      'RET_PF_RETRY ret-pf-retry',
      'TDH.MEM.PAGE.ADD tdh-mem-page-add',
    ]);
  });

  it('means the family where it has none, and says which', () => {
    expect(read('RET_PF_NEW, KVM_EXIT_HLT, tdx_frob() of TDH.MEM.SEPT.RD')).toEqual([
      'RET_PF_NEW ret-pf of RET_PF_*',
      'KVM_EXIT_HLT exit of KVM_EXIT_*',
      'tdx_frob() tdx-functions of tdx_*',
      'TDH.MEM.SEPT.RD tdh-mem of TDH.MEM.*',
    ]);
  });

  it('means the nearest of two families', () => {
    expect(read('TDH.SYS.INFO')).toEqual(['TDH.SYS.INFO tdh of TDH.*']);
    expect(read('TDH.MEM.TRACK')).toEqual(['TDH.MEM.TRACK tdh-mem of TDH.MEM.*']);
  });

  it('is the family itself when it is written with its star', () => {
    expect(read('all RET_PF_* and TDH.MEM.* there are')).toEqual(['RET_PF_* ret-pf', 'TDH.MEM.* tdh-mem']);
  });

  it('is told of also to who asks for it by itself', () => {
    const asked = (term: string) => all.explain(term).map(({ concept, family }) => [concept.id, family]);
    expect(asked('RET_PF_NEW')).toEqual([['ret-pf', 'RET_PF_*']]);
    expect(asked('RET_PF_RETRY')).toEqual([['ret-pf-retry', undefined]]);
    expect(asked('ret_pf_*')).toEqual([['ret-pf', undefined]]);
    expect(asked('CONFIG_FROB')).toEqual([['configs', 'CONFIG_*']]);
    expect(asked('TDH.MEM.SEPT.RD')).toEqual([['tdh-mem', 'TDH.MEM.*']]);
  });
});
