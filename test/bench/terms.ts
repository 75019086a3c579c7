/**
 * How fast terms are found in a text: our matcher beside one regular expression of the same spellings and a scan for line
 * ends, in turn on the same generated list mail. `terms COUNT`, prints figures as JSON.
 */
import { glossary } from '#concepts';
import ours from '#concepts/ours';

const rounds = 5;
/** UTF-16 units of the text at the size 1. */
const size = 512 * 1024;
const seed = 20_240_108;

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

const syllables = 'ba ce di fo gu ka le mi no pu ra se ti vo zu'.split(' ');
const plain = 'the of to and in is that it for on with this be as not are we by from if when which page patch so'.split(
  ' ',
);

function invented(next: () => number): string {
  const word = Array.from(
    { length: 2 + Math.floor(next() * 3) },
    () => syllables[Math.floor(next() * syllables.length)],
  );
  const kind = next();
  if (kind < 0.4) return word.join('').toUpperCase();
  return kind < 0.8 ? word.join('_') : `${word.slice(0, 2).join('')} ${word.slice(1).join('')}`;
}

/** Spellings: half of them ours, as far as there are so many. */
function spellings(count: number, next: () => number): string[] {
  const real = ours
    .flatMap(({ concepts }) => concepts.flatMap(({ terms }) => terms))
    .filter((term) => !term.includes('*'));
  const chosen = new Set(real.slice(0, count >> 1));
  while (chosen.size < count) chosen.add(invented(next));
  return [...chosen];
}

/** List mail in blocks of some hundred characters, a term among some thirty words, a third of the lines quoted. */
function blocks(terms: readonly string[], length: number, next: () => number): string[] {
  const found: string[] = [];
  let block = '';
  let line = '';
  for (let written = 0; written < length; ) {
    const pool = next() < 0.03 ? terms : plain;
    const word = next() < 0.4 ? invented(next).toLowerCase() : (pool[Math.floor(next() * pool.length)] ?? '');
    line += line === '' ? word : ` ${word}`;
    if (line.length < 66) continue;
    block += `${next() < 0.3 ? '> ' : ''}${line}\n`;
    line = '';
    if (block.length < 400 + next() * 400) continue;
    written += block.length;
    found.push(block);
    block = '';
  }
  return found;
}

/** Processor time: what else the machine does counts little. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed(work: () => number): { milliseconds: number; found: number } {
  const started = processorTime();
  const found = work();
  return { milliseconds: processorTime() - started, found };
}

function escaped(term: string): string {
  return term.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

const count = Number(process.argv[2] ?? '500');
const next = numbers(seed);
const terms = spellings(count, next);
const notes = terms.map((term, index) => ({
  id: `n${index}`,
  title: term,
  field: '',
  terms: [term],
  scope: {},
  not: [],
  related: [],
  scenarios: [],
  changed: [],
  sources: [],
  summary: '',
  markdown: '',
}));
const { lexicon } = glossary(notes);
const longestFirst = [...terms].sort((one, other) => other.length - one.length);
const alternation = new RegExp(`\\b(?:${longestFirst.map(escaped).join('|')})\\b`, 'g');
const one = blocks(terms, size, next);
const two = blocks(terms, 2 * size, next);

function ourWay(texts: readonly string[]): number {
  let found = 0;
  for (const text of texts) found += lexicon.matches(text).length;
  return found;
}

function byAlternation(texts: readonly string[]): number {
  let found = 0;
  for (const text of texts) for (const _ of text.matchAll(alternation)) found += 1;
  return found;
}

function lineEnds(texts: readonly string[]): number {
  let found = 0;
  for (const text of texts) for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found += 1;
  return found;
}

const unitsOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);
// Once before anything counts: the matcher is built when it is first asked, and code is compiled when it has run.
for (const way of [ourWay, byAlternation, lineEnds]) way(one);
const results = Array.from({ length: rounds }, () => ({
  ours: timed(() => ourWay(one)),
  twice: timed(() => ourWay(two)),
  alternation: timed(() => byAlternation(one)),
  scan: timed(() => lineEnds(one)),
}));
console.log(JSON.stringify({ terms: terms.length, units: unitsOf(one), unitsTwice: unitsOf(two), rounds: results }));
