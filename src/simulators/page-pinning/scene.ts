import type { Piece, Scene, ScenePart, Strip, StripPart } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { scanTimeline, stepPath } from './scene-course.ts';
import { notes } from './scene-notes.ts';
import { guestTable, holdTable, pageTable, workTable } from './scene-tables.ts';
import { type Event, NODE_PAGES, type Node, referenceCount, type State } from './state.ts';
import { count, heldInWords, KERNEL_LABELS, kindInWords, sizeInWords } from './words.ts';

/** The page and its target on their nodes, the six steps of this scan, who holds it, and what the work came to. */
export function draw(state: State, course: Course<State, Event>): Scene {
  const parts: ScenePart[] = [
    nodesPart(state),
    stepPath(state),
    pageTable(state),
    ...scanTimeline(state, course),
    ...workTable(state),
    ...notes(state),
    holdTable(state),
    guestTable(state),
  ];
  return { title: 'One guest page and the NUMA balancing scanner', summary: summary(state), parts };
}

function summary(state: State): string {
  const { setup, page, guest, rounds, counts, cpu } = state;
  if (guest.failed) return 'The guest does not run: more memory would be pinned than RLIMIT_MEMLOCK allows.';
  const what = `${kindInWords(setup)}, ${heldInWords(setup)} (${KERNEL_LABELS[setup.kernel]}).`;
  if (!page.there) return `${what} ${firstWords(state)}`;
  const place = `It lies on node ${page.node}, its vCPU runs on node ${cpu}.`;
  const last = rounds.at(-1);
  if (last === undefined) return `${what} ${place}`;
  return `${what} ${place} Scan ${counts.scans}: ${endInWords(state)}.`;
}

function firstWords({ setup }: State): string {
  const start =
    setup.hold === 'pin' ? 'The VMM registers it before the guest runs' : 'The guest has not touched it yet';
  return `${start}; ${count(setup.scans, 'scan')} will come by.`;
}

function endInWords({ rounds }: State): string {
  const last = rounds.at(-1);
  const words = {
    open: last?.steps.at(-1) ?? 'begun',
    moved: 'the page moved',
    local: 'found where it is used',
    'for-nothing': 'all for nothing',
    unmet: last?.steps.at(-1) ?? '',
    untouched: 'not answered by a fault',
  };
  return last === undefined ? '' : words[last.end];
}

function nodesPart(state: State): StripPart {
  return {
    kind: 'strips',
    title: `Two NUMA nodes, a few pages of ${sizeInWords(state.setup.size)} each; the vCPU runs on node ${state.cpu}`,
    unit: 'page',
    strips: [strip(state, 0), strip(state, 1)],
    marks: [0, NODE_PAGES].map((at) => ({ at, label: String(at) })),
    legend: {
      outline: 'movable page',
      solid: 'pinned, or of guest_memfd',
      hatched: 'page with extra references',
      dotted: 'target of a move, still without content',
      empty: 'free',
    },
  };
}

/** Page and target have the same place on either node, so a move and a failed move can be followed from step to step. */
function strip(state: State, node: Node): Strip {
  const { page, target, cpu, free } = state;
  const used: Piece[] = [];
  if (page.there && page.node === node) used.push(pagePiece(state));
  if (target && cpu === node) {
    const detail = 'taken as the target of the move; nothing is copied yet';
    used.push({ id: 'target', ...span(0, 1), label: 'target', detail, look: 'dotted', hue: node, fresh: true });
  }
  const detail = `${NODE_PAGES} pages, ${free[node]} of them free`;
  const rest = span(used.length, NODE_PAGES);
  // The ground lies under both: memory that is free is still memory, not a gap of the axis.
  const ground: Piece = { id: `node-${node}`, ...span(0, NODE_PAGES), label: '', detail, look: 'outline' };
  const empty: Piece = {
    id: `free-${node}`,
    ...rest,
    label: 'free',
    detail: 'free',
    look: 'empty',
  };
  return {
    label: `node ${node}${cpu === node ? ', vCPU' : ''}`,
    start: 0,
    end: NODE_PAGES,
    pieces: [ground, ...used, empty],
  };
}

function pagePiece(state: State): Piece {
  const { page, setup } = state;
  const held = page.pinned || setup.hold === 'guest-memfd' ? 'solid' : page.extra > 0 ? 'hatched' : 'outline';
  return {
    id: 'page',
    ...span(0, 1),
    label: page.isolated ? 'page, isolated' : 'page',
    detail: `${setup.hold === 'guest-memfd' ? 'of the guest_memfd file' : "of the VMM's memory"}, ${count(referenceCount(state), 'reference')}, ${page.mapped ? 'mapped by KVM' : 'not mapped by KVM'}`,
    look: held,
    hue: page.node,
  };
}

function span(start: number, end: number): { start: number; end: number } {
  return { start, end };
}
