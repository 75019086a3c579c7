import type { NotePart, Piece, Scene, ScenePart, Strip, StripPart } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { isInsideOne, type PageRange, pagesOf, pagesOutside, sum } from './ranges.ts';
import { courseTimeline } from './scene-course.ts';
import { standingTable, verdictTable } from './scene-tables.ts';
import { type Event, type Kind, type Memory, memblocks, memoriesIn, type Place, placeOf, type State } from './state.ts';
import { addressInWords, inWords, rangeInWords } from './words.ts';

/** The memory under the rule of the run, then the same events under all four rules, and what each of them would do next. */
export function draw(state: State, course: Course<State, Event>): Scene {
  const parts: ScenePart[] = [
    memoryPart(state),
    ...verdictTable(state),
    ...courseTimeline(state, course),
    standingTable(state),
    ...notes(state),
  ];
  return { title: 'Memory hotplug and TDX', summary: summary(state), parts };
}

function summary(state: State): string {
  const world = state.worlds[state.policy];
  const rule = state.policy === 'merged' ? `the merged rule, on ${state.kernel}` : RULES[state.policy];
  const comer = state.memories.at(-1);
  if (state.stage === 'off') {
    const boot = inWords(sum(state.memories.filter((memory) => memory.kind === 'boot')));
    const tdx = state.platform ? 'with TDX' : 'without TDX';
    return `A machine ${tdx} and ${boot} of boot memory. ${comer === undefined ? '' : comerInWords(state, comer)} Who decides: ${rule}.`;
  }
  const online = inWords(sum(memoriesIn(state, world, 'online')));
  const module = world.module === 'error' ? 'could not be initialized' : `is ${MODULES[world.module]}`;
  const where =
    comer === undefined || comer.kind === 'boot' ? '' : ` The ${comer.name} ${PLACES[placeOf(state, world, comer)]}.`;
  return `Under ${rule}: the page allocator has ${online}, the TDX module ${module}.${where}`;
}

const RULES: Readonly<Record<State['policy'], string>> = {
  'approach-1': 'approach 1',
  'approach-2': 'approach 2',
  merged: 'the merged rule',
  mixed: 'the what-if of a mixed core-mm',
};

const MODULES = { uninitialized: 'not initialized', initialized: 'initialized' } as const;

const PLACES: Readonly<Record<Place, string>> = {
  away: 'is not in the system',
  device: 'is a device',
  added: 'is added and offline',
  online: 'is online',
};

function comerInWords(state: State, memory: Memory): string {
  const range = `${inWords(pagesOf(memory))} at ${rangeInWords(memory)}`;
  if (memory.kind === 'boot') return `${range} of it will go offline.`;
  const outside = pagesOutside([memory], state.cmrs);
  const convertible =
    outside === 0
      ? 'inside a CMR'
      : outside === pagesOf(memory)
        ? 'outside the CMRs'
        : `${inWords(outside)} of it outside the CMRs`;
  const what = { dimm: 'A DIMM', nvdimm: 'An NVDIMM', 'soft-reserved': 'A soft-reserved range' }[memory.kind];
  return `${what} of ${range} is in question, ${convertible}.`;
}

function memoryPart(state: State): StripPart {
  const world = state.worlds[state.policy];
  const end = Math.max(...state.memories.map((memory) => memory.end_pfn));
  const strip = (label: string, pieces: Piece[]): Strip => ({ label, start: 0, end, pieces });
  const touched = state.diary?.at(-1)?.memory;
  const initialized = state.diary?.at(-1)?.request === 'initialize the module';
  return {
    kind: 'strips',
    id: 'memory',
    title: `Physical memory under ${RULES[state.policy]}`,
    unit: 'page of 4 KB',
    unitBytes: 4096,
    strips: [
      strip(
        'memory',
        state.memories.map((memory) => memoryPiece(state, memory, memory.name === touched)),
      ),
      strip(
        'CMRs',
        state.cmrs.map((range, index) => rangePiece(range, `cmr-${index}`, 'CMR', 'convertible, says firmware')),
      ),
      strip(
        'TDX memory',
        world.list.map((range, index) => ({
          ...rangePiece(range, `list-${index}`, 'known', 'what the module was initialized with'),
          ...(initialized ? { fresh: true } : {}),
        })),
      ),
    ],
    marks: marksOf(state),
    legend: {
      outline: 'a CMR, TDX memory, or not in the system',
      solid: 'online',
      hatched: 'added, offline',
      dotted: 'device',
    },
  };
}

const LOOKS: Readonly<Record<Place, Piece['look']>> = {
  away: 'outline',
  device: 'dotted',
  added: 'hatched',
  online: 'solid',
};
const HUES: Readonly<Record<Kind, number>> = { boot: 0, dimm: 1, nvdimm: 2, 'soft-reserved': 3 };
const LABELS: Readonly<Record<Kind, string>> = {
  boot: 'boot',
  dimm: 'DIMM',
  nvdimm: 'NVDIMM',
  'soft-reserved': 'soft-reserved',
};

function memoryPiece(state: State, memory: Memory, fresh: boolean): Piece {
  const place = placeOf(state, state.worlds[state.policy], memory);
  const size = `${rangeInWords(memory)}, ${inWords(pagesOf(memory))}`;
  const where = state.stage === 'off' ? 'before the boot' : PLACES[place].replace(/^is /, '');
  return {
    id: memory.name,
    start: memory.start_pfn,
    end: memory.end_pfn,
    label: LABELS[memory.kind],
    detail: `${memory.name} ${size}, ${where}`,
    look: LOOKS[place],
    hue: HUES[memory.kind],
    ...(fresh ? { fresh: true } : {}),
  };
}

function rangePiece(range: PageRange, id: string, label: string, detail: string): Piece {
  return {
    id,
    start: range.start_pfn,
    end: range.end_pfn,
    label,
    detail: `${rangeInWords(range)}, ${detail}`,
    look: 'outline',
  };
}

function marksOf(state: State): { at: number; label: string }[] {
  const marks = new Set<number>([0]);
  for (const range of [...state.memories, ...state.cmrs.slice(1)]) marks.add(range.start_pfn).add(range.end_pfn);
  return [...marks].sort((a, b) => a - b).map((at) => ({ at, label: addressInWords(at) }));
}

function notes(state: State): NotePart[] {
  const world = state.worlds[state.policy];
  const notes: NotePart[] = [];
  const note = (look: NotePart['look'], text: string) => notes.push({ kind: 'note', look, text });
  if (state.policy === 'approach-1' || state.policy === 'approach-2')
    note('info', 'A proposal of April 2022, never merged.');
  if (state.policy === 'mixed')
    note('info', 'What if: no kernel lets the page allocator hold memory that TDX does not know while TDX is in use.');
  if (state.policy === 'approach-2' && state.platform) {
    if (world.module === 'initialized') {
      note('warning', 'The module is initialized: from now on approach 2 rejects every new range, CMR memory too.');
    } else
      note(
        'info',
        'Approach 2 looks at CMRs only until the module is initialized; then it rejects every new range, CMR memory too.',
      );
  }
  const outside = memblocks(state, world).filter((range) => range.start_pfn > 0 && !isInsideOne(range, state.cmrs));
  if (state.policy === 'merged' && state.platform && world.module === 'uninitialized' && outside.length > 0) {
    const pages = inWords(pagesOutside(outside, state.cmrs));
    note('warning', `${pages} of system RAM lie outside the CMRs: an initialization will fail with -EIO (inferred).`);
  }
  if (world.module === 'error') {
    note(
      'error',
      'The initialization failed: no TD can run until the next boot. Taking the memory out again does not help.',
    );
  }
  return notes;
}
