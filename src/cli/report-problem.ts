import type { Input } from './inputs.ts';
import type { Output } from './output.ts';

/** Says on stderr why an input could not be read, or not whole. An empty file is no problem: there was nothing to read. */
export function reportProblem(input: Input, output: Output): void {
  const path = input.path === '-' ? 'standard input' : input.path;
  if (!('reading' in input)) {
    output.problem(`${path}: ${input.refused}`);
    return;
  }
  if (input.damage !== undefined) output.problem(`${path}: ${input.damage}`);
  for (const { severity, reason } of input.reading.mailbox.complaints) {
    if (severity === 'error') output.problem(`${path}: ${reason}`);
    else output.note(`${path}: ${reason}`);
  }
}
