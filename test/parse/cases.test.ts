import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textSource } from '#mailast';
import { readChecked } from './invariants.ts';
import { printFlow } from './print.ts';

const folder = join(import.meta.dirname, 'cases');

/** Each file holds cases: `=== what a reader sees`, the body of a mail, `--->`, and the flow it is read as. */
describe.each(readdirSync(folder))('%s', (file) => {
  const cases = readFileSync(join(folder, file), 'utf8').split(/^=== /m).slice(1);
  it.each(
    cases.map((one) => {
      const [name = '', ...lines] = one.split('\n');
      const [body = '', flow = ''] = lines.join('\n').split(/^--->\n/m);
      return { name, body, flow };
    }),
  )('$name', ({ body, flow }) => {
    const { messages } = readChecked(textSource(`From: Ada Example <ada@example.org>\nSubject: case\n\n${body}`));
    expect(messages.map(printFlow).join('\n')).toBe(flow.trimEnd());
  });
});
