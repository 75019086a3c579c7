import type { Hold, Kernel, Setup, State } from './state.ts';

/** `1 zap`, `2 zaps`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

export function sizeInWords(size: Setup['size']): string {
  return size === '4K' ? '4 KB' : '2 MB';
}

/** Targets of this size as memory: `4 KB`, `20 MB`. */
export function memoryInWords(pages: number, size: Setup['size']): string {
  return size === '4K' ? `${4 * pages} KB` : `${2 * pages} MB`;
}

export const HOLD_LABELS: Readonly<Record<Hold, string>> = {
  none: 'nobody holds it',
  reference: 'extra reference',
  pin: 'pinned up front',
  'demand-pin': 'pinned on demand',
  'guest-memfd': 'guest_memfd',
};

export const KERNEL_LABELS: Readonly<Record<Kernel, string>> = {
  '6.8': '6.8',
  '6.16': '6.16',
  later: 'later kernels',
};

/** What kind of memory the page is. */
export function kindInWords({ hold, mapping, size }: Setup): string {
  if (hold === 'guest-memfd') return '4 KB of guest_memfd, without a user mapping';
  const memory = mapping === 'private' ? 'anonymous memory, mapped privately' : 'shared memory, mapped MAP_SHARED';
  return `${size === '4K' ? '4 KB' : '2 MB (a THP)'} of ${memory}`;
}

/** Who holds the page, as the end of a sentence about it. */
export function heldInWords({ hold, references }: Setup): string {
  switch (hold) {
    case 'none':
      return 'held by nobody';
    case 'reference':
      return `held by ${count(references, 'extra reference')}`;
    case 'pin':
      return 'pinned before the guest runs';
    case 'demand-pin':
      return 'pinned at the first touch';
    case 'guest-memfd':
      return 'neither referenced nor pinned for the guest';
  }
}

/** The entry of the VMM's page table in the words of the kernel. */
export function entryInWords({ page, setup }: State): string {
  switch (page.entry) {
    case 'present':
      return 'present';
    case 'prot-none':
      return 'PROT_NONE';
    case 'migration':
      return 'migration entry';
    case 'none':
      return setup.hold === 'guest-memfd' ? 'none, ever' : 'none yet';
  }
}

export function tableName(size: Setup['size']): 'PTE' | 'PMD' {
  return size === '4K' ? 'PTE' : 'PMD';
}
