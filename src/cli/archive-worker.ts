/** The thread behind `indexInWorker`: indexes one file, and hands its arrays over. Bundled as `archive-worker.cjs`. */
import { parentPort, workerData } from 'node:worker_threads';
import { joinMessages, type KeptIndex, openIndex, packIndex, tableSource } from '#archive';
import { FilePieces, modifiedAt, type WorkerOrder, type WorkerReport } from '#archive/node';
import { postingOf } from '#reading';
import { openUnits } from './content.ts';
import { freshIndex } from './kept-mailbox.ts';

/** Bytes between two looks at the clock, and the shortest time between two reports of progress, in milliseconds. */
const SLICE = 2 ** 22;
const PAUSE = 100;

async function work({ path, grown }: WorkerOrder): Promise<void> {
  const pieces = new FilePieces();
  const opened = await openUnits(path, pieces);
  if ('refused' in opened) return say({ refused: opened.refused });
  const { units, content, damage } = opened;
  if (damage !== undefined) return say({ refused: damage });
  const steps = freshIndex(units, modifiedAt(path), grown && openIndex(grown), SLICE);
  let said = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    if (performance.now() - said < PAUSE) continue;
    said = performance.now();
    say({ progress: { ...step.value, length: units.length } });
  }
  const index = step.value;
  if (!index) return say({ refused: 'it is no mailbox' });
  const packed = packIndex(joined(index, units));
  say({ packed, ...(content ? { content } : {}) }, [packed.buffer, ...(content ? [content.buffer] : [])]);
}

function joined(index: KeptIndex, units: Parameters<typeof tableSource>[1]): KeptIndex {
  const source = tableSource(index.table, units);
  const posting = (message: number): ReturnType<typeof postingOf> =>
    postingOf(Object.fromEntries(source.header(message, ['subject', 'from', 'date'])));
  const time = (message: number): number | undefined => {
    const date = source.time(message);
    return Number.isNaN(date) ? posting(message)?.date : date;
  };
  return { ...index, joined: joinMessages(index.table.ids, { posting, time }) };
}

function say(report: WorkerReport, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(report, handedOver);
}

// What the other side of the thread gave is of this form, since both are built together.
work(workerData as WorkerOrder).catch((error: unknown) => {
  say({ refused: error instanceof Error ? error.message : String(error) });
});
