/** What a reader waits for: the tree of a message, a hover, a step of a simulator. Prints figures as JSON, in milliseconds. */
import { readFileSync } from 'node:fs';
import { hover, readBytes } from '#features';
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';
import { partTree, simulatorById, simulators } from '#simulators';

function percentiles(figures: number[]): { p50: number; p99: number; worst: number; count: number } {
  figures.sort((a, b) => a - b);
  const at = (share: number): number => figures[Math.min(figures.length - 1, Math.floor(share * figures.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: at(1), count: figures.length };
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const files = process.argv.slice(2).map((path) => readFileSync(path));

/** Twice: what counts is code that has run before. */
function trees(): number[] {
  const figures: number[] = [];
  for (let round = 0; round < 2; round++) {
    figures.length = 0;
    for (const file of files) {
      const mailbox = openMailbox(bytesSource(file));
      mailbox.spans.forEach((_, index) => {
        figures.push(timed(() => mailbox.message(index)));
      });
    }
  }
  return figures;
}

function hovers(): number[] {
  const figures: number[] = [];
  for (const file of files.slice(0, 8)) {
    const reading = readBytes(file);
    for (let index = 0; index < reading.messages; index++) reading.page(index)?.mentions.length;
    for (let at = 0; at < file.length; at += 37) figures.push(timed(() => hover(reading, at)));
  }
  return figures;
}

/** Every step of every scenario: to take it, draw it, and lay out the picture. */
function steps(): number[] {
  const figures: number[] = [];
  for (const simulator of simulators) {
    for (const { id } of simulator.scenarios) {
      const run = simulator.runScenario(id);
      for (let step = -1; step <= run.last; step++) {
        figures.push(
          timed(() => {
            const { parts } = run.sceneAt(step);
            for (const part of parts) partTree(part, { width: 720 });
          }),
        );
      }
    }
  }
  return figures;
}

const locks = simulatorById('populate-locks');
console.log(
  JSON.stringify({
    'a message to its tree': percentiles(trees()),
    'a hover, tree at hand': percentiles(hovers()),
    'a step drawn': percentiles(steps()),
    'explore populate-locks': percentiles([1, 2, 3].map(() => timed(() => locks?.explore()))),
  }),
);
