import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answer } from '../../src/simulators/memory-hotplug/report.ts';

const FILE = '../shared/domain/memory-hotplug-vectors.jsonl';
const present = existsSync(FILE);

if (!present && process.env.CI !== undefined) throw new Error(`${FILE} must be there when CI is set`);
if (!present) console.log(`memory-hotplug-vectors skipped: no ${FILE} beside the repository`);

test.skipIf(!present)(
  'what the real notifier and the two sketches gave is what the model gives, member by member',
  () => {
    const cases = readFileSync(FILE, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const failed: string[] = [];
    for (const line of cases) {
      const { name, input, expected } = JSON.parse(line);
      try {
        expect(answer(input)).toEqual(expected);
      } catch (error) {
        failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    console.log(`memory-hotplug-vectors ${cases.length - failed.length}/${cases.length}`);
    expect(failed).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(40);
  },
);
