/** What comes back from the TDX module, and what Linux makes of it: sc_retry_prerr(). */

export type Errno = 'EACCES' | 'EINVAL' | 'EIO' | 'ENODEV' | 'ENOMEM' | 'ENOSYS' | 'EOPNOTSUPP';

const NUMBERS: Readonly<Record<Errno, number>> = {
  EIO: 5,
  ENOMEM: 12,
  EACCES: 13,
  ENODEV: 19,
  EINVAL: 22,
  ENOSYS: 38,
  EOPNOTSUPP: 95,
};

/** As the kernel prints it: `-12`. */
export function numberOf(errno: Errno): number {
  return -NUMBERS[errno];
}

/** How a SEAMCALL ends: in the module with a status, or before it gets there. Status codes are 64 bits, in hex. */
export type Ending = 'success' | 'no-vmxon' | 'no-module' | 'general-protection' | 'no-entropy' | { status: string };

export const NO_ENTROPY = '8000020300000000';

/** In all; RDRAND_RETRY_LOOPS. */
export const MOST_CALLS = 10;

/** The numbers of the services, as they stand in the log. */
export const LEAVES = {
  'TDH.SYS.KEY.CONFIG': 31,
  'TDH.SYS.INIT': 33,
  'TDH.SYS.RD': 34,
  'TDH.SYS.LP.INIT': 35,
  'TDH.SYS.TDMR.INIT': 36,
  'TDH.SYS.CONFIG': 45,
} as const;

/** The status that stands for a failure of each service where the reader lets it fail; which one a module gives is its own affair. */
const FAILURES: Readonly<Record<keyof typeof LEAVES, string>> = {
  'TDH.SYS.KEY.CONFIG': '8000080000000000',
  'TDH.SYS.INIT': 'c000010000000000',
  'TDH.SYS.RD': 'c0000c0200000000',
  'TDH.SYS.LP.INIT': 'c000010000000000',
  'TDH.SYS.TDMR.INIT': 'c000010000000000',
  'TDH.SYS.CONFIG': 'c000010000000000',
};

export function failureOf(leaf: keyof typeof LEAVES): Ending {
  return { status: FAILURES[leaf] };
}

export type Mapped = { errno: Errno | null; log: readonly string[] };

/** Faults and a missing module have errors of their own and print nothing here; any other status is printed and becomes -EIO. */
export function mapEnding(leaf: keyof typeof LEAVES, ending: Ending): Mapped {
  if (ending === 'success') return { errno: null, log: [] };
  if (ending === 'no-vmxon') return { errno: 'EACCES', log: [] };
  if (ending === 'no-module') return { errno: 'ENODEV', log: [] };
  if (ending === 'general-protection') return { errno: 'EOPNOTSUPP', log: [] };
  const status = ending === 'no-entropy' ? NO_ENTROPY : ending.status;
  const number = LEAVES[leaf].toString(16).padStart(16, '0');
  return { errno: 'EIO', log: [`virt/tdx: SEAMCALL (0x${number}) failed: 0x${status}`] };
}
