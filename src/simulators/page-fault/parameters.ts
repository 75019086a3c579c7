import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

/** The situation in a reader's words; `situationOf` makes the flags of the model from them. */
export type Parameters = {
  kernel: string;
  request: string;
  access: string;
  view: string;
  entry: string;
  slot: string;
  hostPage: string;
  guestMemfd: string;
  invalidation: string;
  protection: string;
  writer: string;
  module: string;
  lostRaces: number;
  oldRoot: boolean;
  caller: string;
  again: boolean;
  whatIf: string;
};

type Choices = readonly (readonly [value: string, label: string])[];

/** The first choice is the default where no other is named. */
function choice(
  name: string,
  label: string,
  help: string,
  choices: Choices,
  standard = choices[0]?.[0],
): ParameterSpec {
  return {
    name,
    label,
    help,
    kind: 'choice',
    default: standard ?? '',
    choices: choices.map(([value, words]) => ({ value, label: words })),
  };
}

const REQUEST: readonly ParameterSpec[] = [
  choice('request', 'Request', 'Who wants the page mapped, and how.', [
    ['fault', 'The guest touches it'],
    ['prefault', 'The VMM prefaults it'],
    ['map-private-pfn', 'KVM maps a private page it has'],
    ['add-page', 'The VMM adds a first TD page'],
  ]),
  choice('access', 'Guest access', 'What the guest does; whoever maps ahead acts as if it had read.', [
    ['read', 'Read'],
    ['write', 'Write'],
    ['exec', 'Execute'],
  ]),
  choice('view', 'Private or shared', 'The view that is asked for, and what the memory attribute says.', [
    ['shared', 'Shared, as the attribute says'],
    ['private', 'Private, as the attribute says'],
    ['private-but-shared', 'Private, but the attribute says shared'],
    ['shared-but-private', 'Shared, but the attribute says private'],
  ]),
  {
    name: 'again',
    label: 'Ask twice',
    help: 'The same request comes a second time, when what was only passing has passed.',
    kind: 'switch',
    default: false,
  },
  choice('caller', 'Interruption', 'What ends the loop of a prefault or of a mapping.', [
    ['none', 'None'],
    ['signal', 'A signal is pending'],
    ['vm-dead', 'The VM is marked dead'],
  ]),
];

const PAGE: readonly ParameterSpec[] = [
  choice('entry', 'Entry before', 'What the page table of the guest (EPT or NPT) has for the page at the start.', [
    ['empty', 'Empty'],
    ['writable', 'Writable'],
    ['read-only', 'Read-only'],
    ['may-open', 'Read-only, KVM may open it'],
    ['device', 'Device mark'],
    ['old-device', 'Old device mark'],
    ['cached-device', 'Old device mark, device in the cache'],
    ['frozen', 'Frozen by another task'],
  ]),
  choice('slot', 'Memory slot', 'What the VMM has set up for the address.', [
    ['memory', 'Memory'],
    ['read-only', 'Read-only memory'],
    ['none', 'None: a device'],
    ['being-deleted', 'Being deleted'],
    ['apic-on', 'APIC page, accelerated'],
    ['apic-off', 'APIC page, acceleration off'],
  ]),
  choice('hostPage', 'Shared memory', 'What the host finds behind the address in the VMM.', [
    ['page', 'A page'],
    ['read-only', 'A page that may only be read'],
    ['on-disk', 'On disk, the vCPU waits'],
    ['on-disk-aside', 'On disk, read aside'],
    ['being-read', 'On disk, being read already'],
    ['poisoned', 'A page with a hardware error'],
    ['signal', 'A signal ends the search'],
    ['nothing', 'Nothing is mapped'],
  ]),
  choice('guestMemfd', 'Private memory', 'What guest_memfd gives for the address.', [
    ['page', 'A page'],
    ['missing', 'The slot has no guest_memfd'],
    ['efault', '-EFAULT'],
    ['enomem', '-ENOMEM'],
    ['hwpoison', '-EHWPOISON'],
  ]),
];

const AROUND: readonly ParameterSpec[] = [
  choice('invalidation', 'Invalidation', 'Whether somebody takes the page away meanwhile.', [
    ['none', 'None'],
    ['in-progress', 'Under way'],
    ['other-page', 'Under way, other pages'],
    ['during-search', 'While the host page is looked up'],
    ['before-lock', 'Just before mmu_lock is taken'],
  ]),
  choice('protection', 'Write protection', 'Whether KVM keeps the page read-only or watches writes to it.', [
    ['none', 'None'],
    ['write-protected', 'KVM shadows a page table in it'],
    ['write-tracked', 'Somebody tracks writes to it'],
  ]),
  choice('writer', 'The write came from', 'Decides whether a protected write is retried or emulated.', [
    ['plain', 'A plain instruction'],
    ['page-walk', 'A walk of guest tables'],
    ['page-walk-stays', 'A walk, and unprotecting fails'],
    ['same-again', 'The instruction retried before'],
    ['nested', 'A nested guest'],
  ]),
  choice('module', 'TDX module', 'How the module answers when a private page is to be mapped.', [
    ['takes', 'Takes the page'],
    ['busy', 'Busy at first'],
    ['refuses', 'Refuses; KVM marks the VM dead'],
  ]),
  {
    name: 'lostRaces',
    label: 'Lost races',
    help: 'How many exchanges of the entry another CPU wins.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 30,
  },
  {
    name: 'oldRoot',
    label: 'Root replaced',
    help: "The root of the vCPU's table is replaced meanwhile.",
    kind: 'switch',
    default: false,
  },
];

const KERNEL: readonly ParameterSpec[] = [
  {
    ...choice(
      'kernel',
      'Kernel',
      'Numbers and rules follow it.',
      [
        ['6.8', '6.8'],
        ['6.16', '6.12-6.17 (read in 6.16.1)'],
        ['6.18', '6.18'],
        ['6.19', '6.19'],
        ['7.0', '7.0'],
      ],
      '6.16',
    ),
    inText: KERNEL_PHRASES,
  },
  choice('whatIf', 'What if', 'Rules that no kernel has, to see what they would do.', [
    ['none', 'As in the kernel'],
    ['prefault-rule', 'SPURIOUS is success for a TD page'],
    ['write-prefault', 'A prefault carries the write bit'],
  ]),
];

export const parameters: readonly ParameterSpec[] = [...KERNEL, ...REQUEST, ...PAGE, ...AROUND];
