import { atLeast } from './kernel.ts';
import { asksModule, mapsKnownPage, type Question, type State } from './state.ts';

/** The decision path as a reader sees it: each question with its doors, and where a door leads when not to the next question. */
export type Door = { door: string; to?: string };

type Asked = { text: string; doors: readonly Door[] };

const RETRY = 'RETRY';
const EXIT = 'exit to VMM';

const QUESTIONS: Readonly<Record<Exclude<Question, 'answer'>, Asked>> = {
  exists: { text: 'Does this kernel have it?', doors: [{ door: 'no' }] },
  'page-file': {
    text: 'Does guest_memfd have it?',
    doors: [{ door: 'here it is' }, { door: 'no file', to: '-EINVAL' }, { door: 'error', to: 'its error' }],
  },
  filled: { text: 'Was the page filled before?', doors: [{ door: 'no' }, { door: 'yes: -EEXIST' }] },
  range: { text: 'Is the range private?', doors: [{ door: 'yes' }, { door: 'no: -EINVAL' }] },
  'may-map': { text: 'Are writes to it tracked?', doors: [{ door: 'untracked' }, { door: 'tracked: -EPERM' }] },
  interrupted: {
    text: 'One more pass?',
    doors: [{ door: 'pass' }, { door: 'signal: -EINTR' }, { door: 'dead: -EIO' }],
  },
  device: {
    text: 'Is it a known device?',
    doors: [{ door: 'no' }, { door: 'yes: emulate' }, { door: 'stale mark' }, { door: 'private: -EFAULT' }],
  },
  tracked: { text: 'Are writes to it tracked?', doors: [{ door: 'no' }, { door: 'tracked', to: 'WRITE_PROTECTED' }] },
  fast: {
    text: 'Can it be fixed without lock?',
    doors: [
      { door: 'not tried' },
      { door: 'no' },
      { door: 'lost 5 times' },
      { door: 'write bit set', to: 'FIXED' },
      { door: 'already fine', to: 'SPURIOUS' },
    ],
  },
  invalidated: { text: 'Is the page being invalidated?', doors: [{ door: 'no' }, { door: 'yes', to: RETRY }] },
  slot: {
    text: 'Which slot holds the page?',
    doors: [
      { door: 'memory' },
      { door: 'read-only slot' },
      { door: 'none', to: 'device' },
      { door: 'hidden', to: 'device' },
      { door: 'none, private', to: EXIT },
      { door: 'APIC, off', to: 'EMULATE' },
      { door: 'being deleted', to: RETRY },
      { door: 'going: -EAGAIN' },
    ],
  },
  agree: {
    text: 'Do access and attribute agree?',
    doors: [{ door: 'yes' }, { door: 'they differ', to: EXIT }, { door: 'no slot', to: 'device' }],
  },
  'host-page': {
    text: 'Is there a host page?',
    doors: [
      { door: 'page' },
      { door: 'read-only page' },
      { door: 'guest_memfd page' },
      { door: 'read-only slot', to: 'EMULATE' },
      { door: 'being read', to: RETRY },
      { door: 'read it aside', to: RETRY },
      { door: 'poisoned', to: RETRY },
      { door: 'signal: -EINTR', to: 'an error' },
      { door: 'none: -EFAULT', to: 'an error' },
      { door: 'no file', to: EXIT },
      { door: '-EFAULT', to: EXIT },
      { door: '-ENOMEM', to: EXIT },
      { door: '-EHWPOISON', to: EXIT },
    ],
  },
  changed: { text: 'Did the sequence number move?', doors: [{ door: 'no' }, { door: 'yes', to: RETRY }] },
  lock: {
    text: 'Still true under mmu_lock?',
    doors: [{ door: 'yes' }, { door: 'old root', to: RETRY }, { door: 'invalidated', to: RETRY }],
  },
  entry: {
    text: 'What is in the entry?',
    doors: [
      { door: 'nothing' },
      { door: 'not enough' },
      { door: 'there, good', to: 'SPURIOUS' },
      { door: 'frozen', to: RETRY },
    ],
  },
  permission: {
    text: 'What may the new entry allow?',
    doors: [{ door: 'writable' }, { door: 'read-only' }, { door: 'write bit refused' }, { door: 'device mark' }],
  },
  install: {
    text: 'Does the exchange succeed?',
    doors: [
      { door: 'written', to: 'FIXED' },
      { door: 'frozen first' },
      { door: 'same as before', to: 'SPURIOUS' },
      { door: 'lost', to: RETRY },
      { door: 'refused, dead', to: RETRY },
    ],
  },
  's-ept': {
    text: 'Does the TDX module take it?',
    doors: [
      { door: 'taken', to: 'FIXED' },
      { door: 'asked later', to: 'FIXED' },
      { door: 'busy', to: RETRY },
      { door: 'refused', to: RETRY },
      { door: 'refused, dead', to: RETRY },
    ],
  },
  protected: {
    text: 'Is it a device, or a write?',
    doors: [{ door: 'no write' }, { door: 'device', to: 'EMULATE' }, { door: 'yes, a write', to: 'WRITE_PROTECTED' }],
  },
  emulable: { text: 'Can KVM emulate it?', doors: [{ door: 'yes' }, { door: 'private', to: EXIT }] },
  unprotect: {
    text: 'Lift protection, or emulate?',
    doors: [{ door: 'emulate' }, { door: 'lift and retry', to: RETRY }],
  },
  'page-add': {
    text: 'Does the TDX module take it?',
    doors: [{ door: 'taken: 0' }, { door: '-EBUSY' }, { door: '-EIO' }],
  },
};

const ANSWER = 'What does the caller answer?';
const TO_GUEST: Asked = {
  text: ANSWER,
  doors: [{ door: 'resume the guest' }, { door: 'emulate' }, { door: 'error to the VMM' }],
};
const TO_PREFAULT: Asked = { text: ANSWER, doors: [{ door: '0' }, { door: 'again' }, { door: '-ENOENT' }] };
const TO_MAPPING: Asked = { text: ANSWER, doors: [{ door: '0' }, { door: 'again' }, { door: '-EIO' }] };

const AGREE_SINCE_6_12: Asked = {
  ...QUESTIONS.agree,
  doors: QUESTIONS.agree.doors.filter(({ door }) => door !== 'no slot'),
};

/** The page question of 6.8 came in another order. */
const BEFORE_6_12: readonly Question[] = ['invalidated', 'slot', 'agree', 'host-page'];
const SINCE_6_12: readonly Question[] = ['agree', 'slot', 'invalidated', 'host-page'];

export function asked(state: State, question: Question): Asked {
  // Only in 6.8 the attribute is compared when the slot is known, and a missing one noticed after.
  if (question === 'agree' && atLeast(state.kernel, '6.16')) return AGREE_SINCE_6_12;
  if (question !== 'answer') return QUESTIONS[question];
  if (state.situation.path === 'fault') return TO_GUEST;
  return mapsKnownPage(state) ? TO_MAPPING : TO_PREFAULT;
}

/** The questions on the straight way, in the order of the kernel; those asked only in special cases are not among them. */
export function straightWay(state: State): readonly Question[] {
  const { path } = state.situation;
  if (state.next === 'exists' || state.taken[0]?.question === 'exists') return ['exists'];
  const known = mapsKnownPage(state);
  const filled: Question[] = atLeast(state.kernel, '7.0') ? [] : ['filled'];
  const adding: Question[] = path === 'add_page' && state.pass <= 1 ? ['page-file', ...filled, 'range'] : [];
  const entry: Question[] = ['entry', 'permission', 'install', ...(asksModule(state) ? ['s-ept' as const] : [])];
  if (known) return [...adding, ...(state.pass <= 1 ? ['may-map' as const] : []), 'interrupted', ...entry, 'answer'];
  const page = atLeast(state.kernel, '6.16') ? SINCE_6_12 : BEFORE_6_12;
  const head: Question = path === 'fault' ? 'device' : 'interrupted';
  const last: Question[] = path === 'add_page' ? ['page-add'] : [];
  return [...adding, head, 'tracked', 'fast', ...page, 'changed', 'lock', ...entry, 'answer', ...last];
}
