import type { Input } from './inputs.ts';
import type { Output } from './output.ts';

/** Says on stderr why an input could not be read, or not whole. An empty file is no problem: there was nothing to read. */
export function reportProblem(input: Input, output: Output): void {
  const path = nameOf(input.path);
  if (!('reading' in input)) {
    output.problem(`${path}: ${input.refused}`);
    return;
  }
  // What is said about content that broke off says enough.
  if (input.damage !== undefined) output.problem(`${path}: ${input.damage}`);
  else reportComplaints(path, input.reading.mailbox.complaints, output);
}

/** Complaints about a source as a whole; one that was refused is a problem. */
export function reportComplaints(
  path: string,
  complaints: readonly { severity: string; reason: string }[],
  output: Output,
): void {
  for (const { severity, reason } of complaints) {
    if (severity === 'error') output.problem(`${path}: ${reason}`);
    else output.note(`${path}: ${reason}`);
  }
}

/** How a path is called in a message. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
