/** The thread behind `indexInWorker`: indexes what lies at a path, and hands its arrays over. Bundled as `archive-worker.cjs`. */
import { parentPort, workerData } from 'node:worker_threads';
import { archiveSource, joinMessages, type KeptArchive, openArchive, packArchive } from '#archive';
import { FilePieces, indexArchive, type WorkerOrder, type WorkerReport } from '#archive/node';
import { postingOf } from '#reading';

/** Bytes between two looks at the clock, and the shortest time between two reports of progress, in milliseconds. */
const SLICE = 2 ** 22;
const PAUSE = 100;

async function work({ path, kept }: WorkerOrder): Promise<void> {
  let said = 0;
  const outcome = await indexArchive(path, {
    kept: kept && openArchive(kept),
    slice: SLICE,
    onProgress(progress) {
      if (performance.now() - said < PAUSE) return;
      said = performance.now();
      say({ progress });
    },
  });
  if ('refused' in outcome) return say(outcome);
  const { archive, from, problems } = outcome;
  const packed = packArchive(archive.joined ? archive : joined(archive, path));
  say({ packed, from, problems }, [packed.buffer]);
}

function joined(archive: KeptArchive, path: string): KeptArchive {
  const pieces = new FilePieces();
  const source = archiveSource(archive, () => pieces.units(path));
  const posting = (message: number): ReturnType<typeof postingOf> =>
    postingOf(Object.fromEntries(source.header(message, ['subject', 'from', 'date'])));
  const time = (message: number): number | undefined => {
    const date = source.time(message);
    return Number.isNaN(date) ? posting(message)?.date : date;
  };
  const found = joinMessages(archive.table.ids, { posting, time });
  pieces.close();
  return { ...archive, joined: found };
}

function say(report: WorkerReport, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(report, handedOver);
}

// What the other side of the thread gave is of this form, since both are built together.
work(workerData as WorkerOrder).catch((error: unknown) => {
  say({ refused: error instanceof Error ? error.message : String(error) });
});
