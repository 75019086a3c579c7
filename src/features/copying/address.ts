import { messageIdsOf } from '#reading';
import type { Page, Reading } from '../reading.ts';

const ARCHIVE = 'https://lore.kernel.org/all/';

/** The address of a message in the archive of kernel lists; absent for one without a Message-ID. Nobody has asked whether it is there. */
export function archiveAddress(reading: Reading, message: number): string | undefined {
  const page = reading.page(message);
  return page && addressOf(page);
}

export function addressOf({ fields }: Page): string | undefined {
  const id = messageIdsOf(fields.get('message-id')?.[0] ?? '')[0];
  // A lone surrogate would be refused by the encoder.
  return id === undefined ? undefined : `${ARCHIVE}${encodeURIComponent(id.replace(/\p{Surrogate}/gu, ''))}/`;
}
