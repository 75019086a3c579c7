import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const THREAD = 'the thread of patch v12 07/22 of TDX host support';
const DAVE = `Dave Hansen, 5 Jul 2023, in ${THREAD}`;
const SEAN = `Sean Christopherson, 10 Jul 2023, in ${THREAD}`;

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'area-wasted',
    title: 'The area works and serves no guest',
    lesson:
      'Half of the guest lies in the area until VFIO pins it; then all of it is outside, and the grab finds an empty area.',
    from: `${DAVE}, his first scenario: everything is pinned and moves out of the area`,
    parameters: {},
    openAt: 16,
  },
  {
    id: 'late-grab-fails',
    title: 'Asked late, the area cannot be cleared',
    lesson: 'One block of 8, held by direct I/O, lies in every run of 6: each of the 3 positions ends with -EBUSY.',
    from: `${DAVE}, his second scenario: sporadic failures long after boot`,
    parameters: { programBlocks: 6, guestBlocks: 2, passthrough: false, extraReferences: 1, wanted: 6 },
    openAt: 10,
  },
  {
    id: 'no-passthrough',
    title: 'KVM pins nothing',
    lesson:
      'The same guest without a device: nobody pins it, half of it uses the area, and it all moves when TDX asks.',
    from: `${SEAN}, his first remark: the pins are those of VFIO and the IOMMU code`,
    parameters: { passthrough: false },
    openAt: 9,
  },
  {
    id: 'hugetlb-from-cma',
    title: 'HugeTLB serves a guest from the area',
    lesson:
      'Gigantic pages come out of the area and nothing is pinned; only VFIO wants to pin, and gets -ENOMEM since none is free outside.',
    from: `${SEAN}, his second remark: HugeTLB as another user of CMA for guest memory`,
    parameters: { programBlocks: 4, guestBlocks: 4, guestMemory: 'hugetlb', wanted: 0 },
    openAt: 13,
  },
  {
    id: 'sev-pins-before-6.15',
    title: 'SEV pins that stay in the area',
    lesson: 'Before 6.15 the registration of SEV memory pins without FOLL_LONGTERM: the pages stay and block the area.',
    from: `${DAVE}, his second scenario; the code of sev_pin_memory() up to 6.14`,
    parameters: { guestBlocks: 4, guestMemory: 'sev', passthrough: false, kernel: '6.14' },
    openAt: 9,
  },
  {
    id: 'started-at-boot',
    title: 'The workaround: ask at boot',
    lesson: 'Asked for right after boot, the same 6 blocks are there at once, and then serve nobody else any more.',
    from: `${DAVE}, his second scenario: users start TDX guests at boot or ask for a module parameter`,
    parameters: {
      programBlocks: 6,
      guestBlocks: 2,
      passthrough: false,
      extraReferences: 1,
      wanted: 6,
      when: 'boot',
    },
    openAt: 1,
  },
  {
    id: 'no-room-elsewhere',
    title: 'Movable, but nowhere to go',
    lesson:
      'Nothing is pinned or held; other memory is full, so the first page that should move ends the search with -ENOMEM.',
    from: `${DAVE}, his second scenario, without any reference: the other way to fail late`,
    parameters: { otherBlocks: 5, guestBlocks: 10, passthrough: false },
    openAt: 11,
  },
  {
    id: 'guest-memfd-outside',
    title: 'Private memory never used the area',
    lesson:
      'guest_memfd memory is not requested as movable: the guests that TDX is for leave the area empty, pinned or not.',
    from: `${DAVE}, his first scenario, for the memory that TDX guests have since guest_memfd was merged`,
    parameters: { guestMemory: 'guest-memfd', passthrough: false },
    openAt: 8,
  },
];
