import type { NotePart, Piece, Scene, ScenePart, Strip, StripPart, TablePart } from '../kit/scene.ts';
import { usage } from './report.ts';
import { factsOf, isMisled, isStale, type Page, type State } from './state.ts';
import { atStart, count, pagesInWords, sizeInWords } from './words.ts';

/** The guest's pages as the guest, KVM and the backings see them; what it costs; what happened. */
export function draw(state: State): Scene {
  const parts: ScenePart[] = [pagesPart(state), costTable(state), ...historyTable(state), ...notes(state)];
  return { title: 'Private and shared guest memory', summary: summary(state), parts };
}

function summary(state: State): string {
  const { setup, pages, host } = state;
  const guest = `${atStart(factsOf(state).name)} on ${setup.kernel}`;
  if (state.rows.length === 0) {
    return `${guest}, to be created: ${count(pages.length, 'page')} of 4 KB, ${host.length} free pages on the host.`;
  }
  if (!state.created) return `${guest} cannot be created.`;
  const mapped = (kind: 'private' | 'shared') => pages.filter((page) => page.mapped[kind] !== undefined).length;
  const kinds = factsOf(state).privateMemory
    ? `${mapped('private')} mapped private, ${mapped('shared')} shared`
    : `${mapped('shared')} mapped${setup.vm === 'sev' ? ', of what kind the host cannot say' : ''}`;
  const used = host.filter((page) => page.held !== 'free').length;
  return `${guest}: of ${count(pages.length, 'page')} ${kinds}; ${used} of ${host.length} host pages in use. ${vcpu(state)}`;
}

function vcpu({ exit, fault, dead }: State): string {
  if (dead) return 'KVM has given the VM up.';
  if (fault !== undefined) return `A fault on page ${fault.page} is under way.`;
  if (exit === undefined) return 'The VMM owes no answer.';
  if (exit.reason === 'error') return `KVM_RUN has failed with -${exit.errno}.`;
  if (exit.reason === 'hypercall') return `The VMM was told: ${pagesInWords(exit.from, exit.count)} ${exit.to}.`;
  return `The VMM must answer: page ${exit.page} was used as ${exit.private ? 'private' : 'shared'}.`;
}

function pagesPart(state: State): StripPart {
  const { privateMemory, twoTables } = factsOf(state);
  const sev = state.setup.vm === 'sev';
  const strips = [strip(state, 'guest means', meantCell)];
  if (sev) strips.push(strip(state, 'VMM was told', toldCell));
  if (privateMemory && state.created) strips.push(strip(state, 'attribute', attributeCell));
  strips.push(strip(state, "VMM's memory", (page) => userCell(state, page)));
  if (privateMemory) strips.push(strip(state, 'guest_memfd', fileCell));
  if (twoTables) {
    strips.push(strip(state, 'S-EPT', (page) => mappedCell(state, page, ['private'])));
    strips.push(strip(state, 'shared EPT', (page) => mappedCell(state, page, ['shared'])));
  } else strips.push(strip(state, 'KVM maps', (page) => mappedCell(state, page, ['private', 'shared'])));
  return {
    kind: 'strips',
    title: 'Guest pages, left to right; h and a number is a page of the host',
    unit: 'guest page of 4 KB',
    strips,
    marks: state.pages.map((_, page) => ({ at: page, label: String(page) })),
    legend: {
      solid: 'private',
      outline: 'shared',
      hatched: privateMemory ? 'kept though it does not count, or no longer backed' : 'no longer backed',
      dotted: sev ? 'not known, or of a kind the host cannot tell' : 'not used yet',
    },
  };
}

/** What stands in one page of one strip. Neighbours whose `same` is equal are drawn as one piece. */
interface Cell {
  look: Piece['look'];
  label: string;
  detail: string;
  host?: number;
}

function meantCell({ meant }: Page): Cell {
  if (meant === undefined) return { look: 'dotted', label: '', detail: 'not used yet' };
  return { look: lookOf(meant), label: meant, detail: `meant as ${meant}` };
}

function toldCell({ told }: Page): Cell {
  if (told === undefined) return { look: 'dotted', label: '?', detail: 'the host was told nothing' };
  return { look: lookOf(told), label: told, detail: `the guest called: ${told}` };
}

function attributeCell({ attribute }: Page): Cell {
  return { look: lookOf(attribute), label: attribute, detail: `attribute ${attribute}` };
}

function userCell(state: State, page: Page): Cell | undefined {
  if (page.user === undefined) return undefined;
  if (page.pinned) return { look: 'dotted', label: 'pinned', detail: 'pinned', host: page.user };
  const counts = !factsOf(state).privateMemory || page.attribute === 'shared';
  return {
    look: counts ? 'outline' : 'hatched',
    label: '',
    detail: counts ? 'in use' : 'kept, does not count',
    host: page.user,
  };
}

function fileCell({ file, attribute }: Page): Cell | undefined {
  if (file === undefined) return undefined;
  const counts = attribute === 'private';
  return {
    look: counts ? 'solid' : 'hatched',
    label: '',
    detail: counts ? 'in use' : 'kept, does not count',
    host: file,
  };
}

function mappedCell(state: State, page: Page, kinds: readonly ('private' | 'shared')[]): Cell | undefined {
  const kind = kinds.find((each) => page.mapped[each] !== undefined);
  const host = kind === undefined ? undefined : page.mapped[kind];
  if (kind === undefined || host === undefined) return undefined;
  if (isStale(page))
    return { look: 'hatched', label: '', detail: `mapped ${kind}, but its backing no longer has this page`, host };
  if (state.setup.vm === 'sev') return { look: 'dotted', label: '', detail: 'mapped, kind unknown to the host', host };
  return { look: lookOf(kind), label: '', detail: `mapped ${kind}`, host };
}

function lookOf(kind: 'private' | 'shared'): Piece['look'] {
  return kind === 'private' ? 'solid' : 'outline';
}

interface Run {
  from: number;
  to: number;
  cell: Cell;
  fresh: boolean;
}

function strip(state: State, label: string, cellOf: (page: Page) => Cell | undefined): Strip {
  const runs: Run[] = [];
  for (const [number, page] of state.pages.entries()) {
    const cell = cellOf(page);
    if (cell === undefined) continue;
    const fresh = state.touched.includes(number);
    const last = runs.at(-1);
    if (last?.to === number && last.fresh === fresh && continues(last, cell, number)) last.to = number + 1;
    else runs.push({ from: number, to: number + 1, cell, fresh });
  }
  return { label, start: 0, end: state.pages.length, pieces: runs.map((run) => pieceOf(run, label)) };
}

/** Alike, and on host pages that follow each other. */
function continues({ from, cell }: Run, next: Cell, number: number): boolean {
  if (cell.look !== next.look || cell.detail !== next.detail) return false;
  if (cell.host === undefined || next.host === undefined) return cell.host === next.host;
  return next.host - cell.host === number - from;
}

function pieceOf({ from, to, cell, fresh }: Run, strip: string): Piece {
  const many = to - from;
  const host = cell.host === undefined ? '' : many === 1 ? `h${cell.host}` : `h${cell.host}-h${cell.host + many - 1}`;
  return {
    id: `${strip.replace(/\W+/g, '-')}-${from}`,
    start: from,
    end: to,
    label: [host, cell.label].filter((each) => each !== '').join(' '),
    detail: `${pagesInWords(from, many)}: ${[host, cell.detail].filter((each) => each !== '').join(', ')}`,
    look: cell.look,
    ...(fresh ? { fresh: true } : {}),
  };
}

function costTable(state: State): TablePart {
  const { free, user_memory, guest_memfd, in_both_views, pinned } = usage(state);
  const used = state.host.length - free;
  const { faults, retries, memoryFaults, hypercalls } = state.counts;
  const numbers = [user_memory, guest_memfd, in_both_views, pinned, faults, retries, memoryFaults, hypercalls];
  return {
    kind: 'table',
    title: `${used} of ${state.host.length} host pages in use (${sizeInWords(used)}); faults, retries and exits so far`,
    columns: ["VMM's", 'guest_memfd', 'both', 'pinned', 'faults', 'retries', 'MEMORY_FAULT', 'HYPERCALL'],
    rows: [{ cells: numbers.map(String), ...(in_both_views > 0 ? { mark: 'bad' as const } : {}) }],
  };
}

/** Rows of history shown. */
const SHOWN = 9;

function historyTable({ rows }: State): TablePart[] {
  if (rows.length === 0) return [];
  const first = Math.max(0, rows.length - SHOWN);
  return [
    {
      kind: 'table',
      title: first === 0 ? 'What happened' : `What happened; ${count(first, 'earlier step')} not shown`,
      columns: ['step', 'who', 'does what', 'what comes of it'],
      rows: rows.slice(first).map((row, index) => ({
        cells: [String(first + index), row.who, row.what, row.answer],
        ...(first + index === rows.length - 1 ? { mark: 'fresh' as const } : {}),
      })),
    },
  ];
}

function notes(state: State): NotePart[] {
  const { setup, pages, exit } = state;
  const notes: NotePart[] = [];
  const note = (look: NotePart['look'], text: string) => notes.push({ kind: 'note', look, text });
  if (setup.vm === 'sev-upm') note('info', 'What if: SEV and SEV-ES guests never got private memory in KVM.');
  if (setup.backend !== 'all-tdx' && setup.vm === 'tdx') {
    note('info', 'What if: every second host page is not TDX memory. In the kernel all pages of the allocator are.');
  }
  if (!setup.looksAgain) note('info', 'What if: KVM does not look again before it maps. Kernels always do.');
  const both = usage(state).in_both_views;
  if (both > 0) {
    note(
      'warning',
      `${count(both, 'page')} of the guest ${both === 1 ? 'holds' : 'hold'} ${both * 2} host pages: ${both} (${sizeInWords(both)}) for a view that does not count.`,
    );
  }
  const misled = pages.filter((page) => isMisled(state, page)).length;
  if (misled > 0)
    note(
      'warning',
      `${count(misled, 'page')} the guest means to share ${misled === 1 ? 'is' : 'are'} mapped private, and no exit has said so.`,
    );
  const stale = pages.filter(isStale).length;
  if (stale > 0) note('error', `${count(stale, 'mapping')} to a host page that its backing has given up.`);
  if (exit?.reason === 'error') note('error', `KVM_RUN returns -${exit.errno} for page ${exit.page}.`);
  return notes;
}
