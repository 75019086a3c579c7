/** What happens in a run of given parameters. */
import { atLeast } from './kernel.ts';
import { step } from './model.ts';
import type { Parameters } from './parameters.ts';
import { type Asked, type Course, courseOf, type Event, type Setup, type State, setupOf, startOf } from './state.ts';

export function startFrom(given: Parameters): State {
  return startOf(setupOf(given), courseOf(given));
}

export function eventsFrom(given: Parameters): readonly Event[] {
  return play(setupOf(given), courseOf(given)).events;
}

/** The whole run: what is asked for, and what the kernel does about it until it rests. */
export function play(setup: Setup, { when, afterwards }: Course): { state: State; events: readonly Event[] } {
  let state: State = startOf(setup);
  const events: Event[] = [];
  const take = (event: Event) => {
    events.push(event);
    state = step(state, event).state;
  };
  const ask = (what: Asked) => {
    take({ do: what });
    while (state.due !== null) take({ do: state.due });
  };
  const onDemand = !atLeast(setup.kernel, '6.16');
  const wanted: Asked = onDemand ? 'want-tdx' : 'load-kvm';
  ask('detect');
  if (onDemand) ask('load-kvm');
  if (when === 'late') ask('time-passes');
  ask(wanted);
  if (afterwards === 'again') {
    if (!onDemand && state.kvm.startsWith('loaded')) ask('unload-kvm');
    ask(wanted);
  }
  if (afterwards === 'kexec') ask('kexec-load');
  return { state, events };
}
