/** The events of a run: what the guest wants, and a VMM that answers each exit in the usual way. */
import { step } from './model.ts';
import type { Parameters } from './parameters.ts';
import { type Backend, type Event, factsOf, type Kind, type Setup, type State, startOf } from './state.ts';
import type { Kernel, VmType } from './vm-types.ts';

export function startFrom(given: Parameters): State {
  return startOf(setupOf(given), given.pages, given.pages + given.spare);
}

export function eventsFrom(given: Parameters): Event[] {
  const run = new Run(startFrom(given), given);
  run.prepare();
  if (given.course === 'race') run.race();
  else run.share(given.course === 'back');
  return run.events;
}

const VM_TYPES: readonly VmType[] = ['normal', 'sev', 'sev-upm', 'software', 'snp', 'tdx'];
const KERNELS: readonly Kernel[] = ['6.8', '6.11', '6.16'];
const BACKENDS: readonly Backend[] = ['all-tdx', 'mixed-picks', 'mixed-any'];

function setupOf({ vm, kernel, backend, looksAgain }: Parameters): Setup {
  return {
    vm: VM_TYPES.find((each) => each === vm) ?? 'tdx',
    kernel: KERNELS.find((each) => each === kernel) ?? '6.16',
    backend: BACKENDS.find((each) => each === backend) ?? 'all-tdx',
    looksAgain,
  };
}

class Run {
  readonly events: Event[] = [];
  private state: State;
  private readonly given: Parameters;
  private over = false;

  constructor(start: State, given: Parameters) {
    this.state = start;
    this.given = given;
  }

  /** Before the guest runs: pins for SEV, the attributes where there are any. */
  prepare(): void {
    this.play({ do: 'create' });
    const all = { from: 0, count: this.given.pages };
    if (this.state.setup.vm === 'sev') this.play({ do: 'register', ...all });
    if (factsOf(this.state).privateMemory) this.play({ do: 'set-attributes', ...all, to: 'private' });
  }

  share(andBack: boolean): void {
    const { pages, shares } = this.given;
    const buffers = Math.min(shares, pages);
    const reads: Event = { do: 'vmm-reads', from: pages - buffers, count: buffers };
    if (this.state.setup.vm === 'normal') {
      this.use(0, pages, 'shared');
      this.play(reads);
      return;
    }
    this.use(0, pages, 'private');
    this.convert(pages - buffers, buffers, 'shared');
    this.play(reads);
    if (andBack) this.convert(pages - buffers, buffers, 'private');
  }

  /** The last page is punched while a fault has it in hand. */
  race(): void {
    const last = this.given.pages - 1;
    const kind: Kind = this.state.setup.vm === 'normal' ? 'shared' : 'private';
    this.use(0, last, kind);
    this.play({ do: 'fault-begin', page: last, kind });
    this.play({ do: 'fault-take' });
    this.play({ do: 'punch-begin', from: last, count: 1 });
    if (this.state.invalidating !== undefined) this.play({ do: 'punch-free' });
    this.play({ do: 'fault-map' });
    if (this.state.invalidating === undefined) return;
    if (this.state.result === 'RET_PF_RETRY') this.play({ do: 'fault-begin', page: last, kind });
    this.play({ do: 'punch-end' });
    if (this.state.result === 'RET_PF_RETRY') {
      this.play({ do: 'fault-begin', page: last, kind });
      this.play({ do: 'fault-take' });
      this.play({ do: 'fault-map' });
    }
  }

  private play(event: Event): void {
    if (this.over) return;
    this.events.push(event);
    const taken = step(this.state, event);
    this.state = taken.state;
    // After these a VMM gives up; what it could still do is another run.
    this.over = taken.outcome === 'stuck' || this.state.exit?.reason === 'error';
  }

  private convert(from: number, count: number, to: Kind): void {
    if (this.given.call) {
      this.play({ do: 'call', from, count, to });
      this.answer(from, count, to);
    }
    this.use(from, count, to);
  }

  /** Uses the pages; as long as that ends in a memory fault exit the VMM converts that page and the guest goes on from there. */
  private use(from: number, count: number, kind: Kind): void {
    const end = from + count;
    let at = from;
    for (let tries = 0; tries <= count && !this.over; tries++) {
      this.play({ do: 'access', from: at, count: end - at, kind });
      const { exit } = this.state;
      if (exit?.reason !== 'memory-fault') return;
      at = exit.page;
      this.answer(exit.page, 1, exit.private ? 'private' : 'shared');
    }
  }

  /** What a VMM does when it is asked for a conversion. */
  private answer(from: number, count: number, to: Kind): void {
    this.play({ do: 'set-attributes', from, count, to });
    if (!this.given.punch || !factsOf(this.state).privateMemory) return;
    this.play({ do: to === 'shared' ? 'punch' : 'discard', from, count });
  }
}
