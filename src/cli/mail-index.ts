import { type IndexStore, packIndex } from '#archive';
import { FilePieces, IndexFolder, indexName } from '#archive/node';
import { MailIndex, SCHEMA_VERSION } from '#features';
import { parsed } from './arguments.ts';
import { openUnits } from './content.ts';
import { namedFiles } from './inputs.ts';
import { type KeptMailbox, keptMailbox } from './kept-mailbox.ts';
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

/** Smaller files are indexed faster than they are looked for; in bytes. */
const WORTH_KEEPING = 2 ** 20;

/** `patchgloss index FILE... [--json] [--stats] [--cache FOLDER]` */
export async function mailIndex(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    json: { type: 'boolean' },
    stats: { type: 'boolean' },
    cache: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  if (positionals.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read once');
  const index = new MailIndex();
  const begun = performance.now();
  const pieces = new FilePieces();
  const store = values.cache === undefined ? undefined : new IndexFolder(values.cache);
  const { files, kept } = await addFiles(index, positionals, { pieces, store, output });
  const joined = index.join();
  for (const { path, mailbox } of kept) {
    // Who answers whom is kept for a file by itself, which is how it is opened most often.
    const whole = files.length === 1 ? { ...mailbox.index, joined } : mailbox.index;
    if (!mailbox.stored) await store?.write(indexName(path), packIndex(whole));
  }
  const stats = values.stats === true ? statsSince(begun, files) : undefined;
  await (values.json === true ? writeJson(index, files, stats, output) : writeText(index, files, stats, output));
  pieces.close();
}

/** What files are opened with. */
interface Opening {
  pieces: FilePieces;
  store: IndexStore | undefined;
  output: Output;
}

async function addFiles(
  index: MailIndex,
  paths: readonly string[],
  opening: Opening,
): Promise<{ files: IndexedFile[]; kept: { path: string; mailbox: KeptMailbox }[] }> {
  const { output, pieces, store } = opening;
  const files: IndexedFile[] = [];
  const kept: { path: string; mailbox: KeptMailbox }[] = [];
  for (const file of await namedFiles(paths)) {
    const { path } = file;
    const opened = 'refused' in file ? file : await openUnits(path, pieces);
    if ('refused' in opened) {
      output.problem(`${nameOf(path)}: ${opened.refused}`);
      index.add(undefined);
      files.push({ path, bytes: 0, messages: 0 });
      continue;
    }
    const { units, content, damage } = opened;
    if (damage !== undefined) output.problem(`${nameOf(path)}: ${damage}`);
    const large = content === undefined && units.length >= WORTH_KEEPING;
    const mailbox = store && large ? await keptMailbox(path, units, store) : undefined;
    if (mailbox) kept.push({ path, mailbox });
    const source = mailbox ? index.addKept(mailbox.index, units) : index.add(units);
    if (damage === undefined) reportComplaints(nameOf(path), source?.complaints ?? [], output);
    files.push({ path, bytes: units.length, messages: source?.count ?? 0 });
  }
  return { files, kept };
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
