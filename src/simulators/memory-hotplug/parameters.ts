import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

export type Parameters = {
  policy: string;
  memory: string;
  convertible: string;
  initialize: string;
  moves: string;
  td: string;
  kernel: string;
  platform: boolean;
  bootGb: number;
  newGb: number;
};

const DECISION: readonly ParameterSpec[] = [
  {
    name: 'policy',
    label: 'Who decides',
    help: 'The rule whose story is told; the tables show the same events under all four.',
    kind: 'choice',
    default: 'merged',
    choices: [
      { value: 'approach-1', label: 'Approach 1 (mail): TDX platform, no new memory' },
      { value: 'approach-2', label: 'Approach 2 (mail): CMR memory, until initialized' },
      { value: 'merged', label: 'Merged (6.8 and later): notifier at online' },
      { value: 'mixed', label: 'What if: core-mm may hold any memory' },
    ],
  },
  {
    name: 'initialize',
    label: 'The TDX module is initialized',
    help: 'When somebody asks for TDX. From 7.1 on it is done at boot, whatever is chosen here.',
    kind: 'choice',
    default: 'last',
    choices: [
      { value: 'never', label: 'Never' },
      { value: 'first', label: 'Before the memory comes' },
      { value: 'between', label: 'After it was added, before it goes online' },
      { value: 'last', label: 'After it is online' },
    ],
  },
  {
    name: 'kernel',
    label: 'Kernel',
    help: 'Of the merged rule: 6.8 has no caller that initializes the module, 6.16 does it when kvm_intel is loaded, 7.1 at boot.',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.16',
    choices: [
      { value: '6.8', label: '6.8' },
      { value: '6.16', label: '6.16' },
      { value: '7.1', label: '7.1 and later' },
    ],
  },
  {
    name: 'platform',
    label: 'TDX enabled by the BIOS',
    help: 'Off: an ordinary machine, on which no rule may get in the way.',
    kind: 'switch',
    default: true,
  },
];

const MEMORY: readonly ParameterSpec[] = [
  {
    name: 'memory',
    label: 'The memory in question',
    help: 'A DIMM comes through ACPI; the kmem driver adds an NVDIMM or a soft-reserved range, which are devices before.',
    kind: 'choice',
    default: 'dimm',
    choices: [
      { value: 'dimm', label: 'DIMM, ACPI hot-add' },
      { value: 'nvdimm', label: 'NVDIMM, by kmem' },
      { value: 'soft-reserved', label: 'Soft-reserved range, by kmem' },
      { value: 'boot', label: 'Boot memory, taken offline first' },
    ],
  },
  {
    name: 'convertible',
    label: 'It lies inside a CMR',
    help: 'Whether firmware lists the range as convertible; boot memory always is.',
    kind: 'choice',
    default: 'all',
    choices: [
      { value: 'all', label: 'As a whole' },
      { value: 'part', label: 'Half of it' },
      { value: 'none', label: 'Not at all' },
    ],
  },
  {
    name: 'moves',
    label: 'What happens to it',
    help: 'Left as it is, only added, brought online too, or in the end taken out and brought in once more.',
    kind: 'choice',
    default: 'online',
    choices: [
      { value: 'stay', label: 'Nothing: a device stays one' },
      { value: 'add', label: 'Added, stays offline' },
      { value: 'online', label: 'Added and brought online' },
      { value: 'again', label: 'In, out, and in again' },
    ],
  },
  {
    name: 'bootGb',
    label: 'Boot memory',
    help: 'What the machine boots with; all of it lies inside CMRs.',
    inText: [
      { says: '{size} of boot memory' },
      { says: '{size} of memory at boot' },
      { says: '{size} at boot' },
      { says: 'boots with {size}' },
    ],
    kind: 'integer',
    default: 16,
    min: 8,
    max: 1024,
    unit: 'GB',
  },
  {
    name: 'newGb',
    label: 'Size of the memory in question',
    help: 'Of boot memory at most all but 4 GB can be taken offline here.',
    inText: [
      { says: '{size} DIMM' },
      { says: '{size} DIMMs' },
      { says: '{size} NVDIMM' },
      { says: 'hot add {size}' },
      { says: 'hot adding {size}' },
      { says: 'hot plug {size}' },
      { says: 'hotplug {size}' },
      { says: 'adds {size}' },
      { says: 'adding {size}' },
      { says: '{size} of new memory' },
    ],
    kind: 'integer',
    default: 8,
    min: 1,
    max: 1024,
    unit: 'GB',
  },
];

const GUEST: readonly ParameterSpec[] = [
  {
    name: 'td',
    label: 'A TD at the end',
    help: 'Where its private memory comes from: any page of the page allocator, only pages the module knows, or a device.',
    kind: 'choice',
    default: 'none',
    choices: [
      { value: 'none', label: 'None' },
      { value: 'any-page', label: 'Any page' },
      { value: 'picks', label: 'A backend that picks TDX pages' },
      { value: 'any-then-picks', label: 'First any page, then picked pages' },
      { value: 'device-dax', label: 'device-dax' },
    ],
  },
];

export const parameters: readonly ParameterSpec[] = [...DECISION, ...MEMORY, ...GUEST];
