/** A server was named that mail is not fetched from; the message says why, for the reader. */
export class ServerError extends Error {
  override name = 'ServerError';
}

/** The archive that is asked when the reader names none: it has the kernel's lists. */
export const DEFAULT_SERVERS: readonly string[] = ['https://lore.kernel.org/all'];

/** Whether a host is this machine: what is asked there leaves it by no wire. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The address of an archive, `https://lore.kernel.org/all`, without a slash at its end.
 *
 * @param plain whether http is allowed for a host that is not this machine
 * @throws {ServerError} when it is no web address, holds a password, or is not https where it must be.
 */
export function readServer(text: string, plain = false): string {
  const written = text.trim();
  if (!URL.canParse(written)) throw new ServerError(`"${written}" is no web address`);
  const { protocol, hostname, username, password, origin, pathname } = new URL(written);
  if (protocol !== 'https:' && protocol !== 'http:') throw new ServerError(`"${written}" is no web address`);
  if (username !== '' || password !== '') throw new ServerError(`"${written}" holds a name or a password`);
  if (protocol === 'http:' && !plain && !isLoopback(hostname))
    throw new ServerError(`"${written}" is not read over http; write https`);
  return origin + pathname.replace(/\/$/, '');
}

/** Where a server has the thread of a message. */
export function threadAddress(server: string, messageId: string): string {
  return `${messageAddress(server, messageId)}t.mbox.gz`;
}

/** Where a server shows a message, for a browser. */
export function messageAddress(server: string, messageId: string): string {
  return `${server}/${encodeURIComponent(messageId).replaceAll('%40', '@')}/`;
}

/** How a server is called in a message. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
