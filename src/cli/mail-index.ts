import { FilePieces } from '#archive/node';
import { MailIndex, SCHEMA_VERSION } from '#features';
import { parsed } from './arguments.ts';
import { openUnits } from './content.ts';
import { namedFiles } from './inputs.ts';
import type { Output } from './output.ts';
import { nameOf, reportComplaints } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** What a file gave. */
interface IndexedFile {
  path: string;
  bytes: number;
  messages: number;
}

interface Stats {
  milliseconds: number;
  megabytesPerSecond: number;
  /** In bytes. */
  peakMemory: number;
}

/** `patchgloss index FILE... [--json] [--stats]` */
export async function mailIndex(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { json: { type: 'boolean' }, stats: { type: 'boolean' } });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (positionals.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read once');
  const index = new MailIndex();
  const begun = performance.now();
  const pieces = new FilePieces();
  const files = await addFiles(index, positionals, pieces, output);
  index.join();
  const stats = values.stats === true ? statsSince(begun, files) : undefined;
  await (values.json === true ? writeJson(index, files, stats, output) : writeText(index, files, stats, output));
  pieces.close();
}

async function addFiles(
  index: MailIndex,
  paths: readonly string[],
  pieces: FilePieces,
  output: Output,
): Promise<IndexedFile[]> {
  const files: IndexedFile[] = [];
  for (const file of await namedFiles(paths)) {
    const { path } = file;
    const opened = 'refused' in file ? file : await openUnits(path, pieces);
    if ('refused' in opened) {
      output.problem(`${nameOf(path)}: ${opened.refused}`);
      index.add(undefined);
      files.push({ path, bytes: 0, messages: 0 });
      continue;
    }
    const { units, damage } = opened;
    if (damage !== undefined) output.problem(`${nameOf(path)}: ${damage}`);
    const source = index.add(units);
    if (damage === undefined) reportComplaints(nameOf(path), source?.complaints ?? [], output);
    files.push({ path, bytes: units.length, messages: source?.count ?? 0 });
  }
  return files;
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
