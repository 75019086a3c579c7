import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import {
  conditionFor,
  countMessages,
  DEFAULT_SERVERS,
  type FetchedThread,
  fetchThread,
  type Memory,
  mergeMail,
  type Pace,
  readWanted,
  remember,
  threadFileName,
} from '#archive/fetch';
import { reasonOf } from '#archive/node';
import { onePositional, parsed } from './arguments.ts';
import { forgetFetched, memoryPath, readFetched, writeFetched } from './fetched.ts';
import { networkOf, serverOf } from './network.ts';
import type { Output } from './output.ts';
import { visible } from './visible.ts';

type Fetched = Extract<FetchedThread, { state: 'mail' }>;

/** `patchgloss fetch MESSAGE-ID|URL [--base URL]... [--output FILE] [--timeout SECONDS]`, `patchgloss fetch --forget` */
export async function fetchCommand(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, {
    base: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
    timeout: { type: 'string' },
    verbose: { type: 'boolean' },
    forget: { type: 'boolean' },
  });
  if (values.forget === true) {
    await forgetFetched();
    return output.line(`${memoryPath()} is deleted; the threads that were fetched stay where they are.`);
  }
  const wanted = readWanted(onePositional(positionals, 'MESSAGE-ID or URL'));
  const network = networkOf(values.timeout);
  const servers = values.base === undefined ? DEFAULT_SERVERS : values.base.map(serverOf);
  if ('wrong' in wanted) return output.problem(`${wanted.wrong}.`);
  const named = 'messageId' in wanted ? resolve(values.output ?? threadFileName(wanted.messageId)) : undefined;
  const memory = await readFetched();
  const pace: Pace = memory.asked === undefined ? {} : { last: memory.asked };
  const saved = named !== undefined && existsSync(named);
  const thread = await fetchThread({
    wanted: values.base !== undefined && 'messageId' in wanted ? { messageId: wanted.messageId } : wanted,
    servers,
    network,
    pace,
    signal: new AbortController().signal,
    known: (url) => (saved ? conditionFor(memory, named, url) : undefined),
    ...(values.verbose === true ? { log: (line: string) => output.note(line) } : {}),
  });
  if (thread.state !== 'mail') await writeFetched(memory, pace);
  if (thread.state === 'failed') return output.problem(thread.text);
  const file = named ?? resolve(values.output ?? threadFileName(thread.messageId));
  if (thread.state === 'unchanged') return output.line(`${shown(file)}: nothing new`);
  const kept = await save(file, thread, memory, output);
  await writeFetched(kept, pace);
}

/** Writes the thread, or what is new of it behind what the file has. Returns the memory, with the thread in it when it came whole. */
async function save(file: string, thread: Fetched, memory: Memory, output: Output): Promise<Memory> {
  const { url, messageId, mail, damage, etag, lastModified } = thread;
  try {
    const saved = await bytesOf(file);
    const merged = saved === undefined || saved.length === 0 ? undefined : mergeMail(saved, mail);
    if (saved !== undefined && saved.length > 0 && !merged) {
      output.problem(`${file}: it holds something else and was left as it is; name another file with --output`);
      return memory;
    }
    const messages = merged?.messages ?? countMessages(mail);
    await replaceFile(file, merged?.mail ?? mail);
    await output.line(`${shown(file)}: ${saidOf(messages, merged?.added)}`);
    if (damage !== undefined) {
      output.problem(`${file}: ${damage}; what had come is kept, and fetching it again adds the rest`);
      return memory;
    }
    const condition = {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
    return remember(memory, { url, messageId, file, messages, when: Date.now(), ...condition });
  } catch (error) {
    output.problem(`${file}: ${reasonOf(error)}`);
    return memory;
  }
}

/** A file in or under the current folder by its path from there. */
function shown(file: string): string {
  const path = relative('', file);
  return visible(path.startsWith('..') ? file : path);
}

function saidOf(messages: number, added: number | undefined): string {
  const all = `${messages} message${messages === 1 ? '' : 's'}`;
  if (added === undefined) return all;
  return added === 0 ? `nothing new, ${all}` : `${added} new, ${all}`;
}

/** The bytes of a file; absent when there is none. */
async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whoever stops us finds the old file or the new one, never half of it. */
async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, bytes, { flag: 'wx' });
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}
