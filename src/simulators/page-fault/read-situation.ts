import { InputError } from '../kit/simulator.ts';
import {
  ACCESSES,
  ASYNC_PFS,
  GMEMS,
  HOST_PAGES,
  INVALIDATIONS,
  PATHS,
  SEPTS,
  type Situation,
  SLOTS,
  SPTES,
} from './situation.ts';

/** More than a 32-bit counter holds is no count of lost races. */
const MOST_LOST = 2 ** 31 - 1;

/** Adding a first page of a TD, and a VM that dies of it, are more than the raw form describes. */
const RAW_PATHS = PATHS.filter((path) => path !== 'add_page');
const RAW_SEPTS = SEPTS.filter((answer) => answer !== 'fatal');

/**
 * Reads a situation from raw input. Strict: a member that is missing or not of its form throws `InputError` with the place in the
 * input as a JSON pointer. Flags are 0 or 1. Members that are not known are passed over.
 */
export function readSituation(input: unknown): Situation {
  const members = record(input);
  const one = <Value extends string>(name: string, values: readonly Value[]) => oneOf(members[name], name, values);
  const flag = (name: string) => isSet(members[name], name);
  return {
    path: one('path', RAW_PATHS),
    access: one('access', ACCESSES),
    slot: one('slot', SLOTS),
    private: flag('private'),
    attr_private: flag('attr_private'),
    vm_has_private_mem: flag('vm_has_private_mem'),
    slot_has_gmem: flag('slot_has_gmem'),
    host_page: one('host_page', HOST_PAGES),
    gmem: one('gmem', GMEMS),
    spte: one('spte', SPTES),
    invalidation: one('invalidation', INVALIDATIONS),
    sept: one('sept', RAW_SEPTS),
    async_pf: one('async_pf', ASYNC_PFS),
    write_tracked: flag('write_tracked'),
    gfn_write_protected: flag('gfn_write_protected'),
    signal_pending: flag('signal_pending'),
    vm_dead: flag('vm_dead'),
    same_rip_and_addr_as_last_retry: flag('same_rip_and_addr_as_last_retry'),
    unprotect_succeeds: flag('unprotect_succeeds'),
    in_nested_guest: flag('in_nested_guest'),
    guest_page_table_walk: flag('guest_page_table_walk'),
    mmio_cache_hit: flag('mmio_cache_hit'),
    root_obsolete: flag('root_obsolete'),
    lost_cmpxchg: count(members.lost_cmpxchg, 'lost_cmpxchg'),
  };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`a situation is an object, not ${show(value)}`, '');
  }
  // Any object can be asked for any member; what comes back is checked one by one.
  return value as Record<string, unknown>;
}

function oneOf<Value extends string>(given: unknown, name: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new InputError(`${name} is ${values.join(', ')}; ${complaint(given)}`, `/${name}`);
}

function isSet(given: unknown, name: string): boolean {
  if (given === 0 || given === 1) return given === 1;
  throw new InputError(`${name} is 0 or 1; ${complaint(given)}`, `/${name}`);
}

function count(given: unknown, name: string): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= MOST_LOST) return given;
  throw new InputError(`${name} is a whole number from 0 to ${MOST_LOST}; ${complaint(given)}`, `/${name}`);
}

function complaint(given: unknown): string {
  return given === undefined ? 'it is missing' : `it cannot be ${show(given)}`;
}

/** What was given, short enough for a message. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
