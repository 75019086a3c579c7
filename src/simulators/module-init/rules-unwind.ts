/** The way back after an error, in the order of the labels at the end of init_tdx_module(). */
import { atLeast, tdx } from './kernel.ts';
import { pamtKb } from './machine.ts';
import { numberOf } from './seamcall.ts';
import { type Draft, held, onlineCpus } from './state.ts';
import { mark, print, type Told } from './told.ts';
import { count, errnoInWords, sizeInWords } from './words.ts';

/** err_reset_pamts: only after TDH.SYS.CONFIG. From 6.18 on MOVDIR64B is left out where it is not needed. */
export function resetPamts(draft: Draft): Told {
  const always = !atLeast(draft.setup.kernel, '6.18');
  const clears = always || draft.setup.erratum;
  draft.pamts = draft.pamts.map((each) => ({ ...each, holder: clears ? 'reset' : 'flushed' }));
  mark(draft, 'config', 'undone', 'PAMTs taken back');
  draft.due = 'free-pamts';
  const kb = held(draft.pamts).reduce((sum, each) => sum + pamtKb(each.gb), 0);
  const flush = `WBINVD on ${count(onlineCpus(draft.setup), 'CPU')}, so that nothing under the module's key is written back later`;
  const write = !clears
    ? 'without the partial write erratum the first ordinary store makes the pages normal again'
    : `then MOVDIR64B, 64 bytes at a time, over ${sizeInWords(kb)}${
        draft.setup.erratum
          ? ': a smaller write would poison them'
          : '; 6.18 leaves this out on CPUs without the erratum'
      }`;
  const source = always
    ? tdx('init_tdx_module() err_reset_pamts, tdmrs_reset_pamt_all()', '6.8-6.17')
    : tdx('init_tdx_module() err_reset_pamts, tdmrs_quirk_reset_pamt_all()', '6.18-7.2');
  return { outcome: 'done', rule: 'reset-pamts', because: `${flush}; ${write}.`, source };
}

export function freePamts(draft: Draft): Told {
  const had = held(draft.pamts);
  const kb = had.reduce((sum, each) => sum + pamtKb(each.gb), 0);
  draft.dirtyFrees += had.filter((each) => each.holder === 'module').length;
  draft.pamts = draft.pamts.map((each) => ({ ...each, holder: 'nobody' }));
  draft.configured = false;
  const failed = draft.marks.pamts?.went === 'failed';
  mark(draft, 'pamts', failed ? 'failed' : 'undone', failed ? `${draft.marks.pamts?.text}, freed` : 'freed');
  draft.due = 'free-lists';
  const many = had.length > 1;
  const state = had.some((each) => each.holder === 'kernel')
    ? `just as ${many ? 'they are: the module never had them' : 'it is: the module never had it'}`
    : 'clean';
  const because = `${count(had.length, 'PAMT')}, ${sizeInWords(kb)}, ${many ? 'go' : 'goes'} back to the page allocator, ${state}.`;
  return { outcome: 'done', rule: 'free-pamts', because, source: tdx('tdmrs_free_pamt_all()') };
}

export function freeLists(draft: Draft): Told {
  const both = draft.tdmrList;
  draft.tdmrList = false;
  draft.memoryList = false;
  if (both) mark(draft, 'tdmrs', 'undone', 'freed');
  mark(draft, 'memory-list', 'undone', 'freed');
  draft.due = 'give-up';
  const because = `${both ? 'The TDMR list and the memory list are' : 'The memory list is'} freed; with it gone the hotplug notifier lets any memory come online again.`;
  return { outcome: 'done', rule: 'free-lists', because, source: tdx('free_tdmr_list(), free_tdx_memlist()') };
}

export function giveUp(draft: Draft): Told {
  const errno = draft.errno ?? 'EIO';
  const boot = atLeast(draft.setup.kernel, '7.1');
  draft.status = 'ERROR';
  draft.due = 'answer';
  print(draft, `virt/tdx: ${boot ? 'TDX-Module' : 'module'} initialization failed (${numberOf(errno)})`);
  const because = boot
    ? `TDX stays uninitialized (${errnoInWords(errno)}). There is no ERROR state any more: the initcall cannot run a second time.`
    : `The state becomes ERROR, which is final for this boot; the first caller learns ${errnoInWords(errno)}, every later one -EINVAL.`;
  const source = boot ? tdx('tdx_enable()', '7.1-7.2') : tdx('__tdx_enable()', '6.8-7.0');
  return { outcome: 'refused', rule: 'give-up', because, source };
}
