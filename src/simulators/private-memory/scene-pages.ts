/** The guest's pages as the guest, KVM's tables and the backings see them, in ranges of pages that are alike. */
import type { Look, PageCell, PageRow, PageTablesPart } from '../kit/scene.ts';
import { factsOf, isStale, type Kind, type Page, type State } from './state.ts';
import { pagesInWords } from './words.ts';

interface Column {
  id: string;
  label: string;
  role: 'guest' | 'table' | 'backing';
  cellOf(state: State, page: Page, number: number): Cell | undefined;
}

/** What stands in one column for one page. Host pages that follow each other are told as a range. */
interface Cell {
  label: string;
  state?: string;
  detail: string;
  look: Look;
  host?: number;
  leads?: string;
}

export function pageTables(state: State): PageTablesPart {
  const columns = columnsOf(state);
  const { privateMemory } = factsOf(state);
  return {
    kind: 'pageTables',
    title: 'Guest pages, their entries, and what backs them (h: a page of the host)',
    columns: columns.map(({ id, label, role }) => ({ id, label, role })),
    rows: rowsOf(state, columns),
    legend: {
      solid: 'private',
      outline: 'shared',
      hatched: privateMemory ? 'kept though it does not count, or no longer backed' : 'no longer backed',
      empty: 'no entry, and none may be made yet',
      dotted:
        state.setup.vm === 'sev' ? 'not known, or of a kind the host cannot tell' : 'not used yet, or not mapped yet',
    },
  };
}

/** The shared view to the left of the guest and the private one to its right; with one table, that stands in between. */
function columnsOf(state: State): Column[] {
  const { privateMemory, twoTables } = factsOf(state);
  const guest: Column = { id: 'guest', label: 'guest page', role: 'guest', cellOf: guestCell };
  const user: Column = { id: 'user', label: "VMM's memory", role: 'backing', cellOf: userCell };
  const file: Column = { id: 'file', label: 'guest_memfd', role: 'backing', cellOf: fileCell };
  const table = (id: string, label: string, kinds: readonly Kind[]): Column => ({
    id,
    label,
    role: 'table',
    cellOf: (whole, page, number) => mappedCell(whole, page, kinds) ?? pendingCell(whole, number, kinds),
  });
  if (twoTables)
    return [user, table('ept', 'shared: EPT', ['shared']), guest, table('sept', 'private: S-EPT', ['private']), file];
  const known: Column[] = privateMemory
    ? [{ id: 'attribute', label: 'attribute', role: 'guest', cellOf: attributeCell }]
    : state.setup.vm === 'sev'
      ? [{ id: 'told', label: 'VMM was told', role: 'guest', cellOf: toldCell }]
      : [];
  const kvm = table('kvm', 'KVM maps', ['private', 'shared']);
  return privateMemory ? [guest, ...known, user, kvm, file] : [guest, ...known, kvm, user];
}

function rowsOf(state: State, columns: readonly Column[]): PageRow[] {
  const runs: { from: number; to: number; cells: (Cell | undefined)[]; fresh: boolean }[] = [];
  for (const [number, page] of state.pages.entries()) {
    const cells = columns.map((column) => column.cellOf(state, page, number));
    const fresh = state.touched.includes(number);
    const last = runs.at(-1);
    const alike =
      last?.fresh === fresh && cells.every((cell, index) => continues(last.cells[index], cell, number - last.from));
    if (last !== undefined && alike) last.to = number + 1;
    else runs.push({ from: number, to: number + 1, cells, fresh });
  }
  return runs.map(({ from, to, cells, fresh }) => ({
    id: `pages-${from}`,
    cells: cells.map((cell, index) => cell && drawn(cell, columns[index]?.id ?? '', from, to - from, fresh)),
  }));
}

function continues(first: Cell | undefined, cell: Cell | undefined, distance: number): boolean {
  if (first === undefined || cell === undefined) return first === cell;
  if (first.look !== cell.look || first.detail !== cell.detail || first.state !== cell.state) return false;
  if (first.host === undefined || cell.host === undefined)
    return first.host === cell.host && first.label === cell.label;
  return cell.host - first.host === distance;
}

function drawn(cell: Cell, column: string, from: number, many: number, fresh: boolean): PageCell {
  const host = cell.host === undefined ? '' : many === 1 ? `h${cell.host}` : `h${cell.host}-h${cell.host + many - 1}`;
  const pages = pagesInWords(from, many);
  return {
    id: `${column}-${from}`,
    label: column === 'guest' ? pages.replace(/^pages? /, '') : host === '' ? cell.label : host,
    detail: `${pages}: ${[host, cell.detail].filter((each) => each !== '').join(', ')}`,
    look: cell.look,
    ...(cell.state === undefined ? {} : { state: cell.state }),
    ...(cell.leads === undefined ? {} : { leads: cell.leads }),
    ...(fresh ? { fresh: true } : {}),
  };
}

/** How the guest means a page; where the tables are two, KVM's attribute stands with it. */
function guestCell(state: State, { meant, attribute }: Page): Cell {
  const says = factsOf(state).twoTables && state.created ? `attribute ${attribute}` : undefined;
  const words = meant === undefined ? 'not used yet' : `meant as ${meant}`;
  return {
    label: '',
    state: [meant ?? 'not used yet', ...(says === undefined || meant === attribute ? [] : [says])].join(', '),
    look: meant === undefined ? 'dotted' : lookOf(meant),
    detail: [words, ...(says === undefined ? [] : [says])].join(', '),
  };
}

function attributeCell(_: State, { attribute }: Page): Cell {
  return { look: lookOf(attribute), label: attribute, detail: `attribute ${attribute}` };
}

function toldCell(_: State, { told }: Page): Cell {
  if (told === undefined) return { look: 'dotted', label: '?', detail: 'the host was told nothing' };
  return { look: lookOf(told), label: told, detail: `the guest called: ${told}` };
}

function userCell(state: State, page: Page): Cell | undefined {
  if (page.user === undefined) return undefined;
  const pinned = page.pinned ? 'pinned' : '';
  const counts = !factsOf(state).privateMemory || page.attribute === 'shared';
  if (counts)
    return {
      look: page.pinned ? 'dotted' : 'outline',
      label: '',
      ...(page.pinned ? { state: pinned } : {}),
      detail: pinned || 'in use',
      host: page.user,
    };
  return { look: 'hatched', label: '', state: 'kept', detail: 'kept, does not count', host: page.user };
}

function fileCell(_: State, { file, attribute }: Page): Cell | undefined {
  if (file === undefined) return undefined;
  const counts = attribute === 'private';
  return {
    look: counts ? 'solid' : 'hatched',
    label: '',
    ...(counts ? {} : { state: 'kept' }),
    detail: counts ? 'in use' : 'kept, does not count',
    host: file,
  };
}

function mappedCell(state: State, page: Page, kinds: readonly Kind[]): Cell | undefined {
  const kind = kinds.find((each) => page.mapped[each] !== undefined);
  const host = kind === undefined ? undefined : page.mapped[kind];
  if (kind === undefined || host === undefined) return undefined;
  if (isStale(page)) {
    const detail = `mapped ${kind}, but its backing no longer has this page`;
    return { look: 'hatched', label: '', state: 'backing is gone', detail, host };
  }
  const leads = kind === 'private' ? 'file' : 'user';
  if (state.setup.vm === 'sev') {
    return {
      look: 'dotted',
      label: '',
      state: 'kind unknown',
      detail: 'mapped, kind unknown to the host',
      host,
      leads: 'user',
    };
  }
  return {
    look: lookOf(kind),
    label: '',
    state: factsOf(state).twoTables ? 'present' : `present, ${kind}`,
    detail: `mapped ${kind}`,
    host,
    leads,
  };
}

/** Where there is no entry: a fault that has its page in hand, or an invalidation that keeps entries away. */
function pendingCell({ fault, invalidating }: State, number: number, kinds: readonly Kind[]): Cell | undefined {
  if (fault?.page === number && kinds.includes(fault.kind)) {
    const has = fault.taken === undefined ? 'fault under way' : 'in hand, not mapped';
    const host = fault.taken === undefined ? {} : { host: fault.taken };
    return { look: 'dotted', label: '', state: has, detail: `no entry: ${has}`, ...host };
  }
  const punched =
    invalidating !== undefined && number >= invalidating.from && number < invalidating.from + invalidating.count;
  if (!punched || !kinds.includes('private')) return undefined;
  return { look: 'empty', label: '', state: 'being invalidated', detail: 'no entry: the range is being invalidated' };
}

function lookOf(kind: Kind): Look {
  return kind === 'private' ? 'solid' : 'outline';
}
