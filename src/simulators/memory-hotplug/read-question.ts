import { InputError } from '../kit/simulator.ts';
import { ACTIONS, type Action } from './decisions.ts';
import type { PageRange } from './ranges.ts';

/** x86 physical addresses have at most 52 bits, page frame numbers at most 40. */
const LAST_PFN = 2 ** 40;

/** What can be asked raw: one range, one action, and what the machine knows. */
export interface RawQuestion {
  platform_tdx: boolean;
  module_initialized: boolean;
  tdx_memlist: readonly PageRange[];
  cmrs: readonly PageRange[];
  action: Action;
  range: PageRange;
}

/**
 * Reads a question from raw input. Strict: a member that is missing or not of its form throws `InputError` with the place in the input
 * as a JSON pointer. Members that are not known are passed over. Ranges of a list may come in any order and overlap: nothing depends on it.
 */
export function readQuestion(input: unknown): RawQuestion {
  const members = record(input, '');
  const start_pfn = integer(members.start_pfn, '/start_pfn', 0, LAST_PFN - 1);
  const nr_pages = integer(members.nr_pages, '/nr_pages', 1, LAST_PFN);
  if (start_pfn + nr_pages > LAST_PFN) {
    throw new InputError(`the range ends at page ${start_pfn + nr_pages}, past the last possible one`, '/nr_pages');
  }
  return {
    platform_tdx: flag(members.platform_tdx, '/platform_tdx'),
    module_initialized: flag(members.module_initialized, '/module_initialized'),
    tdx_memlist: ranges(members.tdx_memlist, '/tdx_memlist'),
    cmrs: ranges(members.cmrs, '/cmrs'),
    action: actionOf(members.action),
    range: { start_pfn, end_pfn: start_pfn + nr_pages },
  };
}

function ranges(value: unknown, path: string): PageRange[] {
  if (!Array.isArray(value)) throw new InputError(complaint(value, path, 'a list of ranges is needed'), path);
  return value.map((item: unknown, index) => {
    const at = `${path}/${index}`;
    const members = record(item, at);
    const start_pfn = integer(members.start_pfn, `${at}/start_pfn`, 0, LAST_PFN);
    const end_pfn = integer(members.end_pfn, `${at}/end_pfn`, 0, LAST_PFN);
    if (end_pfn < start_pfn) throw new InputError(`end_pfn ${end_pfn} lies before start_pfn ${start_pfn}`, at);
    return { start_pfn, end_pfn };
  });
}

function actionOf(value: unknown): Action {
  const known = ACTIONS.find((action) => action === value);
  if (known !== undefined) return known;
  throw new InputError(complaint(value, '/action', `an action is one of ${ACTIONS.join(', ')}`), '/action');
}

function flag(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new InputError(complaint(value, path, 'true or false is needed'), path);
}

function integer(value: unknown, path: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new InputError(complaint(value, path, 'a whole number is needed'), path);
  }
  if (value < least) throw new InputError(`${value} is below ${least}, the least that is possible here`, path);
  if (value > most) throw new InputError(`${value} is above ${most}, the most that is possible here`, path);
  return value === 0 ? 0 : value;
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new InputError(complaint(value, path, 'an object is needed'), path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function complaint(value: unknown, path: string, needed: string): string {
  if (value === undefined)
    return path === '' ? 'there is no input' : `${path.slice(path.lastIndexOf('/') + 1)} is missing`;
  return `${needed}, not ${show(value)}`;
}

/** What was given, short enough for a message. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
