import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Glossary, glossary, wordsOf } from '#concepts';
import { readNotes } from '#concepts/node';
import { simulatorById } from '#simulators';

let ours: Glossary;

beforeAll(async () => {
  ours = glossary((await readNotes(join(import.meta.dirname, '../../src/concepts/notes'))).concepts);
});

/** The scenario that this term of the paragraph opens with. */
function opened(term: string, paragraph: string, subject?: string): string | undefined {
  const match = ours.lexicon.matches(paragraph).find(({ text }) => text === term);
  if (match === undefined) return undefined;
  const around = { paragraph, paths: [], words: wordsOf(paragraph), ...(subject === undefined ? {} : { subject }) };
  const [best] = ours.meanings(match, around);
  return best && `${best.concept.id}: ${best.concept.simulator}/${best.scenario}`;
}

describe('a paragraph about starting TDX opens the scenario it is about', () => {
  it.each([
    ['on demand', 'TDX on demand fails when users wait a long time.', 'on-demand: module-init/on-demand-late'],
    ['on demand', 'TDX is not started on demand any more but at boot.', 'on-demand: module-init/at-boot'],
    [
      'module parameter',
      'Users get sporadic TDX failures or end up demanding a module parameter.',
      'module-parameter: module-init/at-kvm-load',
    ],
    ['boot option', 'Only a boot option cures that.', 'boot-option: module-init/at-boot'],
    ['VMXON', 'We would need VMXON before any SEAMCALL.', 'vmxon: module-init/no-vmxon'],
    ['SEAMCALL', 'CMRs come from a SEAMCALL to P-SEAMLDR.', 'seamcall: module-init/no-vmxon'],
    ['SEAMCALL', 'The SEAMCALL had no entropy and is made again.', 'seamcall: module-init/no-entropy'],
    ['kexec()', 'With VMXON we could shutdown the TDX module in kexec().', 'kexec: module-init/kexec'],
    ['kexec', 'kexec on a CPU with the erratum may hit poison.', 'kexec: module-init/kexec-erratum'],
    ['TDX module', 'We can shutdown the TDX module in kexec().', 'tdx-module: module-init/kexec'],
    [
      'TDX module',
      'When the TDX module is initialized successfully, print how many pages.',
      'tdx-module: module-init/on-demand-soon',
    ],
    ['tdx_enable()', 'tdx_enable() needs VMXON from its caller.', 'tdx-enable: module-init/no-vmxon'],
    ['TDH.SYS.CONFIG', 'TDH.SYS.CONFIG returns -EIO.', 'tdh-sys-config: module-init/config-refused'],
    ['MOVDIR64B', 'PAMTs are cleared by MOVDIR64B.', 'movdir64b: module-init/reset-before-free'],
    ['KeyIDs', 'There are too few KeyIDs for TDX.', 'keyid: module-init/one-keyid'],
  ])('%s: %s', (term, paragraph, scenario) => {
    expect(opened(term, paragraph)).toBe(scenario);
  });

  it('and every scenario that a note names or links is there', () => {
    const named = ours.concepts.flatMap(({ simulator, scenarios, markdown }) => [
      ...(simulator === 'module-init' ? scenarios.map(({ id }) => id) : []),
      ...[...markdown.matchAll(/simulator:module-init\/([a-z0-9.-]+)/g)].map((match) => match[1] ?? ''),
    ]);
    expect(named.length).toBeGreaterThan(20);
    for (const id of named) expect(simulatorById('module-init')?.scenario(id)?.id).toBe(id);
  });
});
