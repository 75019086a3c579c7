import type { Json } from '../kit/simulator.ts';
import { factsOf, isMisled, isStale, type Page, type State } from './state.ts';
import { PAGE_BYTES } from './words.ts';

/** What a run came to. Addresses and sizes of exits in bytes, memory in pages of 4 KB. */
export function report(state: State): Json {
  const { setup, pages, host, counts } = state;
  return {
    vm: setup.vm,
    kernel: setup.kernel,
    created: state.created,
    ok: state.created && !state.dead && state.exit?.reason !== 'error',
    host_sees_kind_of_access: factsOf(state).seesKind,
    exits: state.exits.map((exit): Json => {
      if (exit.reason === 'error') return { errno: exit.errno, gpa: exit.page * PAGE_BYTES };
      if (exit.reason === 'hypercall') {
        const { from, count, to } = exit;
        return { reason: 'KVM_EXIT_HYPERCALL', nr: 12, gpa: from * PAGE_BYTES, pages: count, to };
      }
      const { page, private: isPrivate } = exit;
      return { reason: 'KVM_EXIT_MEMORY_FAULT', gpa: page * PAGE_BYTES, size: PAGE_BYTES, private: isPrivate };
    }),
    faults: counts.faults,
    retries: counts.retries,
    memory_fault_exits: counts.memoryFaults,
    hypercall_exits: counts.hypercalls,
    pages: pages.map((page) => ({
      ...(factsOf(state).privateMemory ? { attribute: page.attribute } : {}),
      mapped: mappedAs(state, page),
    })),
    host_pages: { total: host.length, ...usage(state) },
    stale_mappings: pages.filter(isStale).length,
    silent_mismatches: pages.filter((page) => isMisled(state, page)).length,
  };
}

function mappedAs(state: State, { mapped }: Page): string {
  if (mapped.private !== undefined) return mapped.shared === undefined ? 'private' : 'private and shared';
  if (mapped.shared === undefined) return 'none';
  return state.setup.vm === 'sev' ? 'kind unknown' : 'shared';
}

interface Usage {
  free: number;
  user_memory: number;
  guest_memfd: number;
  /** Guest pages that have a host page in both. */
  in_both_views: number;
  pinned: number;
}

export function usage({ host, pages }: State): Usage & { [name: string]: number } {
  const held = (where: string) => host.filter((page) => page.held === where).length;
  return {
    free: held('free'),
    user_memory: held('user'),
    guest_memfd: held('file'),
    in_both_views: pages.filter((page) => page.user !== undefined && page.file !== undefined).length,
    pinned: pages.filter((page) => page.pinned).length,
  };
}
