import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource, type Complaint } from '#mailast';
import { readChecked } from './invariants.ts';
import { printTree } from './print.ts';

const folder = join(import.meta.dirname, 'fixtures');

/** A folder with an `input.*`: its trees and complaints stand beside it. A missing one is created, `-u` writes them anew. */
describe.each(readdirSync(folder))('the fixture %s', (name) => {
  const input = readdirSync(join(folder, name)).find((file) => file.startsWith('input.'));
  const { mailbox, messages } = readChecked(bytesSource(readFileSync(join(folder, name, input ?? 'input'))));

  it('has the trees that are written down for it', async () => {
    const trees = messages.map(({ index, dialect, span, tree }) =>
      [`# message ${index}, ${dialect}, source ${span.start}-${span.end}`, printTree(tree), ''].join('\n'),
    );
    await expect(trees.join('\n')).toMatchFileSnapshot(join(folder, name, 'tree.txt'));
  });

  it('has the complaints that are written down for it', async () => {
    const lines = [
      ...mailbox.complaints.map((complaint) => line('source', complaint)),
      ...messages.flatMap(({ index, complaints }) => complaints.map((one) => line(`message ${index}`, one))),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, name, 'complaints.txt'));
  });
});

function line(where: string, { ruleId, severity, reason, start = 0, end = start }: Complaint): string {
  return `${where} ${start}-${end} ${severity} ${ruleId}: ${reason}`;
}
