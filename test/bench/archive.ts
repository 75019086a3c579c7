/**
 * What the index of a large mailbox costs; each run is a process of its own, and prints its figures as JSON:
 *
 *     archive generate PATH BYTES COUNT small|list     writes invented mail
 *     archive index PATH                               boundaries and ids
 *     archive open PATH                                the same, and who answers whom
 *     archive keep PATH FOLDER                         the same, and keeps it
 *     archive reopen PATH FOLDER                       what was kept, ready to be asked
 *     archive join hashes|strings COUNT                who answers whom, from ids as hashes or as strings in a map
 */
import { findIndex, indexSource, indexToKeep, Links, NamedIdNumbers, packIndex } from '#archive';
import { FilePieces, IndexFolder, indexName, modifiedAt } from '#archive/node';
import { MailIndex } from '#features';
import { id, writeMailbox } from './archive-mail.ts';

const [what = '', path = '', more = '', count = '', kind = ''] = process.argv.slice(2);

function index(): number {
  const named = new NamedIdNumbers();
  indexSource(new FilePieces().units(path), named);
  return named.finish().count;
}

function open(): number {
  const opened = new MailIndex();
  opened.add(new FilePieces().units(path));
  return opened.join().parents.length;
}

async function keep(): Promise<number> {
  const units = new FilePieces().units(path);
  const steps = indexToKeep(units, modifiedAt(path), Number.POSITIVE_INFINITY);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value) throw new Error('no mailbox');
  const opened = new MailIndex();
  opened.addKept(step.value, units);
  await new IndexFolder(more).write(indexName(path), packIndex({ ...step.value, joined: opened.join() }));
  return step.value.table.starts.length;
}

async function reopen(): Promise<number> {
  const units = new FilePieces().units(path);
  const found = await findIndex(new IndexFolder(more), indexName(path), units, modifiedAt(path));
  if (!found) throw new Error('nothing was kept');
  const opened = new MailIndex();
  opened.addKept(found.index, units);
  opened.message(0, 0);
  return opened.join().parents.length;
}

/** The ids of so many messages as they stand in headers, some messages in one text; message `at` has those from `starts[at]` on, its own first. */
interface Headers {
  texts: string[];
  starts: Int32Array;
  middles: Int32Array;
  ends: Int32Array;
}

const IN_ONE_TEXT = 1000;

function headers(messages: number): Headers {
  const [starts, middles, ends] = [new Int32Array(messages), new Int32Array(messages), new Int32Array(messages)];
  const texts: string[] = [];
  for (let at = 0, text = ''; at < messages; at++) {
    starts[at] = text.length;
    text += `<${id(at)}>`;
    middles[at] = text.length;
    text += at % 20 === 0 ? '' : `<${id(at - (at % 20))}> <${id(at - 1)}>`;
    ends[at] = text.length;
    if (at % IN_ONE_TEXT !== IN_ONE_TEXT - 1 && at !== messages - 1) continue;
    // Flat, as it comes from a file.
    texts.push(Buffer.from(text, 'latin1').toString('latin1'));
    text = '';
  }
  return { texts, starts, middles, ends };
}

function* fieldsIn({ starts, middles, ends }: Headers): Generator<Parameters<NamedIdNumbers['add']>[1]> {
  for (let at = 0; at < middles.length; at++) {
    const [start = 0, middle = 0, end = 0] = [starts[at], middles[at], ends[at]];
    yield [
      { name: 'Message-ID', start, valueStart: start, end: middle },
      { name: 'References', start: middle, valueStart: middle, end },
    ];
  }
}

function joinByHashes(mails: Headers): number {
  const named = new NamedIdNumbers();
  let at = 0;
  for (const fields of fieldsIn(mails)) named.add(mails.texts[Math.floor(at++ / IN_ONE_TEXT)] ?? '', fields);
  return new Links(named.finish()).threadNumbers().count;
}

function joinByStrings(mails: Headers): number {
  const { texts, middles } = mails;
  const numbers = new Map<string, number>();
  const own = new Int32Array(middles.length);
  const starts = new Uint32Array(middles.length + 1);
  const named: number[] = [];
  const numberOf = (one: string): number => {
    const known = numbers.get(one) ?? numbers.size;
    numbers.set(one, known);
    return known;
  };
  let at = 0;
  for (const fields of fieldsIn(mails)) {
    const text = texts[Math.floor(at / IN_ONE_TEXT)] ?? '';
    const ids = fields.map(({ valueStart, end }) => text.slice(valueStart, end).match(/[^<>\s]+/g) ?? []);
    own[at] = numberOf(ids[0]?.[0] ?? '');
    for (const one of [...(ids[1] ?? [])].reverse()) named.push(numberOf(one));
    starts[++at] = named.length;
  }
  const links = new Links({ count: at, ids: numbers.size, own, starts, named: Int32Array.from(named) });
  return links.threadNumbers().count;
}

async function measured(work: () => number | Promise<number>): Promise<void> {
  const begun = performance.now();
  const before = process.cpuUsage();
  const messages = await work();
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  console.log(
    JSON.stringify({
      messages,
      milliseconds,
      processor: (user + system) / 1000,
      memory: process.resourceUsage().maxRSS * 1024,
    }),
  );
}

function main(): Promise<void> {
  if (what === 'generate') {
    const size = { bytes: Number(more), count: Number(count), small: kind === 'small' };
    return measured(() => writeMailbox(path, size));
  }
  if (what === 'join') {
    const mails = headers(Number(more));
    return measured(() => (path === 'hashes' ? joinByHashes(mails) : joinByStrings(mails)));
  }
  const works: Record<string, () => number | Promise<number>> = { index, open, keep, reopen };
  const work = works[what];
  if (!work) throw new Error(`There is nothing called "${what}".`);
  return measured(work);
}

void main();
