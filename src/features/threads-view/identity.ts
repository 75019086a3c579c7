import { hashOf } from '#archive';

/** The number by which a message with this id is known in every mailbox (`MailboxThreads.identity`): 53 bits of the hash of the id. */
export function identityOfId(messageId: string): number {
  const hash = hashOf(messageId);
  const low = Number.parseInt(hash.slice(0, 8), 16);
  const high = Number.parseInt(hash.slice(8), 16);
  return (high & 0x1fffff) * 2 ** 32 + low;
}
