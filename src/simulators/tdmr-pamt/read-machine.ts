import { InputError } from '../kit/simulator.ts';
import type { ContigScan, Zone } from './machine.ts';
import {
  FIRST_TDX_PFN,
  type FirstFit,
  type Machine,
  type MemoryBlock,
  type NodeOrder,
  type PageRange,
} from './machine.ts';

/** x86 physical addresses have at most 52 bits, page frame numbers at most 40. */
const LAST_PFN = 2 ** 40;
/** The module reports limits and entry sizes in 16-bit fields. */
const LARGEST_ENTRY = 65535;
const ZONES: readonly Zone[] = ['DMA', 'DMA32', 'NORMAL', 'MOVABLE'];

/**
 * Reads a machine from raw input. Strict: a member that is missing or not of its form throws `InputError` with the place in the
 * input as a JSON pointer. Members that are not known are passed over.
 */
export function readMachine(input: unknown): Machine {
  const members = record(input, '');
  const memblocks = readMemblocks(members.memblocks);
  return {
    memblocks,
    max_tdmrs: integer(members.max_tdmrs, '/max_tdmrs', 1),
    max_reserved_per_tdmr: integer(members.max_reserved_per_tdmr, '/max_reserved_per_tdmr'),
    pamt_entry_size: readEntrySizes(members.pamt_entry_size),
    allocator: readAllocator(members.allocator, memblocks),
  };
}

function readMemblocks(value: unknown): MemoryBlock[] {
  const blocks = list(value, '/memblocks').map((block, index) => {
    const path = `/memblocks/${index}`;
    const range = readRange(block, path, LAST_PFN);
    if (range.start_pfn === range.end_pfn) throw new InputError('a memory block must have at least one page', path);
    return { ...range, nid: integer(record(block, path).nid, `${path}/nid`) };
  });
  refuseDisorder(blocks, '/memblocks', 'memory blocks');
  if (blocks.every((block) => block.end_pfn <= FIRST_TDX_PFN)) {
    const what = blocks.length === 0 ? 'the memory list is empty' : 'no memory is left above the first 1 MB';
    throw new InputError(
      `${what}: the kernel would create one TDMR of size 0, which is no machine to model`,
      '/memblocks',
    );
  }
  return blocks;
}

function readEntrySizes(value: unknown): [number, number, number] {
  const sizes = list(value, '/pamt_entry_size');
  if (sizes.length !== 3) throw new InputError('three sizes are needed, for 4K, 2M and 1G pages', '/pamt_entry_size');
  const size = (index: number) => integer(sizes[index], `/pamt_entry_size/${index}`, 1, LARGEST_ENTRY);
  return [size(0), size(1), size(2)];
}

function readAllocator(value: unknown, memblocks: readonly MemoryBlock[]): FirstFit | ContigScan {
  const members = record(value, '/allocator');
  switch (members.kind) {
    case 'first_fit':
      return readFirstFit(members, memblocks);
    case 'contig_scan':
      return readContigScan(members, memblocks);
    case undefined:
      throw new InputError('kind is missing; it is first_fit or contig_scan', '/allocator/kind');
    default:
      throw new InputError(`the allocator is first_fit or contig_scan, not ${show(members.kind)}`, '/allocator/kind');
  }
}

function readFirstFit(members: Record<string, unknown>, memblocks: readonly MemoryBlock[]): FirstFit {
  const seen = new Set<number>();
  const nodes = list(members.nodes, '/allocator/nodes').map((value, index) => {
    const path = `/allocator/nodes/${index}`;
    const node = record(value, path);
    const nid = integer(node.nid, `${path}/nid`);
    if (seen.has(nid)) throw new InputError(`node ${nid} is described twice`, `${path}/nid`);
    seen.add(nid);
    const free = list(node.free, `${path}/free`).map((range, at) => readRange(range, `${path}/free/${at}`, LAST_PFN));
    refuseDisorder(free, `${path}/free`, 'free ranges');
    return { nid, free };
  });
  const everywhere = nodes.flatMap((node) => node.free).filter((range) => range.end_pfn > range.start_pfn);
  const sorted = everywhere.sort((a, b) => a.start_pfn - b.start_pfn);
  for (const [index, range] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && before.end_pfn > range.start_pfn) {
      throw new InputError(`page ${range.start_pfn} is free on two nodes`, '/allocator/nodes');
    }
  }
  return {
    kind: 'first_fit',
    align_pages: integer(members.align_pages, '/allocator/align_pages', 1),
    node_order: readNodeOrder(members.node_order, memblocks),
    nodes,
  };
}

function readContigScan(members: Record<string, unknown>, memblocks: readonly MemoryBlock[]): ContigScan {
  const zones = list(members.zones, '/allocator/zones').map((value, index) => {
    const path = `/allocator/zones/${index}`;
    const zone = record(value, path);
    const name = ZONES.find((known) => known === zone.zone);
    if (name === undefined)
      throw new InputError(`a zone is one of ${ZONES.join(', ')}, not ${show(zone.zone)}`, `${path}/zone`);
    return { nid: integer(zone.nid, `${path}/nid`), zone: name, ...readRange(zone, path) };
  });
  const ranges = (name: 'skip_ranges' | 'busy_ranges') =>
    list(members[name], `/allocator/${name}`).map((range, index) => readRange(range, `/allocator/${name}/${index}`));
  return {
    kind: 'contig_scan',
    node_order: readNodeOrder(members.node_order, memblocks),
    zones,
    skip_ranges: ranges('skip_ranges'),
    busy_ranges: ranges('busy_ranges'),
  };
}

/** Every node with memory needs an order, since a TDMR may belong to it. */
function readNodeOrder(value: unknown, memblocks: readonly MemoryBlock[]): NodeOrder {
  const path = '/allocator/node_order';
  const members = record(value, path);
  const order = Object.entries(members).map(([nid, nodes]): [string, number[]] => {
    if (!/^(0|[1-9][0-9]{0,15})$/.test(nid))
      throw new InputError(`${show(nid)} is not a node number`, `${path}/${pointer(nid)}`);
    return [nid, list(nodes, `${path}/${nid}`).map((node, index) => integer(node, `${path}/${nid}/${index}`))];
  });
  const known = new Set(order.map(([nid]) => nid));
  for (const block of memblocks) {
    if (!known.has(String(block.nid))) {
      throw new InputError(`node ${block.nid} has memory but no order of nodes to ask`, `${path}/${block.nid}`);
    }
  }
  return Object.fromEntries(order);
}

function readRange(value: unknown, path: string, last?: number): PageRange {
  const members = record(value, path);
  const start_pfn = integer(members.start_pfn, `${path}/start_pfn`, 0, last);
  const end_pfn = integer(members.end_pfn, `${path}/end_pfn`, 0, last);
  if (end_pfn < start_pfn) throw new InputError(`end_pfn ${end_pfn} lies before start_pfn ${start_pfn}`, path);
  return { start_pfn, end_pfn };
}

function refuseDisorder(ranges: readonly PageRange[], path: string, what: string): void {
  for (const [index, range] of ranges.entries()) {
    const before = ranges[index - 1];
    if (before === undefined || before.end_pfn <= range.start_pfn) continue;
    const how = before.start_pfn > range.start_pfn ? 'ascend' : 'not overlap';
    throw new InputError(`${what} must ${how}: ${range.start_pfn} comes after ${before.end_pfn}`, `${path}/${index}`);
  }
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new InputError(value === undefined ? missing(path) : `an object is needed, not ${show(value)}`, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new InputError(value === undefined ? missing(path) : `a list is needed, not ${show(value)}`, path);
}

function integer(value: unknown, path: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  if (value === undefined) throw new InputError(missing(path), path);
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new InputError(`a whole number is needed, not ${show(value)}`, path);
  }
  if (value > Number.MAX_SAFE_INTEGER)
    throw new InputError('numbers above 2^53-1 cannot be told apart and are refused', path);
  if (value < least) throw new InputError(`${value} is below ${least}, the least that is possible here`, path);
  if (value > most) throw new InputError(`${value} is above ${most}, the most that is possible here`, path);
  return value === 0 ? 0 : value;
}

function missing(path: string): string {
  return path === '' ? 'there is no input' : `${path.slice(path.lastIndexOf('/') + 1)} is missing`;
}

function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
