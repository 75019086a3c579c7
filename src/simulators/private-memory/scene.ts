import type { NotePart, Scene, ScenePart, TablePart, TimelinePart, TimelineRow, TimelineSpan } from '../kit/scene.ts';
import { usage } from './report.ts';
import { pageTables } from './scene-pages.ts';
import { factsOf, isMisled, isStale, type State } from './state.ts';
import { atStart, count, pagesInWords, sizeInWords } from './words.ts';

/** The guest's pages as the guest, KVM and the backings see them; what happened; what it costs. */
export function draw(state: State): Scene {
  const parts: ScenePart[] = [pageTables(state), ...historyOf(state), costTable(state), ...notes(state)];
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

function costTable(state: State): TablePart {
  const { free, user_memory, guest_memfd, in_both_views, pinned } = usage(state);
  const used = state.host.length - free;
  const { faults, retries, memoryFaults, hypercalls } = state.counts;
  const numbers = [user_memory, guest_memfd, in_both_views, pinned, faults, retries, memoryFaults, hypercalls];
  return {
    kind: 'table',
    id: 'cost',
    title: `${used} of ${state.host.length} host pages in use (${sizeInWords(used)}); faults, retries and exits so far`,
    columns: ["VMM's", 'guest_memfd', 'both', 'pinned', 'faults', 'retries', 'MEMORY_FAULT', 'HYPERCALL'],
    rows: [{ cells: numbers.map(String), ...(in_both_views > 0 ? { mark: 'bad' as const } : {}) }],
  };
}

const LANES = ['guest', 'VMM', 'KVM'] as const;

/** Who did what, and what came of it: guest, VMM and KVM side by side, time downwards. */
function historyOf({ rows }: State): TimelinePart[] {
  if (rows.length === 0) return [];
  const first = Math.max(0, rows.length - SHOWN);
  const spans = punchSpans(rows, first);
  return [
    {
      kind: 'timeline',
      title: first === 0 ? 'Who did what' : `Who did what; ${count(first, 'earlier step')} not shown`,
      unit: 'step',
      lanes: LANES.map((label) => ({ label })),
      rows: rows.slice(first).map((row, index) => historyRow(row, first + index, first + index === rows.length - 1)),
      ...(spans.length === 0
        ? {}
        : { spans, legend: { hatched: 'a fault is under way', solid: 'an invalidation is in progress' } }),
    },
  ];
}

/** Rows of history shown. */
const SHOWN = 13;

/** What KVM made of it stands in KVM's lane; what needs no answer has none. */
function historyRow({ who, what, answer }: State['rows'][number], number: number, fresh: boolean): TimelineRow {
  const seen = who === 'VMM' && what.startsWith('reads');
  const said = answer === 'done' ? '' : answer;
  const cells = LANES.map((lane) => {
    if (lane === 'KVM' && who !== 'KVM' && !seen) return said;
    if (lane !== who) return '';
    return (who === 'KVM' || seen) && said !== '' ? `${what}: ${said}` : what;
  });
  const actor = who === 'KVM' ? 'KVM' : `the ${who}`;
  return {
    id: `step-${number}`,
    label: String(number),
    cells,
    detail: `step ${number}: ${actor} ${what}${said === '' ? '' : `: ${said}`}`,
    ...(fresh ? { fresh: true } : {}),
    ...(/^KVM_RUN returns -|^-E|refused/.test(answer) ? { bad: true } : {}),
  };
}

/** From the first step of a fault to its last, and the same for a hole. */
function punchSpans(rows: State['rows'], first: number): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  const open = (lane: number, row: number, look: TimelineSpan['look'], detail: string) =>
    spans.push({ id: `span-${lane}-${row}`, lane, from: Math.max(0, row - first), label: '', look, detail });
  const close = (lane: number, row: number) => {
    const index = spans.findLastIndex((span) => span.lane === lane && span.to === undefined);
    const span = spans[index];
    if (span !== undefined) spans[index] = { ...span, to: Math.max(0, row - first) + 1 };
  };
  for (const [row, { what, answer }] of rows.entries()) {
    if (what.startsWith('faults on')) open(0, row, 'hatched', 'a fault is under way');
    if (what.startsWith('begins to punch')) open(1, row, 'solid', 'an invalidation is in progress');
    if (what.startsWith('maps the page') || (what.startsWith('faults on') && answer !== 'goes on')) close(0, row);
    if (what.startsWith('ends the invalidation')) close(1, row);
  }
  return spans.filter((span) => (span.to ?? rows.length) > 0);
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
