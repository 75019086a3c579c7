import type { Surroundings } from '#concepts';
import { addressesOf } from './addresses.ts';

/** How many addresses of a header are looked at; a message goes to fewer lists. */
const mostAddresses = 200;

/** Hosts on which most addresses are lists, and how lists are named elsewhere. */
const listHost = /(?:^|\.)(?:vger\.kernel\.org|kvack\.org|googlegroups\.com|infradead\.org)$|(?:^|\.)lists?\d?[.-]/i;
const listName = /^linux-|-(?:devel|dev|list|users|discuss|announce)$/i;

/** The lists that a message came by, as its header says, and the addresses of To and Cc that are lists by their name. */
export function listsOf(fields: ReadonlyMap<string, readonly string[]>): Pick<Surroundings, 'lists' | 'sentTo'> {
  const lists = ['list-id', 'x-mailing-list'].flatMap((name) => fields.get(name) ?? []).filter((value) => value !== '');
  const sentTo = new Map<string, string>();
  for (const field of ['to', 'cc']) {
    for (const value of fields.get(field) ?? []) {
      for (const { address } of addressesOf(value).slice(0, mostAddresses)) {
        if (address !== undefined && isList(address)) sentTo.set(address.toLowerCase(), address);
      }
    }
  }
  return { lists, sentTo: [...sentTo.values()] };
}

function isList(address: string): boolean {
  const at = address.lastIndexOf('@');
  return at > 0 && (listHost.test(address.slice(at + 1)) || listName.test(address.slice(0, at)));
}
