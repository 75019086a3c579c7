import { describe, expect, it } from 'vitest';
import { sceneText } from '#simulators';
import { pageFault } from '../../src/simulators/page-fault/index.ts';

/** What a lesson says, asked of the run itself. */
interface Result {
  mmu_ret: string | null;
  mmu_ret_number: number | null;
  ret: string | null;
  spte_before: string;
  spte_after: string;
  earlier: { ended: string; result: string }[];
  stat: Record<string, number>;
  memory_fault_exit: boolean;
  page?: { asked: number; added: number; reported: number };
}

function resultOf(id: string, given = {}): Result {
  return JSON.parse(JSON.stringify(pageFault.runScenario(id, given).result));
}

function openText(id: string): string {
  const run = pageFault.runScenario(id);
  return sceneText(run.sceneAt(pageFault.scenario(id)?.openAt ?? -1), { width: 96 });
}

describe('the scenarios of the thread on TDX initial memory', () => {
  it('are there by their ids', () => {
    const ids = pageFault.scenarios.map((scenario) => scenario.id);
    const asked = [
      'prefault-spurious',
      'prefault-write-protected',
      'tdx-map-private-pfn',
      'write-protected-unreachable',
      'same-page-twice',
      'first-touch',
      'invalidation-retry',
    ];
    expect(ids).toEqual(expect.arrayContaining(asked));
  });

  it('prefault-spurious: the page is mapped, and that is success', () => {
    expect(resultOf('prefault-spurious')).toMatchObject({ mmu_ret: 'RET_PF_SPURIOUS', mmu_ret_number: 6, ret: '0' });
  });

  it('prefault-write-protected: 0 as the mail says, but only with a write bit that no prefault has', () => {
    expect(resultOf('prefault-write-protected')).toMatchObject({
      mmu_ret: 'RET_PF_WRITE_PROTECTED',
      mmu_ret_number: 3,
      ret: '0',
    });
    expect(resultOf('prefault-write-protected', { whatIf: 'none' }).mmu_ret).toBe('RET_PF_FIXED');
    expect(openText('prefault-write-protected')).toContain('No kernel does this');
  });

  it('write-protected-unreachable: the same page as the kernel really prefaults it is mapped read-only', () => {
    const result = resultOf('write-protected-unreachable');
    expect(result).toMatchObject({ mmu_ret: 'RET_PF_FIXED', ret: '0', spte_before: 'none', spte_after: 'ro' });
    const run = pageFault.runScenario('write-protected-unreachable');
    expect(run.at(12).taken?.because).toContain('RET_PF_WRITE_PROTECTED needs a write');
  });

  it('tdx-map-private-pfn: what a prefault calls success is -EIO here', () => {
    expect(resultOf('tdx-map-private-pfn')).toMatchObject({ mmu_ret: 'RET_PF_SPURIOUS', ret: '-EIO' });
    const text = openText('tdx-map-private-pfn');
    expect(text).toMatch(/by prefault +RET_PF_SPURIOUS \(6\) +0, success/);
    expect(text).toMatch(/^> 6\.19 +RET_PF_SPURIOUS \(6\) +-EIO/m);
  });

  it('same-page-twice: -EEXIST up to 6.19, -EIO in 7.0, and only once added in each', () => {
    for (const [kernel, ret] of [
      ['6.16', '-EEXIST'],
      ['6.18', '-EEXIST'],
      ['6.19', '-EEXIST'],
      ['7.0', '-EIO'],
    ]) {
      expect(resultOf('same-page-twice', { kernel })).toMatchObject({ ret, page: { asked: 2, added: 1, reported: 1 } });
    }
  });

  it('success-for-nothing: with the prefault rule two are reported and one is added', () => {
    expect(resultOf('success-for-nothing')).toMatchObject({ ret: '0', page: { asked: 2, added: 1, reported: 2 } });
    expect(openText('success-for-nothing')).toContain('2 pages reported as added, 1 added');
  });

  it('busy-then-again: the second try of 6.16 finds the mirror filled, and the page gets in', () => {
    const result = resultOf('busy-then-again');
    expect(result).toMatchObject({ mmu_ret: 'RET_PF_SPURIOUS', ret: '0', page: { added: 1, reported: 1 } });
    expect(result.earlier).toEqual([{ ended: 'round', result: '-EBUSY' }]);
  });
});

describe('the plain scenarios', () => {
  it('first-touch: one fault, one entry', () => {
    const result = resultOf('first-touch');
    expect(result).toMatchObject({ mmu_ret: 'RET_PF_FIXED', spte_after: 'rw', stat: { pf_taken: 1, pf_fixed: 1 } });
    expect(resultOf('first-touch', { kernel: '6.8' })).toMatchObject({ mmu_ret_number: 4, ret: '1' });
  });

  it('invalidation-retry: nothing is mapped at first, the second fault succeeds', () => {
    const result = resultOf('invalidation-retry');
    expect(result.earlier).toEqual([{ ended: 'round', result: 'RET_PF_RETRY' }]);
    expect(result).toMatchObject({ mmu_ret: 'RET_PF_FIXED', stat: { pf_taken: 2, pf_fixed: 1 } });
    expect(openText('invalidation-retry')).toMatch(/^\* \| Did the sequence number move\? +yes → RETRY/m);
  });

  it('write-to-protected-page: a name of its own since 6.12, the same as a device in 6.8', () => {
    expect(resultOf('write-to-protected-page').mmu_ret).toBe('RET_PF_WRITE_PROTECTED');
    expect(resultOf('write-to-protected-page', { kernel: '6.8' })).toMatchObject({
      mmu_ret: 'RET_PF_EMULATE',
      mmu_ret_number: 2,
    });
  });

  it('device-access: a mark and RET_PF_EMULATE at first, then emulated before any counter moves', () => {
    const result = resultOf('device-access');
    expect(result.earlier).toEqual([{ ended: 'round', result: 'emulator' }]);
    expect(result).toMatchObject({ mmu_ret: null, ret: 'emulator', spte_before: 'mmio' });
    expect(result.stat).toMatchObject({ pf_taken: 1, pf_emulate: 1, pf_mmio_spte_created: 1 });
  });

  it('stale-device: RET_PF_INVALID on the way, RET_PF_FIXED at the end', () => {
    expect(pageFault.runScenario('stale-device').at(0).taken?.because).toContain('RET_PF_INVALID (4)');
    expect(resultOf('stale-device')).toMatchObject({
      mmu_ret: 'RET_PF_FIXED',
      spte_before: 'mmio_stale',
      spte_after: 'rw',
    });
  });

  it('conversion-exit: the exit says which page, and nothing is mapped', () => {
    expect(resultOf('conversion-exit')).toMatchObject({ ret: '-EFAULT', memory_fault_exit: true, spte_after: 'none' });
  });
});

describe('the picture', () => {
  it('shows the whole path before anything was asked, and marks the last answer', () => {
    const run = pageFault.runScenario('first-touch');
    const start = sceneText(run.sceneAt(-1), { width: 96 });
    expect(start).toMatch(/^ {2}: Is it a known device\? +\(no, yes: emulate/m);
    expect(start).toMatch(/^ {2}: What does the caller answer\? +\(resume the guest/m);
    expect(sceneText(run.sceneAt(0), { width: 96 })).toMatch(/^\* \| Is it a known device\? +no/m);
  });

  it('leaves the questions faint that were passed by', () => {
    const text = openText('tdx-map-private-pfn');
    expect(text).toMatch(/^ {2}: What may the new entry allow\? +not asked$/m);
    expect(text).toMatch(/^! x What does the caller answer\? +-EIO/m);
  });

  it('gives the numbers of both headers', () => {
    const text = openText('first-touch');
    expect(text).toMatch(/6\.8 +0 +1 +2 +none +3 +4 +5/);
    expect(text).toMatch(/^> 6\.12 on +0 +1 +2 +3 +4 +5 +6/m);
  });
});

describe('exploring', () => {
  it('holds every invariant in all situations of the bound', { timeout: 120_000 }, () => {
    const explored = pageFault.explore();
    expect(explored.complete).toBe(true);
    expect(explored.states).toBeGreaterThan(10_000);
    expect(explored.invariants.filter((invariant) => !invariant.holds)).toEqual([]);
  });

  it('finds a shortest way to RET_PF_SPURIOUS, and to a page reported but not added', { timeout: 120_000 }, () => {
    const spurious = pageFault.explore({ until: 'RET_PF_SPURIOUS' }).goal;
    expect(spurious).toMatchObject({ reached: true });
    expect(spurious?.path?.at(-1)?.because).toContain('RET_PF_SPURIOUS');
    const lost = pageFault.explore({ until: 'reported-but-not-added' }).goal;
    expect(lost?.path?.[0]?.parameters).toMatchObject({ whatIf: 'prefault-rule', kernel: '7.0' });
  });
});
