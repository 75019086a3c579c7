import type { Condition } from './get-mail.ts';

/** A thread that was downloaded whole: from where, and into which file. */
export interface RememberedThread extends Condition {
  url: string;
  messageId: string;
  /** The file as its host names it: a path, or an address. */
  file: string;
  messages: number;
  /** When, in milliseconds since 1970. */
  when: number;
}

/** What is known of earlier downloads, as it is kept in a file. */
export interface Memory {
  /** When the last request was sent, in milliseconds since 1970. */
  asked?: number;
  threads: RememberedThread[];
}

/** How many threads are remembered; older ones are forgotten. */
const MOST_THREADS = 500;

/** Reads what was kept; what is damaged or from elsewhere is left out. */
export function readMemory(text: string): Memory {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return { threads: [] };
  }
  if (typeof kept !== 'object' || kept === null) return { threads: [] };
  const asked = 'asked' in kept && typeof kept.asked === 'number' ? kept.asked : undefined;
  const threads = 'threads' in kept && Array.isArray(kept.threads) ? kept.threads.filter(isThread) : [];
  return { threads: threads.slice(-MOST_THREADS), ...(asked === undefined ? {} : { asked }) };
}

function isThread(value: unknown): value is RememberedThread {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Readonly<Record<string, unknown>>;
  const texts = ['url', 'messageId', 'file'].every((name) => typeof one[name] === 'string');
  const numbers = ['messages', 'when'].every((name) => typeof one[name] === 'number');
  return (
    texts && numbers && ['etag', 'lastModified'].every((name) => ['string', 'undefined'].includes(typeof one[name]))
  );
}

/** The memory with one more thread; what it said of this file before is forgotten. */
export function remember(memory: Memory, thread: RememberedThread): Memory {
  const others = memory.threads.filter(({ file }) => file !== thread.file);
  return { ...memory, threads: [...others, thread].slice(-MOST_THREADS) };
}

/** What is known of the thread in a file. */
export function rememberedFile(memory: Memory, file: string): RememberedThread | undefined {
  return memory.threads.find((thread) => thread.file === file);
}

/** What the server told us when it gave the thread in this file, so that it need not give it again. */
export function conditionFor(memory: Memory, file: string, url: string): Condition | undefined {
  const thread = rememberedFile(memory, file);
  if (thread?.url !== url) return undefined;
  const { etag, lastModified } = thread;
  if (etag === undefined && lastModified === undefined) return undefined;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}
