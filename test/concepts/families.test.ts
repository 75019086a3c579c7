import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary } from '#concepts';
import { readNotes } from '#concepts/node';
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

describe('of our notes a reader gets for a name of the kernel', () => {
  let ours: Glossary;
  beforeAll(async () => {
    ours = glossary((await readNotes(join(import.meta.dirname, '../../src/concepts/notes'))).concepts);
  });

  it.each([
    ['KVM_EXIT_HLT', 'kvm-exit', 'KVM_EXIT_*'],
    ['KVM_EXIT_MEMORY_FAULT', 'kvm-exit-memory-fault', undefined],
    ['KVM_CAP_GUEST_MEMFD', 'kvm-cap', 'KVM_CAP_*'],
    ['KVM_REQ_UNHALT', 'kvm-request', 'KVM_REQ_*'],
    ['KVM_HC_KICK_CPU', 'hypercall', 'KVM_HC_*'],
    ['KVM_TDX_INIT_VCPU', 'kvm-tdx-commands', 'KVM_TDX_*'],
    ['RET_PF_NEW', 'ret-pf', 'RET_PF_*'],
    ['RET_PF_RETRY', 'ret-pf-retry', undefined],
    ['TDH.MEM.SEPT.ADD', 'tdh', 'TDH.*'],
    ['TDH.MEM.PAGE.AUG', 'tdh-mem-page-aug', undefined],
    ['tdh_vp_enter()', 'tdh', 'tdh_*'],
    ['TDG.MR.REPORT', 'tdcall', 'TDG.*'],
    ['tdx_td_init()', 'tdx-names', 'tdx_*'],
    ['tdx_enable', 'tdx-enable', undefined],
    ['GFP_DMA32', 'gfp-flags', 'GFP_*'],
    ['__GFP_NOFAIL', 'gfp-flags', '__GFP_*'],
    ['FOLL_WRITE', 'get-user-pages', 'FOLL_*'],
    ['FOLL_LONGTERM', 'long-term-pin', undefined],
    ['MSR_IA32_TSC', 'msr', 'MSR_IA32_*'],
    ['EXIT_REASON_EPT_VIOLATION', 'vm-exit', 'EXIT_REASON_*'],
    ['PG_LEVEL_2M', 'page-table-levels', 'PG_LEVEL_*'],
  ])('%s the note %s, as one of %s', (name, id, family) => {
    const text = `Here ${name} is named.`;
    const [match] = ours.lexicon.matches(text).filter((one) => one.text === name);
    const [meaning] = match ? ours.meanings(match, around(text)) : [];
    expect([meaning?.concept.id, meaning?.family]).toEqual([id, family]);
    expect(ours.explain(name)[0]).toMatchObject({ concept: { id } });
  });

  it.each(['PG_STATE', 'MSR_PR'])('%s nothing, where nothing says that it is ours', (name) => {
    const text = `The driver sets ${name} here.`;
    const found = ours.lexicon.matches(text).flatMap((match) => ours.meanings(match, around(text)));
    expect(found.map(({ concept }) => concept.id)).toEqual([]);
  });
});
