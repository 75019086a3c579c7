/** What the kernel does by itself before it hands anything over: limits, memory list, TDMRs, PAMTs, reserved areas. */
import { atLeast, tdx } from './kernel.ts';
import { pamtKb, TDMR_GB, TDMR_LIST_KB } from './machine.ts';
import { type Draft, held, isAllocated, type Pamt } from './state.ts';
import { failingSeamcall, mark, seamcall, type Told, unwind } from './told.ts';
import { count, errnoInWords, sizeInWords } from './words.ts';

export function metadata(draft: Draft): Told {
  const source = tdx('get_tdx_sys_info(), read_sys_metadata_field()', '6.8-7.2');
  if (draft.setup.fails === 'metadata') {
    const errno = failingSeamcall(draft, 'TDH.SYS.RD');
    mark(draft, 'metadata', 'failed', errnoInWords(errno));
    unwind(draft, errno, isAllocated(draft) ? 'free-lists' : 'give-up');
    const cost = isAllocated(draft)
      ? 'In 6.8 the memory list stands by now and has to go.'
      : 'Nothing has been allocated yet.';
    const because = `TDH.SYS.RD fails for the first field, with a status that Linux prints and turns into ${errnoInWords(errno)}. ${cost}`;
    return { outcome: 'refused', rule: 'metadata-fails', because, source };
  }
  seamcall(draft, 'TDH.SYS.RD');
  mark(draft, 'metadata', 'done', 'read');
  draft.due = draft.setup.kernel === '6.8' ? 'tdmrs' : 'memory-list';
  const bug = atLeast(draft.setup.kernel, '6.16')
    ? ' It also promises to leave RBP alone; a module that does not gets -EINVAL.'
    : '';
  const because = `The module says how many TDMRs it takes (64), how many reserved areas each (16), and how large a PAMT entry is (16 bytes).${bug}`;
  return { outcome: 'done', rule: 'metadata', because, source };
}

export function memoryList(draft: Draft): Told {
  draft.memoryList = true;
  mark(draft, 'memory-list', 'done', '64 GB');
  draft.due = draft.setup.kernel === '6.8' ? 'metadata' : 'tdmrs';
  const because =
    'All memory that the page allocator has, 64 GB but for the first MB, goes on the list of TDX memory; until the end no memory may come online.';
  return { outcome: 'done', rule: 'memory-list', because, source: tdx('build_tdx_memlist()') };
}

export function tdmrs(draft: Draft): Told {
  draft.tdmrList = true;
  mark(draft, 'tdmrs', 'done', `${TDMR_GB.length}: ${TDMR_GB.join(', ')} GB`);
  draft.due = 'pamt';
  const because = `${TDMR_LIST_KB} KB in one piece hold the descriptions of 64 TDMRs; ${TDMR_GB.length} are filled in, of ${TDMR_GB.join(', ')} GB.`;
  return { outcome: 'done', rule: 'tdmrs', because, source: tdx('alloc_tdmr_list(), fill_out_tdmrs()') };
}

/** One PAMT. Late on a busy machine only the smallest finds its room. */
export function pamt(draft: Draft): Told {
  const source = tdx('tdmr_set_up_pamt()');
  const index = held(draft.pamts).length;
  const gb = draft.pamts[index]?.gb ?? 0;
  const wanted = pamtKb(gb);
  const late = draft.cutUp && index > 0;
  if (draft.setup.fails !== 'pamt' && !late) {
    draft.pamts = withHolder(draft.pamts, index, 'kernel');
    const all = index + 1 === draft.pamts.length;
    mark(draft, 'pamts', 'done', `${index + 1} of ${draft.pamts.length}`);
    draft.due = all ? 'reserved' : 'pamt';
    const when = draft.call?.by === 'boot' ? 'At boot that is no question.' : 'This time it is there.';
    const because = `The PAMT of TDMR ${index} (${gb} GB) takes ${sizeInWords(wanted)} in one piece. ${when}`;
    return { outcome: 'done', rule: 'pamt', because, source };
  }
  mark(draft, 'pamts', 'failed', `${index} of ${draft.pamts.length}, -ENOMEM`);
  unwind(draft, 'ENOMEM', index > 0 ? 'free-pamts' : 'free-lists');
  const had = held(draft.pamts).reduce((sum, each) => sum + pamtKb(each.gb), 0);
  const back = index === 0 ? 'It is the first PAMT' : `The ${sizeInWords(had)} found so far will go back`;
  const because = `The PAMT of TDMR ${index} (${gb} GB) needs ${sizeInWords(wanted)} in one piece, and neither node has them: -ENOMEM. ${back}; a smaller PAMT is no way out.`;
  return { outcome: 'refused', rule: 'no-room-for-pamt', because, source };
}

export function reserved(draft: Draft): Told {
  mark(draft, 'reserved', 'done', 'within 16');
  draft.due = 'config';
  const kb = TDMR_GB.reduce((sum, gb) => sum + pamtKb(gb), 0);
  const because = `Holes and the ${count(draft.pamts.length, 'PAMT')}, ${sizeInWords(kb)} together, are listed as reserved areas of the TDMRs they lie in.`;
  return { outcome: 'done', rule: 'reserved-areas', because, source: tdx('tdmrs_populate_rsvd_areas_all()') };
}

export function withHolder(pamts: readonly Pamt[], index: number, holder: Pamt['holder']): Pamt[] {
  return pamts.map((each, place) => (place === index ? { ...each, holder } : each));
}
