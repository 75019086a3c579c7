/**
 * How long it takes until the notes of a thread stand where they belong: 5,000 notes on a generated thread of 100 mails, read from
 * the text of their file and placed, with the mails as they were and with each of them changed. `annotations [NOTES] [MAILS]`,
 * prints figures as JSON.
 */
import {
  type Annotation,
  anchor,
  type Candidate,
  emptyStore,
  formatStore,
  newAnnotation,
  parseStore,
  placeAll,
} from '#annotations';

const rounds = 5;
const notes = Number(process.argv[2] ?? '5000');
const mails = Number(process.argv[3] ?? '100');

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function numbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words =
  'the page table lock guest host memory region entry flag is set and cleared when a fault takes it why not'.split(' ');

function body(next: () => number): string {
  const line = () => Array.from({ length: 10 }, () => words[Math.floor(next() * words.length)]).join(' ');
  return Array.from({ length: 60 }, (_, row) => (row % 7 === 6 ? '' : `${row % 3 === 0 ? '> ' : ''}${line()}`)).join(
    '\n',
  );
}

const next = numbers(20_240_306);
const thread: Candidate[] = Array.from({ length: mails }, (_, number) => ({
  key: `0:${number}`,
  messageId: `m${number}@example.org`,
  subject: 'Re: [PATCH] mm: fill the table',
  text: body(next),
}));

function note(number: number): Annotation {
  const mail = thread[number % mails];
  const text = mail?.text ?? '';
  const start = Math.floor(next() * (text.length - 80));
  return newAnnotation({
    ...{
      id: `urn:example:${number}`,
      textId: `urn:example:text-${number}`,
      now: '2024-03-06T09:00:00Z',
      kind: 'remark',
    },
    text: 'A remark of a few words.',
    target: anchor({ messageId: mail?.messageId ?? '', text, start, end: start + 20 + Math.floor(next() * 40) }),
  });
}

/** Processor time: what else the machine does counts little. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(work: () => T): { milliseconds: number; result: T } {
  const started = processorTime();
  const result = work();
  return { milliseconds: processorTime() - started, result };
}

const file = formatStore({
  ...emptyStore('bench.jsonld'),
  annotations: Array.from({ length: notes }, (_, number) => note(number)),
});
const edited = thread.map((mail) => ({ ...mail, text: `One more line.\n${mail.text}` }));
const archived = thread.map(({ key, text }) => ({ key, text: text.replace(/\n/g, '\n\n') }));
const results = Array.from({ length: rounds }, () => {
  const load = timed(() => parseStore(file).annotations);
  const count = (placings: ReturnType<typeof placeAll>) =>
    [...placings.values()].filter(({ state }) => state === 'placed').length;
  const [same, changed, pages] = [thread, edited, archived].map((all) =>
    timed(() => count(placeAll(load.result, all))),
  );
  return { load: load.milliseconds, same, changed, pages };
});
console.log(JSON.stringify({ notes, mails, bytes: file.length, rounds: results }));
