import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, folderOf, patchgloss, shared, withProgram } from './patchgloss.ts';

withProgram();

const machine = {
  memblocks: [{ start_pfn: 0x100000, end_pfn: 0x200000, nid: 0 }],
  max_tdmrs: 64,
  max_reserved_per_tdmr: 16,
  pamt_entry_size: [16, 16, 16],
  allocator: {
    kind: 'first_fit',
    align_pages: 1,
    node_order: { 0: [0] },
    nodes: [{ nid: 0, free: [{ start_pfn: 0x100000, end_pfn: 0x200000 }] }],
  },
};

const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('raw inputs', () => {
  test('each line that is not empty gives one line, in order, bare or as the member "input"', async () => {
    const other = { ...machine, max_reserved_per_tdmr: 0 };
    const text = [machine, { name: 'the rest is passed over', huge: 1e300, input: other }, '', { input: machine }]
      .map((line) => (line === '' ? '   ' : JSON.stringify(line)))
      .join('\r\n');
    const { status, stdout, stderr } = await patchgloss(['simulate', 'tdmr-pamt', '--input', '-', '--jsonl'], text);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [first, second, third, more] = lines(stdout);
    expect(first).toMatchObject({ ok: true, pamt_pages: 4096 + 8 + 1 });
    expect(second).toMatchObject({ ok: false });
    expect(third).toEqual(first);
    expect(more).toBeUndefined();
  });

  test('a bad line is answered with what is wrong and where, and the run goes on', async () => {
    const large = JSON.stringify({ input: machine }).replace('"max_tdmrs":64', '"max_tdmrs":9007199254740993');
    const text = [large, 'tea', '[1]', '{"input":{"memblocks":3}}', JSON.stringify(machine)].join('\n');
    const { status, stdout, stderr } = await patchgloss(['simulate', 'tdmr-pamt', '--input', '-'], text);
    expect(status).toBe(1);
    const answers = lines(stdout);
    expect(answers.map((one) => one.error?.path)).toEqual(['/input/max_tdmrs', '', '', '/input/memblocks', undefined]);
    expect(answers[0].error.message).toContain('2^53-1');
    expect(stderr.trim().split('\n')).toHaveLength(4);
    expect(stderr).toContain('line 2');
  });

  test('the largest integer that is kept exactly is not refused for its size', async () => {
    const text = JSON.stringify(machine).replace('"max_tdmrs":64', '"max_tdmrs":9007199254740991');
    const { stdout } = await patchgloss(['simulate', 'tdmr-pamt', '--input', '-'], text);
    expect(stdout).not.toContain('2^53-1');
  });

  test('a line of 5 MB, a line nested 100,000 deep and bytes that are no UTF-8 are answered', async () => {
    const long = JSON.stringify({ why: 'x'.repeat(5_000_000), input: machine });
    const deep = `{"input":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const bytes = Buffer.concat([
      Buffer.from(`${long}\n${deep}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(JSON.stringify(machine)),
    ]);
    const { status, stdout } = await patchgloss(['simulate', 'tdmr-pamt', '--input', '-'], bytes);
    expect(status).toBe(1);
    expect(lines(stdout).map((one) => one.ok ?? 'refused')).toEqual([true, 'refused', 'refused', true]);
  });

  test('--json makes one value of all results', async () => {
    const file = join(
      folderOf({ 'cases.jsonl': `${JSON.stringify(machine)}\n${JSON.stringify(machine)}\n` }),
      'cases.jsonl',
    );
    const all = await answer(['simulate', 'tdmr-pamt', '--input', file, '--json']);
    expect(all).toMatchObject({ schemaVersion: 1, simulator: 'tdmr-pamt', results: [{ ok: true }, { ok: true }] });
  });

  const domain = shared('domain');
  test.skipIf(domain === undefined)('every case of the kernel gives what the kernel gave', async () => {
    const file = join(domain ?? '', 'tdmr-vectors.jsonl');
    const { status, stdout, stderr } = await patchgloss(['simulate', 'tdmr-pamt', '--input', file, '--jsonl']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines(stdout)).toEqual(lines(readFileSync(file, 'utf8')).map(({ expected }) => expected));
  });
});

describe('scenarios and exploration', () => {
  test('a scenario is found by its id and by its title, and tells each step with its rule', async () => {
    const run = await answer(['simulate', 'tdmr-pamt', '--scenario', 'one-256th', '--json']);
    expect(run.steps[0]).toMatchObject({ index: 0, outcome: 'done' });
    expect(run.steps.every((step: { rule: string; because: string }) => step.rule !== '' && step.because !== '')).toBe(
      true,
    );
    expect(await answer(['simulate', 'tdmr-pamt', '--scenario', 'One 256th of the memory', '--json'])).toEqual(run);
    const { stdout } = await patchgloss(['simulate', 'tdmr-pamt', '--scenario', 'one-256th']);
    for (const { because } of run.steps) expect(stdout).toContain(because);
  });

  test('--set changes a parameter and keeps the others of the scenario', async () => {
    const before = await answer(['simulate', 'tdmr-pamt', '--scenario', 'one-chunk', '--json']);
    const after = await answer([
      'simulate',
      'tdmr-pamt',
      '--scenario',
      'one-chunk',
      '--set',
      'maxReserved=3',
      '--json',
    ]);
    expect(after.parameters).toEqual({ ...before.parameters, maxReserved: 3 });
    expect(after.result.ok).toBe(false);
  });

  test('exploring says how many states there are and which invariants hold', async () => {
    const found = await answer(['simulate', 'tdmr-pamt', '--explore', '--json']);
    expect(found.complete).toBe(true);
    expect(found.states).toBeGreaterThan(1000);
    expect(found.invariants.length).toBeGreaterThan(3);
    expect(found.invariants.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
    expect(found).not.toHaveProperty('goal');
  });

  test('the shortest way to every named state is told', async () => {
    const { simulators } = await answer(['simulate', 'tdmr-pamt', '--json']);
    const [goal] = simulators[0].exploration.goals;
    const { goal: found } = await answer(['simulate', 'tdmr-pamt', '--explore', '--until', goal, '--json']);
    expect(found).toMatchObject({ name: goal, reached: true });
    expect(found.path[0]).toHaveProperty('parameters');
  });

  test('without more it says what there is', async () => {
    const { stdout } = await patchgloss(['simulate']);
    expect(stdout).toContain('tdmr-pamt: ');
    expect(stdout).toContain('--scenario one-256th');
    const { stdout: one } = await patchgloss(['simulate', 'tdmr-pamt']);
    expect(one).toContain('What it leaves out');
  });
});
