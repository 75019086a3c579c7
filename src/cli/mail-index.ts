import { IndexFolder } from '#archive/node';
import { type MailIndex, SCHEMA_VERSION } from '#features';
import { parsed } from './arguments.ts';
import { type IndexedFile, IndexedInputs } from './indexed-inputs.ts';
import type { Output } from './output.ts';
import { nameOf } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

interface Stats {
  milliseconds: number;
  megabytesPerSecond: number;
  /** In bytes. */
  peakMemory: number;
}

/** `patchgloss index FILE... [--json] [--stats] [--cache FOLDER]` */
export async function mailIndex(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    json: { type: 'boolean' },
    stats: { type: 'boolean' },
    cache: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (positionals.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read once');
  const begun = performance.now();
  const store = values.cache === undefined ? undefined : new IndexFolder(values.cache);
  const inputs = new IndexedInputs(output, store);
  for (const path of positionals) await inputs.add(path);
  await inputs.keep();
  const { index, files } = inputs;
  const stats = values.stats === true ? statsSince(begun, files) : undefined;
  await (values.json === true ? writeJson(index, files, stats, output) : writeText(index, files, stats, output));
  inputs.close();
}

function statsSince(begun: number, files: readonly IndexedFile[]): Stats {
  const milliseconds = performance.now() - begun;
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  return {
    milliseconds: Math.round(milliseconds * 10) / 10,
    megabytesPerSecond: Math.round((megabytes / milliseconds) * 10_000) / 10,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}

async function writeJson(
  index: MailIndex,
  files: readonly IndexedFile[],
  stats: Stats | undefined,
  output: Output,
): Promise<void> {
  await output.write(`{"schemaVersion":${SCHEMA_VERSION},"files":${JSON.stringify(files)},"messages":[`);
  await writeEach(index.messages(), output);
  await output.write('],"threads":[');
  await writeEach(index.threads(), output);
  await output.line(`]${stats === undefined ? '' : `,"stats":${JSON.stringify(stats)}`}}`);
}

async function writeEach(values: Iterable<unknown>, output: Output): Promise<void> {
  let separator = '\n';
  for (const value of values) {
    await output.write(separator + JSON.stringify(value));
    separator = ',\n';
  }
}

async function writeText(
  index: MailIndex,
  files: readonly IndexedFile[],
  stats: Stats | undefined,
  output: Output,
): Promise<void> {
  for (const { path, bytes, messages } of files) {
    await output.line(`${visible(nameOf(path))}: ${counted(messages, 'message')}, ${counted(bytes, 'byte')}`);
  }
  await output.line('');
  for (const { root, messages, subject } of index.threads()) {
    await output.line(`${String(messages.length).padStart(5)}  ${root}  ${visible(subject ?? '(no subject)')}`);
  }
  if (!stats) return;
  const memory = Math.round(stats.peakMemory / 1e6);
  await output.line('');
  await output.line(
    `${stats.milliseconds} ms, ${stats.megabytesPerSecond} MB a second, at most ${memory} MB of memory`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
