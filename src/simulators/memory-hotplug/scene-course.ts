/** The same events under the four rules, side by side, time downwards. */
import type { TimelinePart, TimelineRow, TimelineSpan } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { nameOf } from './scene-tables.ts';
import { type Entry, type Event, POLICIES, POLICY_NAMES, type State, type World } from './state.ts';

export function courseTimeline(state: State, course: Course<State, Event>): TimelinePart[] {
  const diary = state.diary ?? [];
  if (diary.length === 0) return [];
  const past = diary.map((entry, index) => rowOf(state, entry, index, index === diary.length - 1));
  const coming = course.steps.slice(diary.length).map((step, index): TimelineRow => {
    const number = diary.length + index;
    return { id: `event-${number}`, label: step.label, cells: [], detail: `${step.label}: still to come` };
  });
  const states = course.steps.slice(0, diary.length).map((step) => step.state);
  return [
    {
      kind: 'timeline',
      title: 'The same events under each rule',
      unit: 'event',
      lanes: POLICIES.map((policy) => ({ label: nameOf(state, policy) })),
      rows: [...past, ...coming],
      now: diary.length,
      spans: POLICIES.flatMap((policy, lane) =>
        moduleSpans(
          states.map(({ worlds }) => worlds[policy].module),
          lane,
        ),
      ),
      legend: { solid: 'the module is initialized', hatched: 'its initialization has failed' },
    },
  ];
}

function rowOf(state: State, { request, verdicts }: Entry, index: number, last: boolean): TimelineRow {
  const said = POLICIES.map((policy) => `${POLICY_NAMES[policy]}: ${verdicts[policy].answer}`);
  return {
    id: `event-${index}`,
    label: request,
    cells: POLICIES.map((policy) => verdicts[policy].answer),
    detail: `${request}. ${said.join('; ')}`,
    ...(verdicts[state.policy].refused ? { bad: true } : {}),
    ...(last ? { fresh: true } : {}),
  };
}

function moduleSpans(modules: readonly World['module'][], lane: number): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  for (const [row, module] of modules.entries()) {
    if (module === 'uninitialized') continue;
    const failed = module === 'error';
    const detail = failed ? 'the initialization has failed' : 'the module is initialized';
    const last = spans.at(-1);
    if (last?.to === row && last.detail === detail) spans[spans.length - 1] = { ...last, to: row + 1 };
    else
      spans.push({
        id: `module-${lane}-${row}`,
        lane,
        from: row,
        to: row + 1,
        label: failed ? 'failed' : 'initialized',
        detail,
        look: failed ? 'hatched' : 'solid',
      });
  }
  return spans;
}
