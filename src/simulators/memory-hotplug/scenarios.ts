import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const KAI = 'Kai Huang to Dan Williams, TDX host kernel support v3, 29 Apr 2022';
const DAN = 'Dan Williams to Kai Huang, TDX host kernel support v3, 28 Apr 2022';

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'approach-1',
    title: 'Approach 1: a TDX platform takes no new memory',
    lesson:
      'The 8 GB DIMM is convertible and nobody has used TDX yet; approach 1 rejects it all the same, as it does everything.',
    from: `${KAI}: the first approach, quoted from his mail of the day before`,
    parameters: { policy: 'approach-1' },
    openAt: 2,
  },
  {
    id: 'approach-2-before-init',
    title: 'Approach 2, before initialization: the CMRs decide',
    lesson:
      'As long as the module is not initialized a DIMM inside a CMR gets in and becomes TDX memory; afterwards not even CMR memory would.',
    from: `${KAI}: the second approach, its "NOT in CMRs" branch, with CMRs from P-SEAMLDR`,
    parameters: { policy: 'approach-2' },
    openAt: 2,
  },
  {
    id: 'approach-2-after-init',
    title: 'Approach 2, after initialization: everything is rejected',
    lesson:
      'The same DIMM inside the same CMR, one step later: the module is initialized, and approach 2 is as strict as approach 1.',
    from: `${KAI}: the second approach, its tdx_module_initialized() branch`,
    parameters: { policy: 'approach-2', initialize: 'first' },
    openAt: 3,
  },
  {
    id: 'nvdimm',
    title: 'An NVDIMM becomes system RAM',
    lesson:
      'kmem comes by the same function as ACPI: approach 1 leaves the NVDIMM a device; merged code adds it and says -EPERM at online.',
    from: `${KAI}, on __add_memory() and add_memory_driver_managed(); Dave Hansen asked what happens with NVDIMMs and TDX`,
    parameters: { policy: 'approach-1', memory: 'nvdimm', convertible: 'none', initialize: 'first' },
    openAt: 3,
  },
  {
    id: 'soft-reserved',
    title: 'A soft-reserved range, back and forth',
    lesson:
      'Approach 1 rejects the first move to core-mm, approach 2 the second, after initialization; the merged rule neither, as the range is in its list.',
    from: `${DAN}: memory that is TDX capable should be free to move between core-mm and device access`,
    parameters: { policy: 'approach-2', memory: 'soft-reserved', moves: 'again' },
    openAt: 7,
  },
  {
    id: 'merged-notifier',
    title: 'Merged: -EPERM when it goes online',
    lesson:
      'Since 6.8 a new DIMM can be added at any time, but once the module is initialized it cannot go online, convertible or not.',
    from: `What became of both approaches of ${KAI}: tdx_memory_notifier()`,
    parameters: { initialize: 'first' },
    openAt: 4,
  },
  {
    id: 'adding-breaks-init',
    title: 'Merged: adding is enough to break TDX',
    lesson:
      '8 GB outside the CMRs, added and never brought online: the module is given all of memblock and refuses it, -EIO until reboot.',
    from: `What approach 2 of ${KAI} would have kept out; our reading of 6.8 to 6.16`,
    parameters: { memory: 'nvdimm', convertible: 'none', moves: 'add' },
    openAt: 3,
  },
  {
    id: 'mixed-core-mm',
    title: 'What if core-mm may hold non-TDX memory?',
    lesson:
      'Nothing is refused. A TD that takes any page gets -EIO; only a backend that picks TDX pages has to know: that, or a GFP_TDX, is the price.',
    from: `${DAN}: why must core-mm never have non-TDX memory? Kai Huang answers: no GFP_TDX, the backend guarantees it`,
    parameters: { policy: 'mixed', convertible: 'none', td: 'any-then-picks' },
    openAt: 6,
  },
  {
    id: 'reonline',
    title: 'Boot memory goes offline and comes back',
    lesson: 'The merged rule admits what its list has: boot memory may leave and return while TDX is in use.',
    from: 'Beside the mail: what a rejection of everything at online would have broken',
    parameters: { memory: 'boot', initialize: 'first' },
    openAt: 4,
  },
  {
    id: 'offline-until-after-init',
    title: 'Added before, brought online after',
    lesson:
      'The list is made from memblock, not from what is online: an offline DIMM is in it and may go online later.',
    from: 'Beside the mail: our reading of build_tdx_memlist() in 6.8 to 6.16',
    parameters: { initialize: 'between' },
    openAt: 4,
  },
  {
    id: 'initialized-at-boot',
    title: '7.1: the window is closed',
    lesson:
      'Initialized at boot, TDX can no longer be broken by memory that is added, and no later memory goes online, convertible or not.',
    from: `What became of the question of ${KAI}, when 7.1 moved the initialization to boot`,
    parameters: { kernel: '7.1', memory: 'nvdimm', convertible: 'none' },
    openAt: 4,
  },
  {
    id: 'td-on-device-dax',
    title: 'What if: a TD on device-dax',
    lesson:
      'Convertible memory that stays a device and was given to the module: device-dax can back a TD, and core-mm has no part in it.',
    from: `${KAI}, his outlook: NVDIMM in CMRs, and device-dax with callbacks of its own`,
    parameters: { policy: 'mixed', memory: 'nvdimm', initialize: 'first', moves: 'stay', td: 'device-dax' },
    openAt: 3,
  },
];
