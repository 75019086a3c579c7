import type { Piece, Scene, ScenePart, Strip, StripPart } from '../kit/scene.ts';
import { stillHeld } from './draft.ts';
import { freeMemory } from './free-memory.ts';
import { GB_PAGES, PAGE_BYTES } from './machine.ts';
import { notes, pamtBytes, regionTable } from './scene-tables.ts';
import type { Region, State } from './state.ts';
import { count, inWords, ordinal, pagesInWords, rangeInWords } from './words.ts';

/** Memory by node, the TDMRs over it, the tables enlarged, the counts. */
export function draw(state: State): Scene {
  const enlarged = enlargement(state) ?? areaSlots(state);
  const parts: ScenePart[] = [
    memoryPart(state),
    ...(enlarged === undefined ? [] : [enlarged]),
    ...(state.regions.length === 0 ? [] : [regionTable(state)]),
    ...notes(state),
  ];
  return { title: 'TD memory regions and their PAMTs', summary: summary(state), parts };
}

function summary(state: State): string {
  const { machine, memory, regions, failure } = state;
  if (state.collected === 0) {
    const bytes = machine.memblocks.reduce((sum, block) => sum + (block.end_pfn - block.start_pfn), 0) * PAGE_BYTES;
    const nodes = new Set(machine.memblocks.map((block) => block.nid)).size;
    return `${count(nodes, 'node')} with ${roundedGb(bytes)} in ${count(machine.memblocks.length, 'block')}; the TDX module takes ${count(machine.max_tdmrs, 'TDMR')} with ${count(machine.max_reserved_per_tdmr, 'reserved area')} each.`;
  }
  if (failure !== undefined) return `TDX stays off: ${failure.error} (${failure.errno}) at ${failure.stage}.`;
  if (regions.length === 0) return `The TDX memory list has ${count(memory.length, 'block')} so far.`;
  const covered = regions.reduce((sum, region) => sum + region.size, 0);
  const tables = regions.reduce((sum, region) => sum + pamtBytes(region), 0);
  const equipped = regions.filter((region) => region.pamt.length > 0).reduce((sum, region) => sum + region.size, 0);
  const ratio =
    tables === 0
      ? 'no PAMT yet'
      : `PAMTs take ${tables / 1024} KB, 1/${(equipped / tables).toFixed(1)} of what they cover`;
  return `${count(regions.length, 'TDMR')} over ${inWords(covered)}; ${ratio}.`;
}

function memoryPart(state: State): StripPart {
  const blocks = state.machine.memblocks;
  const nodes = [...new Set(blocks.map((block) => block.nid))].sort((a, b) => a - b);
  const end = Math.max(Math.ceil((blocks.at(-1)?.end_pfn ?? 0) / GB_PAGES) * GB_PAGES, 1);
  const strips = nodes.map((nid) => nodeStrip(state, nid));
  if (state.regions.length > 0)
    strips.push({ label: 'TDMRs', start: 0, end, pieces: state.regions.flatMap(regionPieces(state)) });
  return {
    kind: 'strips',
    id: 'memory',
    title: 'Physical memory',
    unit: 'page of 4 KB',
    unitBytes: PAGE_BYTES,
    strips,
    marks: gbMarks(state),
    legend: {
      outline: 'memory in use, or a TDMR',
      dotted: 'free memory',
      solid: 'PAMT',
      hatched: 'reserved area',
      empty: 'hole',
    },
  };
}

function nodeStrip(state: State, nid: number): Strip {
  const blocks = state.machine.memblocks.filter((block) => block.nid === nid);
  const pieces: Piece[] = [];
  for (const [index, block] of state.machine.memblocks.entries()) {
    if (block.nid !== nid) continue;
    pieces.push({
      id: `block-${index}`,
      start: block.start_pfn,
      end: block.end_pfn,
      label: '',
      detail: `memory ${pagesInWords(block)}, ${sizeOfPages(block)}`,
      look: 'outline',
      hue: nid,
      ...fresh(state, `block-${index}`),
    });
  }
  for (const run of freeMemory(state.machine, stillHeld(state)).runs()) {
    if (run.nid !== nid) continue;
    pieces.push({
      id: `free-${run.start_pfn}`,
      start: run.start_pfn,
      end: run.end_pfn,
      label: '',
      detail: `free ${pagesInWords(run)}, ${sizeOfPages(run)}`,
      look: 'dotted',
      hue: nid,
    });
  }
  pieces.push(...state.regions.flatMap((region, index) => pamtPieces(state, region, index, nid)));
  return { label: `node ${nid}`, start: blocks[0]?.start_pfn ?? 0, end: blocks.at(-1)?.end_pfn ?? 0, pieces };
}

/** The chunks of a TDMR that lie in memory of node `nid`; their hue is that of the node they serve. */
function pamtPieces(state: State, region: Region, index: number, nid: number): Piece[] {
  const own = state.machine.memblocks.filter((block) => block.nid === nid);
  return region.chunks
    .map((chunk) => ({ start: chunk.base / PAGE_BYTES, end: (chunk.base + chunk.size) / PAGE_BYTES }))
    .filter((chunk) => own.some((block) => block.start_pfn <= chunk.start && chunk.start < block.end_pfn))
    .map((chunk, part) => ({
      id: part === 0 ? `pamt-${index}` : `pamt-${index}-${part}`,
      ...chunk,
      label: `PAMT ${index}`,
      detail: `PAMT of TDMR ${index} at PFN ${chunk.start}, ${(chunk.end - chunk.start) * 4} KB in one piece`,
      look: 'solid' as const,
      hue: region.node ?? nid,
      ...fresh(state, `pamt-${index}`),
    }));
}

function regionPieces(state: State): (region: Region, index: number) => Piece[] {
  return (region, index) => {
    const start = region.base / PAGE_BYTES;
    const where = rangeInWords(region.base, region.base + region.size);
    const outline: Piece = {
      id: `tdmr-${index}`,
      start,
      end: start + region.size / PAGE_BYTES,
      label: `TDMR ${index}`,
      detail: `TDMR ${index} ${where}, ${inWords(region.size)}`,
      look: 'outline',
      ...(region.node === undefined ? {} : { hue: region.node }),
      ...fresh(state, `tdmr-${index}`),
    };
    const areas = region.areas.map((area): Piece => {
      const from = region.base + area.offset;
      const what = area.of === undefined ? 'hole' : `PAMT memory of TDMR ${area.of}`;
      return {
        id: `area-${index}-${area.offset}`,
        start: from / PAGE_BYTES,
        end: (from + area.size) / PAGE_BYTES,
        label: '',
        detail: `reserved in TDMR ${index}: ${what} ${rangeInWords(from, from + area.size)}, ${inWords(area.size)}`,
        look: 'hatched',
        ...(region.node === undefined ? {} : { hue: region.node }),
        ...fresh(state, `areas-${index}`),
      };
    });
    return [outline, ...areas];
  };
}

/** The tables of the TDMR last equipped, at a scale at which they can be told apart. */
function enlargement(state: State): StripPart | undefined {
  const touched = state.regions.findIndex((_, index) => state.touched.includes(`pamt-${index}`));
  const region = state.regions[touched];
  const first = region?.pamt[0];
  if (region === undefined || first === undefined) return undefined;
  const last = region.pamt.reduce((most, table) => Math.max(most, table.base + table.size), 0);
  const pieces = region.pamt.map((table, index): Piece => {
    const name = ['4K', '2M', '1G'][index] ?? '';
    const detail = `PAMT for ${name} pages: ${table.size / 1024} KB at PFN ${table.base / PAGE_BYTES}`;
    const start = table.base / PAGE_BYTES;
    return {
      id: `table-${index}`,
      start,
      end: start + table.size / PAGE_BYTES,
      label: name,
      detail,
      look: 'solid',
      hue: index,
    };
  });
  const how = region.chunks.length === 1 ? 'one chunk' : `what if: ${region.chunks.length} chunks`;
  return {
    kind: 'strips',
    title: `The PAMTs of TDMR ${touched}, enlarged: ${how}, ${pamtBytes(region) / 1024} KB`,
    unit: 'page of 4 KB',
    strips: [{ label: 'PAMTs', start: first.base / PAGE_BYTES, end: last / PAGE_BYTES, pieces }],
    marks: [
      { at: first.base / PAGE_BYTES, label: `PFN ${first.base / PAGE_BYTES}` },
      { at: last / PAGE_BYTES, label: `PFN ${last / PAGE_BYTES}` },
    ],
    legend: { solid: '4K, 2M and 1G tables, left to right' },
  };
}

/** How many reserved areas a TDMR has left, one slot each; what found no slot stands beyond the last. */
function areaSlots(state: State): StripPart | undefined {
  const index = shownAreas(state);
  const region = state.regions[index];
  if (region === undefined || region.progress === 'bare') return undefined;
  const max = state.machine.max_reserved_per_tdmr;
  const { refused } = state;
  const areas = refused?.tdmr === index ? [...region.areas, refused.area] : region.areas;
  const room: Piece = {
    id: 'slots',
    start: 0,
    end: Math.max(max, 1),
    label: '',
    detail: `room for ${count(max, 'area')}, ${max - region.areas.length} left`,
    look: 'outline',
  };
  const used = areas.map((area, slot): Piece => {
    const name = area.of === undefined ? 'hole' : `PAMT ${area.of}`;
    const base = region.base + area.offset;
    const where = rangeInWords(base, base + area.size);
    const fits = area !== refused?.area;
    return {
      id: `slot-${slot}`,
      start: slot,
      end: slot + 1,
      label: area.of === undefined ? 'hole' : `P${area.of}`,
      detail: `${ordinal(slot + 1)} area: ${name} ${where}, ${inWords(area.size)}${fits ? '' : ', one too many'}`,
      look: fits ? 'hatched' : 'solid',
      ...(fits ? {} : { fresh: true }),
    };
  });
  return {
    kind: 'strips',
    title: `Reserved areas of TDMR ${index}: ${region.areas.length} of ${max} used`,
    unit: 'reserved area',
    strips: [{ label: `TDMR ${index}`, start: 0, end: Math.max(max, areas.length, 1), pieces: [room, ...used] }],
    marks: [
      { at: 0, label: '1st' },
      { at: max, label: `limit ${max}` },
    ],
    legend: { outline: 'left', hatched: 'in use: a hole, or P and the TDMR the PAMT serves', solid: 'one too many' },
  };
}

/** The TDMR whose areas the last step touched, else the one with most of them. */
function shownAreas(state: State): number {
  const touched = state.regions.findIndex((_, index) => state.touched.includes(`areas-${index}`));
  if (touched >= 0) return touched;
  const most = state.regions.reduce((max, region) => Math.max(max, region.areas.length), 0);
  return state.regions.findIndex((region) => region.areas.length === most);
}

/** Where memory begins and ends, in GB. */
function gbMarks(state: State): { at: number; label: string }[] {
  const marks = new Set<number>([0]);
  for (const block of state.machine.memblocks) {
    for (const pfn of [block.start_pfn, block.end_pfn]) marks.add(Math.round(pfn / GB_PAGES) * GB_PAGES);
  }
  return [...marks].sort((a, b) => a - b).map((at) => ({ at, label: inWords(at * PAGE_BYTES) }));
}

function sizeOfPages(range: { start_pfn: number; end_pfn: number }): string {
  return inWords((range.end_pfn - range.start_pfn) * PAGE_BYTES);
}

function roundedGb(bytes: number): string {
  return `${Math.round(bytes / (GB_PAGES * PAGE_BYTES))} GB`;
}

function fresh(state: State, id: string): { fresh?: true } {
  return state.touched.includes(id) ? { fresh: true } : {};
}
