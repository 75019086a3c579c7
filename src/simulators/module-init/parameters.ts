import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

export type Parameters = {
  kernel: string;
  when: string;
  fragments: boolean;
  tdx: boolean;
  firmware: string;
  fails: string;
  vmxon: boolean;
  packages: number;
  erratum: boolean;
  afterwards: string;
};

const STARTING: readonly ParameterSpec[] = [
  {
    name: 'kernel',
    label: 'Kernel',
    help: 'It decides when TDX is initialized: when somebody asks (6.8), when kvm_intel is loaded (6.16), or at boot (7.1).',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.16',
    choices: [
      { value: '6.8', label: '6.8-6.15: on demand, no caller in the tree' },
      { value: '6.16', label: '6.16-6.17: when kvm_intel is loaded' },
      { value: '6.18', label: '6.18-7.0: the same, and kexec may be built in' },
      { value: '7.1', label: '7.1: at boot' },
      { value: '7.2', label: '7.2: at boot, shut down for kexec' },
    ],
  },
  {
    name: 'when',
    label: 'When TDX is first wanted',
    help: 'The first guest, or the loading of kvm_intel; to 7.1 and later it makes no difference, as TDX has started at boot.',
    kind: 'choice',
    default: 'late',
    choices: [
      { value: 'soon', label: 'Soon after boot' },
      { value: 'late', label: 'Weeks later' },
    ],
  },
  {
    name: 'fragments',
    label: 'Memory is cut up by then',
    help: 'At boot there is room for every PAMT in one piece; weeks later only for the smallest of the three, 8 MB.',
    kind: 'switch',
    default: false,
  },
  {
    name: 'tdx',
    label: 'kvm_intel.tdx=1',
    help: 'The module parameter, off unless given; off, KVM of 6.16 and later never touches the TDX module. 6.8 has none.',
    kind: 'switch',
    default: true,
  },
];

const WHAT_GOES_WRONG: readonly ParameterSpec[] = [
  {
    name: 'firmware',
    label: 'What firmware left',
    help: 'TDX needs two KeyIDs at least, and a TDX module in memory that only it can read.',
    kind: 'choice',
    default: 'loaded',
    choices: [
      { value: 'loaded', label: 'TDX is on, the module is loaded' },
      { value: 'newer', label: 'The same, a module that can be disabled' },
      { value: 'absent', label: 'TDX is on, no module' },
      { value: 'blocked', label: 'TDX is on, SEAMCALL raises #GP' },
      { value: 'one-keyid', label: 'One private KeyID' },
      { value: 'off', label: 'TDX is off' },
    ],
  },
  {
    name: 'fails',
    label: 'What goes wrong',
    help: 'The first error ends the initialization, and everything done so far is undone.',
    kind: 'choice',
    default: 'nothing',
    choices: [
      { value: 'nothing', label: 'Nothing' },
      { value: 'lp-init', label: 'TDH.SYS.LP.INIT on the second CPU' },
      { value: 'metadata', label: 'Metadata cannot be read' },
      { value: 'pamt', label: 'No memory in one piece for any PAMT' },
      { value: 'config', label: 'TDH.SYS.CONFIG refuses the TDMRs' },
      { value: 'key-config', label: 'TDH.SYS.KEY.CONFIG on the last package' },
      { value: 'entropy-9', label: 'No entropy for the key, 9 times' },
      { value: 'entropy-10', label: 'No entropy for the key, 10 times' },
      { value: 'package-offline', label: 'A package has no CPU online' },
      { value: 'tdmr-init', label: 'TDH.SYS.TDMR.INIT of the second TDMR' },
    ],
  },
  {
    name: 'vmxon',
    label: 'VMXON is done first',
    help: 'Whoever calls tdx_enable() has to see to it up to 7.0; off, the first SEAMCALL comes too early.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'packages',
    label: 'CPU packages',
    help: 'Sockets, each with 2 CPUs here; the key is set once on each of them.',
    inText: [{ says: '{} packages' }, { says: '{} sockets' }, { says: '{} socket' }],
    kind: 'integer',
    default: 2,
    min: 1,
    max: 8,
    unit: 'packages',
  },
];

const AFTERWARDS: readonly ParameterSpec[] = [
  {
    name: 'erratum',
    label: 'CPU with the partial write erratum',
    help: 'Sapphire Rapids and Emerald Rapids have it: a small write to TDX memory poisons it for whoever reads it next.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'afterwards',
    label: 'Afterwards',
    help: 'A second try meets what the first one left behind; kexec starts another kernel without firmware.',
    kind: 'choice',
    default: 'again',
    choices: [
      { value: 'nothing', label: 'Nothing more' },
      { value: 'again', label: 'A second try' },
      { value: 'kexec', label: 'kexec' },
    ],
  },
];

export const parameters: readonly ParameterSpec[] = [...STARTING, ...WHAT_GOES_WRONG, ...AFTERWARDS];
