import type { NotePart, Scene, ScenePart } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { play } from './course.ts';
import { atLeast, kernelLabel, startsWith } from './kernel.ts';
import { pamtKb } from './machine.ts';
import { courseTimeline, stagePath } from './scene-course.ts';
import { kernelTable, kexecInWords, logTable, memoryTable } from './scene-tables.ts';
import { type Event, held, type State } from './state.ts';
import { errnoInWords, kernelInWords, kvmClause, moduleClause, sizeInWords } from './words.ts';

/** The stages, who asked when, what is allocated, the log, and how the same run ends in other kernels. */
export function draw(state: State, course: Course<State, Event>): Scene {
  const parts: ScenePart[] = [
    stagePath(state),
    ...courseTimeline(state, course),
    ...notes(state),
    memoryTable(state),
    ...logTable(state),
    ...kernelTable(state),
  ];
  return { title: 'How the TDX module is initialized', summary: summary(state), parts };
}

function summary(state: State): string {
  const kernel = kernelInWords(state);
  if (!state.booted) return `${kernel} is about to boot. ${START[startsWith(state.setup.kernel)]} ${outlook(state)}`;
  const now = `${kernel}: ${moduleClause(state)}, ${memoryClause(state)}, ${kvmClause(state.kvm)}.`;
  if (state.kexec !== undefined && state.due === null) return `${now} kexec: ${kexecInWords(state)}.`;
  if (state.errno === null || state.due === null) return now;
  return `${now} ${errnoInWords(state.errno)} is being ${state.due === 'answer' ? 'answered' : 'unwound'}.`;
}

function memoryClause(state: State): string {
  const kb = held(state.pamts).reduce((sum, pamt) => sum + pamtKb(pamt.gb), 0);
  if (state.kexec?.disabled === true) return 'the PAMTs are normal memory again';
  return kb === 0 ? 'no PAMT is allocated' : `PAMTs hold ${sizeInWords(kb)}`;
}

const START: Readonly<Record<ReturnType<typeof startsWith>, string>> = {
  'a caller': 'TDX will be initialized when somebody first asks for it.',
  kvm_intel: 'TDX will be initialized when kvm_intel is loaded with tdx=1.',
  boot: 'TDX will be initialized during boot.',
};

/** Where this run leads, for the first frame. */
function outlook({ setup, course }: State): string {
  if (course === undefined) return '';
  const { state: end } = play(setup, course);
  const errors = end.attempts.flatMap(({ errno }) => (errno === null ? [] : [errnoInWords(errno)]));
  const how = errors.length === 0 ? 'It will go well' : `It will get ${errors.join(', then ')}`;
  return `${how}; in the end ${moduleClause(end)} and ${kvmClause(end.kvm)}.`;
}

function notes(state: State): NotePart[] {
  const { setup } = state;
  const found: NotePart[] = [];
  const note = (look: NotePart['look'], text: string) => found.push({ kind: 'note', look, text });
  if (setup.kernel === '6.8') {
    note('info', 'No code in 6.8 to 6.15 calls tdx_enable(); the caller here is the KVM series of that time.');
  }
  if (!setup.vmxon && setup.kernel !== '6.8') {
    note('info', `What if: nobody does VMXON. Linux ${kernelLabel(setup.kernel)} always does it first.`);
  }
  if (state.kvm === 'refused') {
    note('error', 'kvm_intel is not loaded: no guest can run on this machine, TD or not. Without tdx=1 it would load.');
  }
  if (state.due === null && state.status === 'ERROR') {
    const later = atLeast(setup.kernel, '7.1') ? 'the initcall does not run again' : 'every further call gets -EINVAL';
    note('error', `TDX is off until reboot: ${later}.`);
  } else if (state.due === null && state.sysInit !== undefined && state.sysInit.errno !== null) {
    note(
      'error',
      `TDX is off until reboot: TDH.SYS.INIT is not made again, and ${errnoInWords(state.sysInit.errno)} is its answer for good.`,
    );
  }
  return [...found, ...kexecNotes(state)];
}

function kexecNotes({ kexec, status }: State): NotePart[] {
  if (kexec?.answer !== 'jumped' || status !== 'INITIALIZED' || kexec.disabled) return [];
  const text = 'The module is still initialized under the next kernel, which cannot use it: TDX needs a reboot.';
  return [{ kind: 'note', look: 'warning', text }];
}
