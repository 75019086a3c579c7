/** The paths: which locks a task takes in which order, by the code that fills and the series that are applied. */
import type { Citation } from '../kit/simulator.ts';
import type { LockName, Mode } from './locks.ts';
import type { Code, Setup, TaskKind } from './state.ts';

/** `why` ends a sentence that begins with what is done. */
export type Op = { why: string; source: Citation } & (
  | { do: 'take'; lock: LockName; mode: Mode }
  | { do: 'drop'; lock: LockName }
  /** `may`: a lock the function would take in other circumstances, which lockdep is told about all the same. */
  | { do: 'work'; what: string; may?: { lock: LockName; mode: Mode } }
);

/** Every state of a run has the one setup: paths are kept with it, because exploring asks for them at each step. */
const known = new WeakMap<Setup, Map<TaskKind, readonly Op[]>>();

export function pathOf(setup: Setup, does: TaskKind): readonly Op[] {
  const paths = known.get(setup) ?? new Map<TaskKind, readonly Op[]>();
  known.set(setup, paths);
  const path = paths.get(does) ?? makePath(setup, does);
  paths.set(does, path);
  return path;
}

function makePath(setup: Setup, does: TaskKind): readonly Op[] {
  switch (does) {
    case 'fill':
      return fill(setup);
    case 'user-fault':
      return userFault(setup);
    case 'mmap-call':
      return mmapCall();
    case 'punch-hole':
      return punchHole();
    case 'bind':
      return bind();
    case 'release':
      return release();
    case 'set-attributes':
      return setAttributes();
    case 'guest-fault':
      return guestFault(setup);
  }
}

function take(lock: LockName, mode: Mode, why: string, source: Citation): Op {
  return { do: 'take', lock, mode, why, source };
}

function drop(lock: LockName, source: Citation, why = ''): Op {
  return { do: 'drop', lock, why, source };
}

function gmem(name: string, kernel = '6.16-7.0'): Citation {
  return { where: `virt/kvm/guest_memfd.c ${name}()`, kernel };
}

const RFC = 'Yan Zhao, RFC of 3 Jul 2025';
const SERIES: Citation = {
  where: `${RFC}, on the series of Michael Roth (2 MB) and Ackerley Tng (in-place conversion)`,
};
const GUP: Citation = { where: 'mm/gup.c get_user_pages_fast()', kernel: '6.16' };
const MERGED_7: Citation = { where: 'commit 2a62345b3052, GUP source pages before populating', kernel: '7.0' };

function fill(setup: Setup): Op[] {
  const { code } = setup;
  const outer: Citation =
    code === 'open-coded'
      ? { where: `${RFC}: tdx_init_mem_populate()` }
      : { where: 'arch/x86/kvm/vmx/tdx.c tdx_vcpu_init_mem_region()', kernel: code };
  const begin = take('S', 'write', 'slots and attributes stay as they are until it is done', outer);
  const end = drop('S', outer, 'the page is in the TD');
  if (code === 'open-coded') return [begin, ...source(setup), ...getPfn(setup, '6.16'), ...addUnderLock(outer), end];
  const populate = code === '7.0' ? MERGED_7 : gmem('kvm_gmem_populate', code);
  const locked = [
    take('F', 'write', 'no hole can be punched while the page is at work', populate),
    take('f', 'write', '__kvm_gmem_get_pfn() finds or allocates the page', populate),
    drop('f', populate, 'before the callback it lets go of the page'),
  ];
  const unlock = drop('F', populate, 'the callback is done');
  if (code === '7.0') return [begin, ...source(setup), ...locked, ...mapInHand(code), unlock, end];
  const map = code === '6.19' ? mapInHand(code) : mapByFault(setup);
  return [begin, ...locked, ...source(setup), ...map, unlock, end];
}

/** Looking up the page that is copied from. */
function source({ code, source, mmapFault }: Setup): Op[] {
  const cite = code === '7.0' ? MERGED_7 : GUP;
  const found = 'get_user_pages_fast() finds the source page';
  if (source === 'mapped') {
    const may = { lock: 'M', mode: 'read' } as const;
    return [
      { do: 'work', what: 'finds the source', why: `${found} in the page table, without a lock`, source: cite, may },
    ];
  }
  const end = drop('M', cite, 'it has the source page');
  if (source === 'same-file' && mmapFault) {
    const why = 'the source lies in a mapping of the file that is filled, and the slow path must fault it in';
    return [take('M', 'read', why, cite), ...fileFault(), end];
  }
  return [take('M', 'read', 'the source page is not in the page table, the slow path faults it in', cite), end];
}

/** 6.16: a page fault is acted out, though the page is known; PAGE.ADD comes after it. */
function mapByFault(setup: Setup): Op[] {
  const map: Citation = { where: 'arch/x86/kvm/mmu/mmu.c kvm_tdp_map_page()', kernel: '6.16' };
  return [
    ...getPfn(setup, '6.16'),
    take('U', 'read', 'the page is entered in the mirror table', map),
    drop('U', map, 'the mirror has the page'),
    pageAdd({ where: 'arch/x86/kvm/vmx/tdx.c tdx_gmem_post_populate()', kernel: '6.16' }),
  ];
}

/** 6.19: the PFN from populate is mapped as it is, and PAGE.ADD is part of that. */
function mapInHand(code: Code): Op[] {
  const map: Citation = { where: 'arch/x86/kvm/mmu/mmu.c kvm_tdp_mmu_map_private_pfn()', kernel: code };
  return [
    take('U', 'read', 'the PFN in hand is mapped as it is, so no lock of the file is asked for', map),
    pageAdd(map),
    drop('U', map, 'mirror and S-EPT have the page'),
  ];
}

/** The RFC: map by a fault, then look the page up again under mmu_lock. */
function addUnderLock(outer: Citation): Op[] {
  return [
    take('U', 'read', 'the page is entered in the mirror table', outer),
    drop('U', outer, 'the mirror has the page'),
    take('U', 'read', 'it asks the mirror which page is mapped; mmu_lock keeps it there', outer),
    pageAdd(outer),
    drop('U', outer, 'the S-EPT has the page'),
  ];
}

function pageAdd(source: Citation): Op {
  const why = 'TDH.MEM.PAGE.ADD copies the source, encrypts it and enters the page in the S-EPT';
  return { do: 'work', what: 'PAGE.ADD', why, source };
}

function getPfn({ getPfn }: Setup, kernel: string): Op[] {
  const cite = getPfn ? SERIES : gmem('kvm_gmem_get_pfn', kernel);
  const looks = 'kvm_gmem_get_pfn() looks the page up';
  const page = [
    take('f', 'write', getPfn ? looks : `${looks} and asks for no lock of the file`, cite),
    drop('f', cite, 'kvm_gmem_get_pfn() has the PFN'),
  ];
  if (!getPfn) return page;
  const why = 'kvm_gmem_get_pfn() would guard the state of the page with it';
  return [take('F', 'read', why, SERIES), ...page, drop('F', SERIES, 'kvm_gmem_get_pfn() returns')];
}

function fileFault(): Op[] {
  return [
    take('F', 'read', 'a fault on the mapped guest_memfd would ask under it whether the page is shared', SERIES),
    drop('F', SERIES, 'the fault has its page'),
  ];
}

function userFault({ mmapFault }: Setup): Op[] {
  const cite: Citation = { where: 'arch/x86/mm/fault.c do_user_addr_fault()', kernel: '6.16' };
  const begin = take('M', 'read', 'a thread of the VMM touches a page that is not mapped', cite);
  const end = drop('M', cite, 'the page is mapped');
  if (mmapFault) return [begin, ...fileFault(), end];
  const why = 'the memory is ordinary, and no lock of a guest_memfd is needed';
  return [begin, { do: 'work', what: 'maps it', why, source: cite }, end];
}

function mmapCall(): Op[] {
  const cite: Citation = { where: 'mm/util.c vm_mmap_pgoff()', kernel: '6.16' };
  const what: Op = { do: 'work', what: 'mmap()', why: 'the address space changes', source: cite };
  return [take('M', 'write', 'a thread of the VMM calls mmap()', cite), what, drop('M', cite, 'mmap() returns')];
}

function punchHole(): Op[] {
  const cite = gmem('kvm_gmem_punch_hole');
  return [
    take('F', 'write', 'no page may come or go while the hole is made', cite),
    take('U', 'write', 'the mappings of the range are zapped', cite),
    drop('U', cite, 'nothing maps the range any more'),
    take('f', 'write', 'the page is taken out of the file', cite),
    drop('f', cite, 'the page is gone'),
    take('U', 'write', 'the invalidation ends', cite),
    drop('U', cite, 'faults may map the range again'),
    drop('F', cite, 'the hole is made'),
  ];
}

function bind(): Op[] {
  const cite = gmem('kvm_gmem_bind', '6.16');
  return [
    take('S', 'write', 'a memory slot is being made', {
      where: 'virt/kvm/kvm_main.c kvm_vm_ioctl_set_memory_region()',
      kernel: '6.16',
    }),
    take('F', 'write', 'the slot is entered in the file', cite),
    drop('F', cite, 'the file knows the slot'),
    drop('S', cite, 'the slot is there'),
  ];
}

function release(): Op[] {
  const cite = gmem('kvm_gmem_release', '6.16');
  return [
    take('S', 'write', 'the file goes, and no slot may be made or deleted meanwhile', cite),
    take('F', 'write', 'its bindings go', cite),
    take('U', 'write', 'everything it had mapped is zapped', cite),
    drop('U', cite, 'nothing maps it any more'),
    drop('F', cite, 'the bindings are gone'),
    drop('S', cite, 'the file is closed'),
  ];
}

function setAttributes(): Op[] {
  const cite: Citation = { where: 'virt/kvm/kvm_main.c kvm_vm_set_mem_attributes()', kernel: '6.16' };
  return [
    take('S', 'write', 'attributes change under it', cite),
    take('U', 'write', 'the old view of the range is zapped', cite),
    drop('U', cite, 'nothing maps the old view any more'),
    drop('S', cite, 'the attributes are stored'),
  ];
}

function guestFault(setup: Setup): Op[] {
  const cite: Citation = { where: 'arch/x86/kvm/mmu/mmu.c kvm_tdp_page_fault()', kernel: '6.16' };
  return [
    ...getPfn(setup, '6.16'),
    take('U', 'read', 'the page is entered in the table', cite),
    drop('U', cite, 'the guest may use the page'),
  ];
}
