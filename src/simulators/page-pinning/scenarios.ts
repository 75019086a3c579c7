import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const THREAD = 'the thread of the deferred SEV pinning RFC';
const SEAN = `Sean Christopherson, 1 Apr 2022, in ${THREAD}`;
const PETER = `Peter Gonda, 31 Mar 2022, in ${THREAD}`;

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'refcount-is-not-a-pin',
    title: 'An elevated refcount is not a pin',
    lesson:
      'One extra reference stops the move only at its last question: each scan costs one zap, two invalidations, two guest faults and a target page, for nothing.',
    from: `${SEAN}: his answer about NUMA balancing and elevated refcounts`,
    parameters: {},
    openAt: 6,
  },
  {
    id: 'pinned-up-front',
    title: 'SEV as it is: everything pinned before boot',
    lesson:
      'All 16 GB are pinned before the guest runs, and the page is never made PROT_NONE. A scan still costs one zap and one fault, since the invalidation comes before the test.',
    from: `${PETER}: if the guest cannot tell, all memory is pinned before it runs`,
    parameters: { hold: 'pin' },
    openAt: 0,
  },
  {
    id: 'demand-pinning',
    title: 'Pinned when it is touched',
    lesson:
      'Demand pinning works: 4 GB of 16 are pinned, and scans go as with pins taken up front. The reason against it is what it costs to write, review and keep.',
    from: `${SEAN}: why he does not think the approach worth pursuing`,
    parameters: { hold: 'demand-pin' },
    openAt: 1,
  },
  {
    id: 'pinned-thp-or-shared',
    title: 'Pinned, and made PROT_NONE all the same',
    lesson:
      'In 6.16 the scanner asks about pins only for 4 KB entries of private mappings: a pinned THP goes through the whole dance, and 20 MB of targets come and go.',
    from: `${SEAN}: actually pinning the page; the code of 6.16 keeps the promise for some mappings only`,
    parameters: { hold: 'pin', pageSize: '2M' },
    openAt: 6,
  },
  {
    id: 'guest-memfd-needs-neither',
    title: 'guest_memfd: nothing to scan, nothing to pin',
    lesson: 'The VMM has no mapping of the page, so the scanner never meets it: no zap, no fault, no pin.',
    from: `${SEAN}: UPM as the long-term way out, if userspace is changed for it`,
    parameters: { hold: 'guest-memfd', scans: 2 },
    openAt: 2,
  },
  {
    id: 'free-to-move',
    title: 'What it is all for: a page nobody holds',
    lesson:
      'The count is what it should be, so the page follows its vCPU to the other node. The next scan finds it in its place. For SEV memory the copy would be garbage.',
    from: `${SEAN}: what NUMA balancing does with a page that is free to move`,
    parameters: { hold: 'none', scans: 2 },
    openAt: 6,
  },
  {
    id: 'pinned-shared-mapping',
    title: 'A pinned page in a shared mapping',
    lesson:
      'In 6.16 a pinned 4 KB page mapped MAP_SHARED loses access too; the count, 1026 where 2 are expected, ends the move.',
    from: `${SEAN}: actually pinning the page; the code of 6.16, for memory of a memfd`,
    parameters: { hold: 'pin', mapping: 'shared' },
    openAt: 7,
  },
  {
    id: 'skipped-before-6.10',
    title: 'When one reference was enough',
    lesson:
      'From 5.17 to 6.9 the scanner skipped any private 4 KB page with more than one reference. For a THP or shared memory the mail was right there too.',
    from: `${SEAN}: the same page in a kernel of that time`,
    parameters: { kernel: '6.8' },
    openAt: 2,
  },
  {
    id: 'memlock-too-small',
    title: 'More than may be locked',
    lesson: 'A guest larger than RLIMIT_MEMLOCK cannot be registered: -ENOMEM, before it ever runs.',
    from: `${PETER}: pinning all memory first, on a host that does not allow it`,
    parameters: { hold: 'pin', memlockGb: 8 },
    openAt: 0,
  },
];
