import type { Shared } from '#simulators';
import { type PanelState, readState } from './protocol.ts';

/** What a panel shows of a shared text; absent when it cannot be shown. */
export function stateOf({ simulator, scenario, goal, parameters, against, step }: Shared): PanelState | undefined {
  // The way to a goal has its own parameters.
  return readState({ simulator, scenario, goal, values: goal === undefined ? parameters : {}, against, step });
}
