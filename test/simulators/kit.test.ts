import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineSimulator, InputError, parseParameters, traceReport } from '../../src/simulators/index.ts';
import { canonical } from '../../src/simulators/kit/json.ts';
import { parseShare, shareText } from '../../src/simulators/kit/share.ts';
import { jugs } from './toy.ts';

const simulator = defineSimulator(jugs);
const byId = (id: string) => (id === simulator.id ? simulator : undefined);

describe('a run', () => {
  test('can be walked to any step and back, and ends hold', () => {
    const run = simulator.run();
    expect(run.last).toBe(3);
    expect(run.at(-1)).toEqual({ step: -1, state: { big: 0, small: 0, spilled: 0 } });
    expect(run.at(1).state).toEqual({ big: 2, small: 3, spilled: 0 });
    expect(run.at(1).taken).toMatchObject({ index: 1, label: 'big to small', rule: 'big-to-small' });
    expect(run.at(99)).toEqual(run.at(3));
    expect(run.at(-99)).toEqual(run.at(-1));
    expect(run.at(Number.NaN)).toEqual(run.at(-1));
    expect(run.result).toEqual({ big: 0, small: 2, spilled: 0 });
    expect(run.sceneAt(1).summary).toBe('2 and 3');
    expect(run.sceneAt(1)).toBe(run.sceneAt(1));
  });

  test('stops where the model is stuck', () => {
    const run = simulator.runScenario('with-lid');
    expect(run.steps.map((step) => step.outcome)).toEqual(['stuck']);
    expect(run.scenario).toBe('with-lid');
  });

  test('is plain data when it is reported', () => {
    const report = traceReport(simulator.runScenario('With a lid'));
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      simulator: 'two-jugs',
      scenario: 'with-lid',
      parameters: { big: 5, small: 3, lid: true, tap: 'cold' },
      steps: [
        {
          index: 0,
          event: { pour: 'fill-big' },
          label: 'fill big',
          outcome: 'stuck',
          rule: 'lid',
          because: 'The lid is on.',
          state: { big: 0, small: 0, spilled: -1 },
        },
      ],
      result: { big: 0, small: 0, spilled: -1 },
    });
  });

  test('of unknown scenarios, refused values or raw input nobody reads is an InputError', () => {
    expect(() => simulator.runScenario('nothing')).toThrow('it has: with-lid');
    expect(() => simulator.run({ big: 99 })).toThrow(InputError);
    expect(() => simulator.answer({})).toThrow('reads no raw input');
  });
});

describe('exploring', () => {
  test('finds all sixteen states of the jugs, and the shortest ways', () => {
    const explored = simulator.explore({ until: 'two-in-the-big' });
    expect(explored).toMatchObject({ states: 16, complete: true, bound: 'jugs of 5 and 3 litres' });
    expect(explored.goal?.path?.map((step) => step.label)).toEqual(['empty', 'fill big', 'big to small']);
    expect(explored.invariants[0]).toEqual({ name: 'no jug holds more than its size', holds: true });
    expect(explored.invariants[1]?.holds).toBe(false);
    // The riddle's answer: six pours, and no way is shorter.
    expect(explored.invariants[1]?.path).toHaveLength(7);
    expect(explored.invariants[1]?.path?.[0]?.parameters).toMatchObject({ big: 5, small: 3 });
  });

  test('says that a goal was not reached, and that a limit cut the walk short', () => {
    expect(simulator.explore({ until: 'ten-in-the-big' }).goal).toEqual({ name: 'ten-in-the-big', reached: false });
    expect(simulator.explore({ limit: 4 })).toMatchObject({ states: 4, complete: false });
    expect(simulator.explore({ limit: 16 })).toMatchObject({ states: 16, complete: true });
  });

  test('refuses a goal that nobody named', () => {
    expect(() => simulator.explore({ until: 'toString' })).toThrow('there are: two-in-the-big, ten-in-the-big');
  });
});

describe('parameters', () => {
  test('are read from name=value, and what is not given has its default', () => {
    expect(parseParameters(jugs.parameters, ['small=2', 'lid=on', 'tap=hot & sour'])).toEqual({
      ok: true,
      values: { big: 5, small: 2, lid: true, tap: 'hot & sour' },
    });
  });

  test.each([
    ['big=10', 'big must be a whole number from 1 to 9 l, not 10'],
    ['big=1.5', 'big must be a whole number from 1 to 9 l, not "1.5"'],
    ['big=', 'big must be a whole number from 1 to 9 l, not ""'],
    ['lid=maybe', 'lid must be on or off, not "maybe"'],
    ['tap=warm', 'tap must be one of cold, hot & sour, not "warm"'],
    ['big', 'big has no value; write big=5'],
    ['__proto__=1', 'there is no parameter "__proto__"; there are: big, small, lid, tap'],
  ])('%s is refused by name', (text, message) => {
    const parsed = parseParameters(jugs.parameters, [text]);
    expect(parsed).toEqual({ ok: false, problems: [{ name: text.split('=')[0], message }] });
  });

  test('given twice are refused, and every mistake is told', () => {
    const parsed = parseParameters(jugs.parameters, ['big=2', 'big=3', 'small=0']);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.name)).toEqual(['big', 'small']);
  });

  test('cannot be named like the words of a shared text', () => {
    const spec = { name: 'step', label: '', help: '', kind: 'switch', default: true } as const;
    expect(() => defineSimulator({ ...jugs, parameters: [spec] })).toThrow('cannot be named step');
  });
});

describe('a shared text', () => {
  test('names the run and the step, and only what differs', () => {
    const parameters = { big: 5, small: 2, lid: false, tap: 'hot & sour' };
    expect(shareText(simulator, { parameters, step: 3 })).toBe('two-jugs?small=2&tap=hot%20%26%20sour&step=3');
    expect(shareText(simulator, { parameters: {} })).toBe('two-jugs');
    expect(shareText(simulator, { scenario: 'with-lid', parameters: { lid: true }, step: 0 })).toBe(
      'two-jugs?scenario=with-lid&step=0',
    );
  });

  test('comes back as what it was made from', () => {
    const values = fc.record({
      big: fc.integer({ min: 1, max: 9 }),
      small: fc.integer({ min: 1, max: 9 }),
      lid: fc.boolean(),
      tap: fc.constantFrom('cold', 'hot & sour'),
    });
    const scenario = fc.constantFrom(undefined, 'with-lid');
    fc.assert(
      fc.property(values, scenario, fc.integer({ min: -1, max: 0 }), (parameters, id, step) => {
        const shared = { parameters, step, ...(id === undefined ? {} : { scenario: id }) };
        expect(parseShare(shareText(simulator, shared), byId)).toEqual({
          ok: true,
          shared: { simulator: 'two-jugs', ...shared },
        });
      }),
      { seed: 7 },
    );
  });

  test.each([
    ['three-jugs', 'no simulator "three-jugs"'],
    ['two-jugs?', 'not of the form'],
    ['two-jugs?big', 'not of the form'],
    ['two-jugs?big=%zz', 'not of the form'],
    ['two-jugs?big%3D1=2', 'not of the form'],
    ['two-jugs?big=99', 'from 1 to 9'],
    ['two-jugs?size=1', 'no parameter "size"'],
    ['two-jugs?scenario=none', 'no scenario "none"'],
    ['two-jugs?step=1&step=2', 'step is given twice'],
    ['two-jugs?step=first', 'whole number'],
    ['two-jugs?step=4', 'outside the run'],
    ['two-jugs?lid=on&step=1', 'steps -1 (the start) to 0'],
    ['x'.repeat(5000), 'at most 4096'],
  ])('%.40s is refused with a reason', (text, reason) => {
    expect(parseShare(text, byId)).toEqual({ ok: false, message: expect.stringContaining(reason) });
  });

  test('that is junk gives a message and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        for (const text of [a, `two-jugs?${a}`, `two-jugs?${a}=${b}&step=${a}`]) {
          const parsed = parseShare(text, byId);
          expect(parsed.ok || parsed.message.length > 0).toBe(true);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

test('equal data has one spelling, whatever the order of its members', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      const plain = JSON.parse(JSON.stringify(value));
      expect(canonical(JSON.parse(JSON.stringify(turned)))).toBe(canonical(plain));
      expect(JSON.parse(canonical(plain))).toEqual(plain);
    }),
    { seed: 7 },
  );
});
