import type { Address } from '#reading';

/** What somebody wrote that a header cannot take, said for the reader. */
export type Complain = (reason: string) => void;

const LONGEST_ADDRESS = 320;
const LONGEST_NAME = 200;
/** Signs that end a line, move the cursor or turn words around; in a header or before a quote they would be somebody else's markup. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Words of a mail as one line of plain text. */
export function oneLine(text: string): string {
  return text.replace(HIDDEN, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * An address that may stand in a header and in a command: `local@host.domain` of ASCII (RFC 5322, 3.4.1, without comments and obsolete forms). Hosts
 * need a dot: what archives leave of a masked address has none. A dash at the beginning is an option to the program that sends, which gets the address as an
 * argument.
 */
export function isAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS) return false;
  const at = text.lastIndexOf('@');
  const [local, host] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (text.startsWith('-')) return false;
  if (!/^[\w!#$%&'*+/=?^`{|}~.-]+$/.test(local) && !/^"[ !#-[\]-~]*"$/.test(local)) return false;
  if (/^\[[\da-f:.]+\]$/i.test(host)) return true;
  const labels = host.split('.');
  return labels.length > 1 && labels.every((label) => /^[a-z\d-]+$/i.test(label));
}

/** An id that may stand in a header and in a command: printable ASCII without white space and angle brackets. */
export function isMessageId(text: string): boolean {
  return /^[!-;=?-~]{1,900}$/.test(text);
}

/** The addresses that can be written to, each with a name of one line; what cannot is said. Of several for one mailbox the first. */
export function writable(addresses: readonly Address[], complain: Complain): Address[] {
  const known = new Set<string>();
  const found: Address[] = [];
  for (const { name, address } of addresses) {
    if (address === undefined || !isAddress(address)) {
      complain(
        `"${oneLine(address ?? name ?? '').slice(0, 100)}" is no address that can be written to; it was left out.`,
      );
      continue;
    }
    const mailbox = address.toLowerCase();
    if (known.has(mailbox)) continue;
    known.add(mailbox);
    const plain = name === undefined ? '' : oneLine(name);
    found.push(plain === '' || plain.length > LONGEST_NAME ? { address } : { name: plain, address });
  }
  return found;
}
