import { Worker } from 'node:worker_threads';
import { type KeptArchive, openArchive } from '../kept-archive.ts';
import { findIndex, type IndexStore } from '../kept-index.ts';
import type { IndexProgress } from '../mailbox-index.ts';
import { isPlainFile } from './content.ts';
import { FilePieces } from './file-pieces.ts';
import type { FileProblem } from './index-files.ts';
import { indexName } from './index-folder.ts';
import { modifiedAt } from './modified-at.ts';

export interface WorkerOptions {
  /** The path of the bundled `archive-worker`. */
  script: string;
  /** Called some ten times a second at most. `read` and `length`: bytes, or commits of git. */
  onProgress?: (progress: IndexProgress & { length: number }) => void;
  signal?: AbortSignal;
  /** Where the index is looked for first, and kept. */
  store?: IndexStore;
}

/** What became of the wish to have an index. */
export type WorkerOutcome =
  | {
      state: 'indexed';
      archive: KeptArchive;
      /** Whether all of it was kept, some, or nothing. */
      from: 'kept' | 'grown' | 'read';
      /** What is wrong with single files. */
      problems: readonly FileProblem[];
    }
  | { state: 'refused'; reason: string }
  | { state: 'cancelled' };

/** What the thread is given. `kept` is the packed index of the same path, as it was some time ago. */
export interface WorkerOrder {
  path: string;
  kept?: Uint8Array<ArrayBuffer>;
}

/** What the thread answers: first of all progress, in the end one of the others. */
export type WorkerReport =
  | { progress: IndexProgress & { length: number } }
  | { packed: Uint8Array<ArrayBuffer>; from: 'kept' | 'grown' | 'read'; problems: readonly FileProblem[] }
  | { refused: string };

/**
 * The index of whatever mail lies at a path, of any size: the one that is kept, or else made in a thread of its own, so that this one waits for nothing. The arrays are handed
 * over, never copied. Never rejects for what a file holds.
 */
export async function indexInWorker(path: string, options: WorkerOptions): Promise<WorkerOutcome> {
  const { store, signal } = options;
  const archive = store && (await keptMailbox(path, store));
  if (signal?.aborted) return { state: 'cancelled' };
  if (archive) return { state: 'indexed', archive, from: 'kept', problems: [] };
  const kept = await store?.read(indexName(path));
  const outcome = await askWorker({ path, ...(kept ? { kept: new Uint8Array(kept) } : {}) }, options);
  if (!('packed' in outcome)) return outcome;
  const { packed, from, problems } = outcome;
  const index = openArchive(packed);
  if (!index) return { state: 'refused', reason: 'the worker answered what cannot be read' };
  if (from !== 'kept') await store?.write(indexName(path), packed);
  return { state: 'indexed', archive: index, from, problems };
}

/** A mailbox that is as it was needs no thread: its index is there at once. */
async function keptMailbox(path: string, store: IndexStore): Promise<KeptArchive | undefined> {
  const pieces = new FilePieces();
  try {
    if (!(await isPlainFile(path))) return undefined;
    const found = await findIndex(store, indexName(path), pieces.units(path), modifiedAt(path));
    return found?.change === 'none' ? { kind: 'mailbox', ...found.index } : undefined;
  } catch {
    // The thread will say why.
    return undefined;
  } finally {
    pieces.close();
  }
}

type Packed = Extract<WorkerReport, { packed: unknown }>;

function askWorker(
  order: WorkerOrder,
  { script, onProgress, signal }: WorkerOptions,
): Promise<Packed | Exclude<WorkerOutcome, { state: 'indexed' }>> {
  return new Promise((resolve) => {
    const transferList = order.kept ? [order.kept.buffer] : [];
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
