import { execFile } from 'node:child_process';
import {
  type FoundMessage,
  isFound,
  leiArguments,
  notmuchArguments,
  type Query,
  readLei,
  readNotmuch,
  readQuery,
  searchServer,
  threadsOfFound,
} from '#archive/search';
import { searchable } from '#features';
import { parsed } from './arguments.ts';
import { readFetched, writeFetched } from './fetched.ts';
import { openAll } from './inputs.ts';
import { networkOf, serverOf } from './network.ts';
import type { Output } from './output.ts';
import { reportProblem } from './report-problem.ts';
import { UsageError } from './usage.ts';
import { visible } from './visible.ts';

/** A program of this machine that has an index of mail. */
interface Program {
  name: 'notmuch' | 'lei';
  question(query: Query): { args: string[]; wrong: string[] };
  /** Absent when it is no answer. */
  answer(text: string): FoundMessage[] | undefined;
}

const NOTMUCH: Program = { name: 'notmuch', question: notmuchArguments, answer: readNotmuch };
const LEI: Program = { name: 'lei', question: leiArguments, answer: readLei };

/** `patchgloss search QUERY (FILE... | --base URL | --notmuch | --lei)` */
export async function search(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    base: { type: 'string' },
    notmuch: { type: 'boolean' },
    lei: { type: 'boolean' },
    timeout: { type: 'string' },
  });
  const [text, ...files] = positionals;
  if (text === undefined) throw new UsageError('QUERY is missing');
  const programs = [...(values.notmuch === true ? [NOTMUCH] : []), ...(values.lei === true ? [LEI] : [])];
  const [program] = programs;
  if (Number(files.length > 0) + Number(values.base !== undefined) + programs.length !== 1)
    throw new UsageError('files, --base, --notmuch or --lei: one of them is searched');
  const query = readQuery(text, Date.now());
  if (values.base !== undefined) return atServer(serverOf(values.base), query, values.timeout, output);
  const wrong = program ? program.question(query).wrong : query.wrong;
  if (wrong.length > 0) throw new UsageError(`this means nothing here: ${wrong.join(' ')}`);
  await (program ? inProgram(program, query, output) : inFiles(files, query, output));
}

async function inFiles(files: readonly string[], query: Query, output: Output): Promise<void> {
  const found: FoundMessage[] = [];
  for (const input of await openAll(files)) {
    reportProblem(input, output);
    if (!('reading' in input)) continue;
    for (let index = 0; index < input.reading.messages; index++) {
      const message = searchable(input.reading, index);
      if (!message || !isFound(query, message)) continue;
      const { id, subject, author, date } = message;
      found.push({ messageId: id, subject, author, file: input.path, index, ...(date === undefined ? {} : { date }) });
    }
  }
  await write(found, output);
}

async function atServer(server: string, query: Query, timeout: unknown, output: Output): Promise<void> {
  const memory = await readFetched();
  const pace = memory.asked === undefined ? {} : { last: memory.asked };
  const { signal } = new AbortController();
  const answer = await searchServer(server, query.text, { network: networkOf(timeout), pace, signal });
  await writeFetched(memory, pace);
  if ('failed' in answer) return output.problem(answer.failed);
  await write(answer.found, output);
  if (answer.more)
    output.note(`${server} gives ${answer.found.length} messages at once and may have more; narrow the query`);
}

async function inProgram({ name, question, answer }: Program, query: Query, output: Output): Promise<void> {
  const said = await asked(name, question(query).args);
  const found = typeof said === 'string' ? answer(said) : undefined;
  if (found) return write(found, output);
  output.problem(`${name}: ${typeof said === 'string' ? 'it answered with something else than JSON' : said.refused}`);
}

function asked(program: Program['name'], args: readonly string[]): Promise<string | { refused: string }> {
  return new Promise((resolve) => {
    execFile(program, [...args], { maxBuffer: 2 ** 28, timeout: 60_000 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else resolve({ refused: error.code === 'ENOENT' ? 'it is not installed' : stderr.trim() || error.message });
    });
  });
}

/** Threads under their subjects: day, author, subject, and where the message is. */
async function write(found: readonly FoundMessage[], output: Output): Promise<void> {
  for (const { subject, messages } of threadsOfFound(found)) {
    await output.line(visible(subject));
    for (const { author, date, messageId, file, index, url } of messages) {
      const day = date === undefined ? '          ' : new Date(date).toISOString().slice(0, 10);
      const where = url ?? (file === undefined ? '' : `${file}:${index ?? 0}`);
      await output.line(visible(`  ${day}  ${author}  <${messageId}>  ${where}`.trimEnd()));
    }
  }
}
