import type { Blocker, LockName, Mode } from './locks.ts';
import type { Setup, State, TaskKind } from './state.ts';

export const LOCK_NAMES: Readonly<Record<LockName, string>> = {
  S: 'slots_lock',
  F: 'the invalidate lock',
  M: 'mmap_lock',
  U: 'mmu_lock',
  f: 'the folio lock',
};

/** The name alone: `invalidate lock`. */
export function lockTitle(lock: LockName): string {
  return LOCK_NAMES[lock].replace(/^the /, '');
}

/** Locks that only one task can have at a time, so that no mode need be told. */
export const PLAIN: readonly LockName[] = ['S', 'f'];

/** `F(w)`, `M(r)`, `S`. */
export function shortLock(lock: LockName, mode: Mode): string {
  return PLAIN.includes(lock) ? lock : `${lock}(${mode === 'write' ? 'w' : 'r'})`;
}

/** `the invalidate lock (F) for writing`, `slots_lock (S)`. */
export function lockInWords(lock: LockName, mode: Mode): string {
  const name = `${LOCK_NAMES[lock]} (${lock})`;
  return PLAIN.includes(lock) ? name : `${name} for ${mode === 'write' ? 'writing' : 'reading'}`;
}

/** What a task does, as a heading and in a sentence: `A fills`, `A fills the TD`. */
const DEEDS: Readonly<Record<TaskKind, { short: string; long: string }>> = {
  fill: { short: 'fills', long: 'fills the TD' },
  'user-fault': { short: 'faults', long: 'faults on a page of the VMM' },
  'mmap-call': { short: 'mmap()', long: 'calls mmap()' },
  'punch-hole': { short: 'punches', long: 'punches a hole' },
  bind: { short: 'binds', long: 'binds a slot to the file' },
  release: { short: 'closes', long: 'closes the file' },
  'set-attributes': { short: 'converts', long: 'sets attributes' },
  'guest-fault': { short: 'guest', long: 'serves a fault of the guest' },
};

export function letter(task: number): string {
  return String.fromCharCode(65 + task);
}

export function heading(state: State, task: number): string {
  return `${letter(task)} ${DEEDS[state.tasks[task]?.does ?? 'fill'].short}`;
}

export function deed(does: TaskKind): string {
  return DEEDS[does].long;
}

/** `B holds it for reading`, `C stands before it to write`. */
export function blockerInWords({ task, mode, how }: Blocker, lock: LockName): string {
  const who = letter(task);
  const plain = PLAIN.includes(lock);
  if (how === 'holds') return `${who} holds it${plain ? '' : ` for ${mode === 'write' ? 'writing' : 'reading'}`}`;
  return `${who} stands before it${plain ? '' : ` to ${mode}`}`;
}

export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** `6.16 with both proposed locks`. */
export function setupInWords({ code, getPfn, mmapFault }: Setup): string {
  const name = code === 'open-coded' ? 'The open-coded RFC' : `Linux ${code}`;
  if (getPfn && mmapFault) return `${name} with both proposed locks`;
  if (getPfn) return `${name} with the lock proposed in kvm_gmem_get_pfn()`;
  if (mmapFault) return `${name} with the lock proposed in faults on the file`;
  return code === 'open-coded' ? `${name} without the proposed locks` : `${name} as it is`;
}
