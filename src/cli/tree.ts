import { complaintLines, messageTree, treeLines, treeRoot } from '#features';
import { onePositional, parsed } from './arguments.ts';
import { type OpenedInput, openFile } from './inputs.ts';
import type { Output } from './output.ts';
import { reportProblem } from './report-problem.ts';
import { visible } from './visible.ts';

/** `patchgloss tree FILE [--json]` */
export async function tree(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { json: { type: 'boolean' } });
  const input = await openFile(onePositional(positionals, 'FILE'));
  reportProblem(input, output);
  if (!('reading' in input)) return;
  await (values.json === true ? writeJson(input, output) : writeText(input, output));
}

async function writeJson({ path, reading }: OpenedInput, output: Output): Promise<void> {
  const head = JSON.stringify(treeRoot(reading, path));
  // `children` is the last member of the root: the messages are written into it one by one.
  await output.write(head.slice(0, -2));
  for (let index = 0; index < reading.messages; index++) {
    await output.write(`${index === 0 ? '' : ','}\n${JSON.stringify(messageTree(reading, index))}`);
  }
  await output.line(']}');
}

async function writeText({ path, reading }: OpenedInput, output: Output): Promise<void> {
  const complaints = complaintLines(treeRoot(reading, path).data);
  for (let index = 0; index < reading.messages; index++) {
    const message = messageTree(reading, index);
    if (!message) continue;
    for (const line of treeLines(message)) await output.line(visible(line));
    const which = reading.messages > 1 ? `${message.data?.key} ` : '';
    for (const line of complaintLines(message.data)) complaints.push(which + line);
  }
  for (const line of complaints) await output.line(visible(line));
}
