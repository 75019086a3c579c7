import { describe, expect, it } from 'vitest';
import { simulatorById, simulators, valuesInText } from '#simulators';

/** `name=value` of everything the text says of the simulator's parameters. */
function said(id: string, text: string): string[] {
  const specs = simulatorById(id)?.parameters ?? [];
  return valuesInText(specs, text).map(({ name, value }) => `${name}=${value}`);
}

describe('the numbers of a paragraph become parameters', () => {
  it.each([
    ['tdmr-pamt', 'A machine with 4 NUMA nodes and 512 GB per node.', ['nodes=4', 'gbPerNode=512']],
    ['tdmr-pamt', 'on a two-node machine, 1TB on each\nnode', ['nodes=2', 'gbPerNode=1024']],
    ['tdmr-pamt', 'The module supports 64 TDMRs with 8 reserved areas each.', ['maxTdmrs=64', 'maxReserved=8']],
    ['tdmr-pamt', 'PAMTs are large (~1/256th of the region)', ['entryBytes=16']],
    ['module-init', 'As of v6.17 a machine with two sockets', ['kernel=6.16', 'packages=2']],
    [
      'page-pinning',
      'a 64GB guest, RLIMIT_MEMLOCK of 32 GB, with 2MB pages',
      ['pageSize=2M', 'guestGb=64', 'memlockGb=32'],
    ],
    ['page-pinning', 'it has 3 extra references', ['references=3']],
    ['memory-hotplug', 'hot-adding 32GB on Linux 6.9', ['kernel=6.8', 'newGb=32']],
    ['page-fault', 'spurious since 6.19', ['kernel=6.19']],
  ])('%s: %s', (id, text, expected) => {
    expect(said(id, text)).toEqual(expected);
  });

  it.each([
    ['tdmr-pamt', 'nodes are many, and 7 patches follow'],
    ['tdmr-pamt', '4 nodes here, 2 nodes there'],
    ['tdmr-pamt', '9 nodes'],
    ['tdmr-pamt', 'some 1.5 GB per node'],
    ['module-init', 'it took 6.16 seconds'],
    ['module-init', 'in 2.5 seconds'],
    ['module-init', 'before v4.19'],
    ['page-pinning', '64 guests'],
  ])('%s learns nothing from: %s', (id, text) => {
    expect(said(id, text)).toEqual([]);
  });

  it('says where a value stands', () => {
    const text = 'up to 32 TDMRs';
    expect(valuesInText(simulatorById('tdmr-pamt')?.parameters ?? [], text)).toEqual([
      { name: 'maxTdmrs', value: 32, start: 0, end: text.length },
    ]);
  });

  it('never gives a value that the simulator refuses', () => {
    const text =
      'with 0 nodes, 99999 GB per node, 300 TDMRs at most 0 TDMRs, 5000 packages, in 9.99, 1/0th, 1/3th of it';
    for (const simulator of simulators) {
      const values = Object.fromEntries(
        valuesInText(simulator.parameters, text).map(({ name, value }) => [name, value]),
      );
      expect(simulator.check(values)).toMatchObject({ ok: true });
    }
  });
});
