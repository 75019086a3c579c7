import type { Scene } from '../../src/simulators/kit/scene.ts';
import type { Simulator } from '../../src/simulators/kit/simulator.ts';

export type Jugs = { big: number; small: number; spilled: number };
export type Pour = { pour: 'fill-big' | 'fill-small' | 'empty-big' | 'empty-small' | 'big-to-small' | 'small-to-big' };
export type Sizes = { big: number; small: number; lid: boolean; tap: string };

/** Two jugs and a tap: small enough that every answer of the kit can be worked out by hand. */
export const jugs: Simulator<Jugs, Pour, Sizes> = {
  id: 'two-jugs',
  title: 'Two jugs',
  about: 'Pouring water between two jugs.',
  leavesOut: ['Evaporation.'],
  sources: [{ where: 'an old riddle' }],
  parameters: [
    { name: 'big', label: 'Big jug', help: 'Its size.', kind: 'integer', default: 5, min: 1, max: 9, unit: 'l' },
    { name: 'small', label: 'Small jug', help: 'Its size.', kind: 'integer', default: 3, min: 1, max: 9 },
    { name: 'lid', label: 'Lid', help: 'Nothing can be poured.', kind: 'switch', default: false },
    {
      name: 'tap',
      label: 'Tap',
      help: 'Which water.',
      kind: 'choice',
      default: 'cold',
      choices: [
        { value: 'cold', label: 'Cold' },
        { value: 'hot & sour', label: 'Hot' },
      ],
    },
  ],
  events: () => [{ pour: 'fill-big' }, { pour: 'big-to-small' }, { pour: 'empty-small' }, { pour: 'big-to-small' }],
  start: ({ lid }) => ({ big: 0, small: 0, spilled: lid ? -1 : 0 }),
  step(state, event) {
    if (state.spilled < 0) return { state, outcome: 'stuck', rule: 'lid', because: 'The lid is on.' };
    return { state: poured(state, event), outcome: 'done', rule: event.pour, because: `${event.pour} was done.` };
  },
  draw: (state): Scene => ({ title: 'Jugs', summary: `${state.big} and ${state.small}`, parts: [] }),
  result: (state) => state,
  describe: (event) => event.pour.replaceAll('-', ' '),
  scenarios: [
    {
      id: 'with-lid',
      title: 'With a lid',
      lesson: 'A lid stops it.',
      from: 'nowhere',
      parameters: { lid: true },
      openAt: 0,
    },
  ],
  invariants: [
    { name: 'no jug holds more than its size', holds: (state) => state.big <= 5 && state.small <= 3 },
    { name: 'the big jug never holds 4', holds: (state) => state.big !== 4 },
  ],
  exploration: {
    bound: 'jugs of 5 and 3 litres',
    *starts() {
      yield {
        label: 'empty',
        parameters: { big: 5, small: 3, lid: false, tap: 'cold' },
        state: { big: 0, small: 0, spilled: 0 },
      };
    },
    choices: () =>
      (['fill-big', 'fill-small', 'empty-big', 'empty-small', 'big-to-small', 'small-to-big'] as const).map((pour) => ({
        pour,
      })),
    goals: { 'two-in-the-big': (state) => state.big === 2, 'ten-in-the-big': (state) => state.big === 10 },
    limit: 1000,
  },
};

function poured(state: Jugs, { pour }: Pour): Jugs {
  const down = Math.min(state.big, 3 - state.small);
  const up = Math.min(state.small, 5 - state.big);
  switch (pour) {
    case 'fill-big':
      return { ...state, big: 5 };
    case 'fill-small':
      return { ...state, small: 3 };
    case 'empty-big':
      return { ...state, big: 0 };
    case 'empty-small':
      return { ...state, small: 0 };
    case 'big-to-small':
      return { ...state, big: state.big - down, small: state.small + down };
    case 'small-to-big':
      return { ...state, big: state.big + up, small: state.small - up };
  }
}
