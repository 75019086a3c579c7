import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rows of a table beside this file, without its head: values between tabs, by the names in the head. */
export function tableOf(name: string): Record<string, string>[] {
  const lines = readFileSync(join(import.meta.dirname, name), 'utf8').split('\n');
  const [head = '', ...rows] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const names = head.split('\t');
  return rows.map((row) => {
    const values = row.split('\t');
    return Object.fromEntries(names.map((column, at) => [column, values[at] ?? '']));
  });
}
