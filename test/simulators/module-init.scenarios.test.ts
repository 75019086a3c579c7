import { describe, expect, test } from 'vitest';
import { sceneText, simulatorById } from '../../src/simulators/index.ts';

const simulator = simulatorById('module-init');

function open(id: string, overrides: Record<string, unknown> = {}) {
  const run = simulator?.runScenario(id, overrides);
  const openAt = simulator?.scenario(id)?.openAt ?? -1;
  const taken = run?.at(openAt).taken;
  if (run === undefined || taken === undefined) throw new Error(`${id} opens nowhere`);
  const rules = run.steps.map((step) => step.rule);
  return { run, taken, rules, result: run.result, text: sceneText(run.sceneAt(openAt)) };
}

const errors = (result: unknown) => {
  const { attempts } = result as { attempts: readonly { errno: string | null }[] };
  return attempts.map(({ errno }) => errno);
};

describe('the scenarios', () => {
  test('on-demand-late: -ENOMEM for the second PAMT, then -EINVAL, and KVM stays', () => {
    const { taken, result } = open('on-demand-late');
    expect(taken).toMatchObject({ rule: 'no-room-for-pamt', outcome: 'refused' });
    expect(taken.because).toContain('123124 KB (120.2 MB) in one piece');
    expect(errors(result)).toEqual(['ENOMEM', 'EINVAL']);
    expect(result).toMatchObject({ status: 'ERROR', kvm: 'loaded', allocated: { pamt_kb: 0, tdmr_list_kb: 0 } });
  });

  test('on-demand-soon: the same machine, asked soon, gets its PAMTs', () => {
    const { taken, result } = open('on-demand-soon');
    expect(taken.log).toContain('virt/tdx: 262668 KB allocated for PAMT');
    expect(result).toMatchObject({ status: 'INITIALIZED', allocated: { pamt_kb: 262668 } });
  });

  test('at-kvm-load: no KVM at all, and -EINVAL for the second modprobe', () => {
    const { taken, result, text } = open('at-kvm-load');
    expect(taken.rule).toBe('kvm-does-not-load');
    expect(errors(result)).toEqual(['ENOMEM', 'EINVAL']);
    expect(result).toMatchObject({ kvm: 'refused', vmxon: false });
    expect(text).toContain('no guest can run on this machine, TD or not');
  });

  test('at-kvm-load-without-tdx: KVM loads, nothing is taken and nothing is tried', () => {
    expect(open('at-kvm-load-without-tdx').result).toMatchObject({
      kvm: 'loaded',
      status: 'UNINITIALIZED',
      attempts: [{ errno: null, module_called: false }],
    });
  });

  test('at-boot: initialized before memory is cut up', () => {
    const { run, rules, result } = open('at-boot');
    expect(rules.indexOf('initialized')).toBeLessThan(rules.indexOf('memory-is-cut-up'));
    expect(result).toMatchObject({ status: 'INITIALIZED', kvm: 'loaded-with-tdx' });
    expect(run.steps.at(-1)?.rule).toBe('load-with-tdx');
  });

  test('at-boot-fails: TDX is off, KVM is not', () => {
    const { taken, result } = open('at-boot-fails');
    expect(taken.rule).toBe('load-tdx-off');
    expect(errors(result)).toEqual(['ENOMEM', null]);
    expect(result).toMatchObject({ kvm: 'loaded-tdx-off', allocated: { pamt_kb: 0 } });
  });

  test('at-boot-fails takes its memory only once: a later load makes no second try', () => {
    expect(open('at-boot-fails', { afterwards: 'again' }).rules.filter((rule) => rule === 'at-boot')).toHaveLength(1);
  });

  test('no-vmxon: -EACCES, and the same again after VMXON', () => {
    const { taken, result, text } = open('no-vmxon');
    expect(taken.rule).toBe('no-vmxon');
    expect(taken.because).toContain('#UD');
    expect(errors(result)).toEqual(['EACCES', 'EACCES']);
    expect(result).toMatchObject({ status: 'UNINITIALIZED', vmxon: true });
    expect(text).toMatch(/^! x TDH\.SYS\.INIT, once +-EACCES$/m);
  });

  test('no-module: printed, forgiven, loaded', () => {
    const { taken, result } = open('no-module');
    expect(taken.rule).toBe('no-module-forgiven');
    expect(result).toMatchObject({ kvm: 'loaded-tdx-off' });
    expect((result as { log: readonly string[] }).log.at(-1)).toBe('virt/tdx: module not loaded');
  });

  test('one-keyid: TDX is off before the module is ever called, and KVM loads', () => {
    const { taken, result } = open('one-keyid');
    expect(taken.rule).toBe('too-few-keyids');
    expect(result).toMatchObject({ kvm: 'loaded-tdx-off', attempts: [{ errno: null, module_called: false }] });
  });

  test('kexec: flushed, and the module still running under the next kernel', () => {
    const { taken, result, run } = open('kexec');
    expect(taken.rule).toBe('flush-for-kexec');
    expect(result).toMatchObject({ kexec: { answer: 'jumped', disabled: false, flushed: true } });
    expect(sceneText(run.sceneAt(run.last))).toContain('TDX needs a reboot.');
  });

  test('kexec: a table says what each kernel does with the same machine', () => {
    const { text } = open('kexec');
    for (const line of [
      /^ {2}6\.8-6\.15 +not built in/m,
      /^ {2}6\.16-6\.17 +not built in/m,
      /^> 6\.18-7\.0 +caches flushed/m,
      /^ {2}7\.1 +caches flushed/m,
      /^ {2}7\.2 +module disabled/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  test('kexec-erratum: refused when the image is loaded', () => {
    const { taken, result } = open('kexec-erratum');
    expect(taken).toMatchObject({ rule: 'kexec-erratum', outcome: 'refused' });
    expect(result).toMatchObject({ kexec: { answer: 'refused', errno: 'EOPNOTSUPP' } });
  });

  test('kexec-shutdown: the module is disabled before VMXOFF, erratum or not', () => {
    const { rules, result } = open('kexec-shutdown');
    expect(rules.slice(-4)).toEqual(['kexec-begins', 'module-disabled', 'flush-for-kexec', 'jump']);
    expect(result).toMatchObject({ kexec: { answer: 'jumped', disabled: true } });
  });

  test('config-refused and reset-before-free: freed as they are, or reset first', () => {
    expect(open('config-refused').rules).not.toContain('reset-pamts');
    expect(open('reset-before-free').taken.rule).toBe('reset-pamts');
    expect(open('reset-before-free').taken.because).toContain('MOVDIR64B');
    expect(open('reset-before-free', { kernel: '6.18', erratum: false }).taken.because).not.toContain('MOVDIR64B');
  });

  test('package-offline: the key is missed only in the next stage', () => {
    const { taken, rules } = open('package-offline');
    expect(taken.rule).toBe('tdmr-init-fails');
    expect(rules).toContain('key-config');
  });

  test('no-entropy: the tenth call sets the key', () => {
    expect(open('no-entropy').taken.because).toContain('9 calls found no entropy');
    expect(open('no-entropy').result).toMatchObject({ status: 'INITIALIZED' });
    expect(open('no-entropy', { fails: 'entropy-10' }).result).toMatchObject({ status: 'ERROR' });
  });

  test('each opens inside its run, at a step that says something', () => {
    for (const { id, openAt } of simulator?.scenarios ?? []) {
      const { run, taken } = open(id);
      expect([id, openAt !== undefined && openAt <= run.last]).toEqual([id, true]);
      expect(taken.because.length, id).toBeGreaterThan(50);
    }
  });
});

describe('the picture', () => {
  test('stays within 80 columns at every step of every scenario, and of every kernel and failure', () => {
    const runs = [
      ...(simulator?.scenarios ?? []).map(({ id }) => open(id).run),
      ...['6.8', '6.16', '6.18', '7.1', '7.2'].flatMap((kernel) =>
        ['config', 'key-config', 'package-offline', 'tdmr-init', 'lp-init'].flatMap(
          (fails) => simulator?.run({ kernel, fails, packages: 8, afterwards: 'kexec' }) ?? [],
        ),
      ),
    ];
    for (const run of runs) {
      for (let at = -1; at <= run.last; at++) {
        const wide = sceneText(run.sceneAt(at))
          .split('\n')
          .filter((line) => line.length > 80);
        expect([run.parameters, at, wide]).toEqual([run.parameters, at, []]);
      }
    }
  });

  test('says before the first step where the run will lead', () => {
    const { summary } = open('at-kvm-load').run.sceneAt(-1);
    expect(summary).toContain('It will get -ENOMEM, then -EINVAL');
    expect(summary).toContain('kvm_intel refuses to load');
  });

  test('shows whose a PAMT is while it is unwound', () => {
    expect(open('reset-before-free').text).toMatch(/^\* PAMT of TDMR 0, 2 GB .* reset, normal memory again\*$/m);
    expect(open('config-refused').text).toMatch(/^ {2}PAMT of TDMR 0, 2 GB .* allocated, the kernel's$/m);
  });

  test('marks what was just printed', () => {
    expect(open('on-demand-soon').text).toMatch(/^\* virt\/tdx: 262668 KB allocated for PAMT$/m);
  });

  test('the metadata stands after the memory list in 6.8 and before it in 6.16', () => {
    const places = (id: string) => ['metadata', 'list of TDX memory'].map((row) => open(id).text.indexOf(` ${row}`));
    const [metadata8 = 0, list8 = 0] = places('on-demand-soon');
    const [metadata16 = 0, list16 = 0] = places('at-kvm-load');
    expect(list8).toBeLessThan(metadata8);
    expect(metadata16).toBeLessThan(list16);
  });
});
