import type { Address } from '../addresses.ts';
import type { TrailerValue } from './value.ts';

/**
 * Whether a trailer in a mail names who sent it: by the address, `+tags` and one level of the domain aside (`intel.example`,
 * `linux.intel.example`), or by the name.
 */
export function namesSender({ person }: TrailerValue, sender: Address | undefined): boolean {
  if (!person || !sender) return false;
  if (sender.address !== undefined && sameAddress(person.address, sender.address)) return true;
  const name = plain(person.name ?? '');
  const sent = plain(sender.name ?? sender.address ?? '');
  if (name === '' || sent === '') return false;
  // `Example, Ada` is Ada Example.
  return name === sent || (sent.includes(',') && sent.split(',').every((piece) => name.includes(piece.trim())));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\s+/g, ' ').trim();
}

function sameAddress(one: string, other: string): boolean {
  const a = parts(one);
  const b = parts(other);
  if (a.local !== b.local) return false;
  if (a.domain === b.domain) return true;
  const levels = a.domain.split('.').length - b.domain.split('.').length;
  return Math.abs(levels) === 1 && (a.domain.endsWith(`.${b.domain}`) || b.domain.endsWith(`.${a.domain}`));
}

function parts(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0)).toLowerCase();
  const tag = local.indexOf('+');
  return { local: tag > 0 ? local.slice(0, tag) : local, domain: address.slice(at + 1).toLowerCase() };
}
