import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type FoundIndex, findIndex, type IndexStore } from '../kept-index.ts';
import type { IndexProgress } from '../mailbox-index.ts';
import { type KeptIndex, openIndex, packIndex } from '../packed-index.ts';
import { FilePieces } from './file-pieces.ts';
import { indexName } from './index-folder.ts';

export interface WorkerOptions {
  /** The path of the bundled `archive-worker`. */
  script: string;
  /** Called some ten times a second at most. */
  onProgress?: (progress: IndexProgress & { length: number }) => void;
  signal?: AbortSignal;
  /** Where the index is looked for first, and kept. */
  store?: IndexStore;
}

/** What became of the wish to have an index. */
export type WorkerOutcome =
  | {
      state: 'indexed';
      index: KeptIndex;
      /** Whether all of it was kept, some, or nothing. */
      from: 'kept' | 'grown' | 'read';
      /** The content of a file that was compressed, whose units these are. */
      content?: Uint8Array;
    }
  | { state: 'refused'; reason: string }
  | { state: 'cancelled' };

/** What the thread is given. `grown` is the packed index of the file as it was before it grew. */
export interface WorkerOrder {
  path: string;
  grown?: Uint8Array<ArrayBuffer>;
}

/** What the thread answers: first of all progress, in the end one of the others. */
export type WorkerReport =
  | { progress: IndexProgress & { length: number } }
  | { packed: Uint8Array<ArrayBuffer>; content?: Uint8Array<ArrayBuffer> }
  | { refused: string };

/**
 * The index of a mailbox of any size, which may be compressed: the one that is kept, or else made in a thread of its own, so that this one waits for nothing. The arrays are handed
 * over, never copied. Never rejects for what a file holds.
 */
export async function indexInWorker(path: string, options: WorkerOptions): Promise<WorkerOutcome> {
  const { store, signal } = options;
  const found = store && (await keptOf(path, store));
  if (signal?.aborted) return { state: 'cancelled' };
  if (found?.change === 'none') return { state: 'indexed', index: found.index, from: 'kept' };
  const outcome = await askWorker({ path, ...(found ? { grown: packIndex(found.index) } : {}) }, options);
  if (!('packed' in outcome)) return outcome;
  const { packed, content } = outcome;
  const index = openIndex(packed);
  if (!index) return { state: 'refused', reason: 'the worker answered what cannot be read' };
  // What was compressed has no key by which it is known again.
  if (!content) await store?.write(indexName(path), packed);
  return { state: 'indexed', index, from: found ? 'grown' : 'read', ...(content ? { content } : {}) };
}

async function keptOf(path: string, store: IndexStore): Promise<FoundIndex | undefined> {
  const pieces = new FilePieces();
  try {
    const units = pieces.units(path);
    return await findIndex(store, indexName(path), units, modifiedAt(path));
  } catch {
    // The thread will say why.
    return undefined;
  } finally {
    pieces.close();
  }
}

/** When a file was last changed, in milliseconds since 1970. */
export function modifiedAt(path: string): number {
  return statSync(path).mtimeMs;
}

type Packed = Extract<WorkerReport, { packed: unknown }>;

function askWorker(
  order: WorkerOrder,
  { script, onProgress, signal }: WorkerOptions,
): Promise<Packed | Exclude<WorkerOutcome, { state: 'indexed' }>> {
  return new Promise((resolve) => {
    const transferList = order.grown ? [order.grown.buffer] : [];
    const worker = new Worker(script, { workerData: order, transferList });
    const cancel = (): void => end({ state: 'cancelled' });
    const end = (outcome: Packed | Exclude<WorkerOutcome, { state: 'indexed' }>): void => {
      signal?.removeEventListener('abort', cancel);
      void worker.terminate();
      resolve(outcome);
    };
    signal?.addEventListener('abort', cancel);
    worker.on('message', (report: WorkerReport) => {
      if ('progress' in report) onProgress?.(report.progress);
      else end('refused' in report ? { state: 'refused', reason: report.refused } : report);
    });
    worker.on('error', (error) => end({ state: 'refused', reason: error.message }));
    worker.on('exit', () => end({ state: 'refused', reason: 'the worker ended without an answer' }));
  });
}
