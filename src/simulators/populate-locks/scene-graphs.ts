/** Who holds what and who waits for whom; and the order of the locks, whatever the timing. */
import type { GraphEdge, GraphNode, GraphPart } from '../kit/scene.ts';
import { type Blocker, LOCKS, type LockName } from './locks.ts';
import { type Edge, lockOrder } from './order.ts';
import { pathOf } from './paths.ts';
import { blockersIn, wantedBy } from './ring.ts';
import type { State } from './state.ts';
import { ringInWords } from './told.ts';
import { heading, letter, listed, lockTitle, shortLock } from './words.ts';

/** Arrows lead from who waits to the lock and on to who holds it, so that a deadlock is a way round. */
export function waitGraph(state: State, moved: number | undefined): GraphPart {
  const before = new Set<LockName>(locksInUse(state));
  const tasks = state.tasks.map((_, number) => taskNode(state, number, number === moved));
  const locks = LOCKS.filter((lock) => before.has(lock)).map((lock) => lockNode(state, lock));
  const held = LOCKS.flatMap((lock) => state.locks[lock].held.map((claim) => heldEdge(lock, claim.task, claim.mode)));
  const waits = state.tasks.flatMap((_, number) => waitEdges(state, number, number === moved));
  const edges = [...held, ...waits];
  const cycle = cycleOf(state, edges);
  return {
    kind: 'graph',
    title:
      cycle === undefined ? 'Who holds which lock, and who waits' : 'Who holds which lock, and who waits: a deadlock',
    nodes: [...tasks, ...locks],
    edges,
    ...(cycle === undefined ? {} : { cycle }),
    legend: { dashed: 'waits for', solid: 'held by' },
  };
}

/** The locks on the paths of these tasks. */
function locksInUse({ setup, tasks }: State): LockName[] {
  return tasks.flatMap(({ does }) => pathOf(setup, does).flatMap((op) => (op.do === 'work' ? [] : [op.lock])));
}

function taskNode(state: State, number: number, fresh: boolean): GraphNode {
  const wanted = wantedBy(state, number);
  const held = LOCKS.flatMap((lock) =>
    state.locks[lock].held.filter((claim) => claim.task === number).map(({ mode }) => shortLock(lock, mode)),
  );
  const holds = held.length === 0 ? 'holds nothing' : `holds ${held.join(' ')}`;
  const waits = wanted === undefined ? [] : [`waits for ${shortLock(wanted.lock, wanted.mode)}`];
  const label = heading(state, number);
  return {
    id: letter(number),
    label,
    lines: [holds, ...waits],
    role: 'actor',
    layer: 0,
    detail: `${label}: ${[holds, ...waits].join(', ')}`,
    ...(fresh ? { fresh: true } : {}),
  };
}

function lockNode(state: State, lock: LockName): GraphNode {
  const { held, queue } = state.locks[lock];
  const free = held.length === 0 ? 'free' : `held by ${listed(held.map((claim) => letter(claim.task)))}`;
  const asked = queue.length === 0 ? '' : `, ${listed(queue.map((claim) => letter(claim.task)))} in the queue`;
  return {
    id: lock,
    label: lock,
    lines: [lockTitle(lock)],
    role: 'thing',
    layer: 1,
    detail: `${lockTitle(lock)} (${lock}): ${free}${asked}`,
  };
}

function heldEdge(lock: LockName, task: number, mode: 'read' | 'write'): GraphEdge {
  const object = shortLock(lock, mode);
  return {
    id: `held-${lock}-${letter(task)}`,
    from: lock,
    to: letter(task),
    look: 'solid',
    of: letter(task),
    verb: 'holds',
    object,
    detail: `${letter(task)} holds ${object}`,
  };
}

/** To the lock where its holders are in the way, and to those that stand before it in the queue. */
function waitEdges(state: State, number: number, fresh: boolean): GraphEdge[] {
  const wanted = wantedBy(state, number);
  if (wanted === undefined) return [];
  const object = shortLock(wanted.lock, wanted.mode);
  const blockers = blockersIn(state, number);
  const who = letter(number);
  const base = { from: who, look: 'dashed', of: who, ...(fresh ? { fresh: true } : {}) } as const;
  const behind = (blocker: Blocker): GraphEdge => {
    const other = letter(blocker.task);
    const detail = `${who} waits for ${object} behind ${other}`;
    return {
      ...base,
      id: `behind-${who}-${other}`,
      to: other,
      verb: 'waits for',
      object: `${object} behind ${other}`,
      detail,
    };
  };
  const queued = blockers.filter((blocker) => blocker.how === 'waits').map(behind);
  if (blockers.some((blocker) => blocker.how === 'holds') || queued.length === 0) {
    const detail = `${who} waits for ${object}`;
    return [{ ...base, id: `waits-${who}`, to: wanted.lock, verb: 'waits for', object, detail }, ...queued];
  }
  return queued;
}

/** The ring as a way along the arrows: each task to its lock and from there to the next task, or straight to who stands before it. */
function cycleOf(state: State, edges: readonly GraphEdge[]): GraphPart['cycle'] {
  const { ring } = state;
  if (ring.length === 0) return undefined;
  const ids = ring.flatMap((number, index) => {
    const next = letter(ring[(index + 1) % ring.length] ?? number);
    const who = letter(number);
    if (edges.some((edge) => edge.id === `behind-${who}-${next}`)) return [`behind-${who}-${next}`];
    return [`waits-${who}`, `held-${wantedBy(state, number)?.lock ?? ''}-${next}`];
  });
  return { edges: ids, words: `The ring: ${ringInWords(state)}${ring.length === 1 ? ', and never gets on' : ''}.` };
}

/** Which lock is asked for while another one is held, as lockdep sees it. */
export function orderGraph(state: State): GraphPart {
  const order = lockOrder(state);
  const known = new Set(order.flatMap(({ from, to }) => [from, to]));
  const nodes = LOCKS.filter((lock) => known.has(lock)).map(
    (lock): GraphNode => ({
      id: `order-${lock}`,
      label: lock,
      lines: [lockTitle(lock)],
      role: 'thing',
      detail: `${lockTitle(lock)} (${lock})`,
    }),
  );
  const edges = joined(order);
  const ring = order.filter((edge) => edge.inCycle);
  const around = ring.length === 0 ? undefined : wayRound(edges, ring);
  return {
    kind: 'graph',
    title: around === undefined ? 'Order of the locks: no way leads back' : 'Order of the locks: it leads in a circle',
    nodes,
    edges,
    ...(around === undefined ? {} : { cycle: around }),
    legend: { solid: 'while this is held, that is asked for' },
  };
}

/** One arrow for each pair of locks, whatever the modes. */
function joined(order: readonly Edge[]): GraphEdge[] {
  const pairs = new Map<string, Edge[]>();
  for (const edge of order)
    pairs.set(`${edge.from} ${edge.to}`, [...(pairs.get(`${edge.from} ${edge.to}`) ?? []), edge]);
  return [...pairs.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const tasks = [...new Set(same.flatMap((edge) => edge.tasks))].sort((a, b) => a - b).map(letter);
    const detail = same
      .map(({ from, to, modes, tasks: who }) => {
        const [held, asked] = [shortLock(from, modes[0]), shortLock(to, modes[1])];
        return `${listed(who.map(letter))}: while ${held} is held, ${asked} is asked for`;
      })
      .join('; ');
    return [
      {
        id: `order-${first.from}-${first.to}`,
        from: `order-${first.from}`,
        to: `order-${first.to}`,
        look: 'solid' as const,
        of: `order-${first.from}`,
        verb: 'then',
        object: `${first.to} (${tasks.join(' ')})`,
        detail,
      },
    ];
  });
}

/** Two locks that are taken in both orders, or the shortest way round that there is. */
function wayRound(edges: readonly GraphEdge[], ring: readonly Edge[]): NonNullable<GraphPart['cycle']> | undefined {
  for (const { from, to } of ring) {
    const way = shortest(edges, `order-${to}`, `order-${from}`);
    const first = edges.find((edge) => edge.from === `order-${from}` && edge.to === `order-${to}`);
    if (way === undefined || first === undefined) continue;
    const all = [first, ...way];
    const words = all.map((edge) => `while ${name(edge.from)} is held, ${name(edge.to)} is asked for`);
    return { edges: all.map((edge) => edge.id), words: `The circle: ${words.join('; ')}.` };
  }
  return undefined;
}

function name(id: string): string {
  return id.replace('order-', '');
}

function shortest(edges: readonly GraphEdge[], start: string, goal: string): GraphEdge[] | undefined {
  const ways = new Map<string, GraphEdge[]>([[start, []]]);
  for (const [at, way] of ways) {
    if (at === goal) return way;
    for (const edge of edges) if (edge.from === at && !ways.has(edge.to)) ways.set(edge.to, [...way, edge]);
  }
  return undefined;
}
