/** The machine of every run: 64 GB in three TDMRs, the sizes of which are chosen so that its PAMTs take the documented 262668 KB. */

/** 2 GB below the hole for devices, 30 GB above it, and 32 GB of a second node. */
export const TDMR_GB = [2, 30, 32] as const;

export const CPUS_PER_PACKAGE = 2;

/** 16 bytes for each page of 4 KB, 2 MB and 1 GB, each table rounded up to whole pages of 4 KB. */
export function pamtKb(gb: number): number {
  const pages = Math.ceil((gb * 262144 * 16) / 4096) + Math.ceil((gb * 512 * 16) / 4096) + Math.ceil((gb * 16) / 4096);
  return pages * 4;
}

/** 64 entries of 1024 bytes, each with room for 16 reserved areas, in one piece. */
export const TDMR_LIST_KB = 64;

/** IA32_MKTME_KEYID_PARTITIONING of this machine, as in the example of the documentation: TDX has KeyIDs 16 to 63. */
export const KEYIDS = { first: 16, many: 48 } as const;
