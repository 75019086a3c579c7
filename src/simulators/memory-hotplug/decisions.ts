/** The rules themselves: who lets which memory in. The steps of a run and the answers to raw questions both ask here. */
import { isInsideOne, type PageRange } from './ranges.ts';

/** What a memory notifier can be told (include/linux/memory.h; the last two in 6.8 to 6.18 only). */
export const ACTIONS = [
  'MEM_ONLINE',
  'MEM_GOING_OFFLINE',
  'MEM_OFFLINE',
  'MEM_GOING_ONLINE',
  'MEM_CANCEL_ONLINE',
  'MEM_CANCEL_OFFLINE',
  'MEM_PREPARE_ONLINE',
  'MEM_FINISH_OFFLINE',
] as const;

export type Action = (typeof ACTIONS)[number];

/** May this range be added? */
export interface AddQuestion {
  /** The BIOS has enabled TDX. */
  platform: boolean;
  initialized: boolean;
  cmrs: readonly PageRange[];
  range: PageRange;
}

export type AddAnswer = {
  admit: boolean;
  reason: 'no-tdx' | 'platform' | 'initialized' | 'not-convertible' | 'in-cmr';
};

/** Approach 1 of the mail: a platform with TDX takes no new memory. */
export function approach1({ platform }: AddQuestion): AddAnswer {
  return platform ? { admit: false, reason: 'platform' } : { admit: true, reason: 'no-tdx' };
}

/** Approach 2 of the mail, in the order of its sketch: initialized, then the CMRs. */
export function approach2({ platform, initialized, cmrs, range }: AddQuestion): AddAnswer {
  if (!platform) return { admit: true, reason: 'no-tdx' };
  if (initialized) return { admit: false, reason: 'initialized' };
  return isInsideOne(range, cmrs) ? { admit: true, reason: 'in-cmr' } : { admit: false, reason: 'not-convertible' };
}

export type Notified = 'NOTIFY_OK' | 'NOTIFY_BAD';

/** tdx_memory_notifier(), 6.8-6.16. The list is empty as long as the module is not initialized, and without TDX. */
export function notified(action: Action, list: readonly PageRange[], range: PageRange): Notified {
  if (action !== 'MEM_GOING_ONLINE' || list.length === 0) return 'NOTIFY_OK';
  return isInsideOne(range, list) ? 'NOTIFY_OK' : 'NOTIFY_BAD';
}

/** notifier_to_errno(): NOTIFY_BAD is 2 above NOTIFY_OK in the low bits, and 1 less that is -EPERM. */
export function errnoOf(notify: Notified): number {
  return notify === 'NOTIFY_BAD' ? -1 : 0;
}
