import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Annotation, anchor, newAnnotation } from '#annotations';
import { notePlacings, readBytes } from '#features';
import { bareUnits, trackedLines } from './annotating/tracked.ts';
import { type Made, type Original, VARIANTS, type Variant } from './annotating/variants.ts';
import { corpus, filesOf, present } from './corpus.ts';
import { chances } from './quoting.ts';

/** Notes on words of real mails, what becomes of these mails, and whether the notes are where the words now are. */

type Verdict = 'right' | 'wrong' | 'ambiguous' | 'lost';

interface Case {
  id: string;
  variant: Variant;
  placeable: boolean;
  verdict: Verdict;
}

const MAILS = 75;
/** Bare letters of the quote with its context that must stand only once for a case to count as placeable. */
const CONTEXT = 32;

interface Noted {
  name: string;
  text: string;
  start: number;
  end: number;
  annotation: Annotation;
  original: Omit<Original, 'chance'>;
}

/** Words of a line, a line, or a few lines, of a text that has enough of them. */
function selection(text: string, chance: (below: number) => number): { start: number; end: number } | undefined {
  const lines = [...text.matchAll(/^.*\S.*$/gm)].filter(([line]) => line.replace(/[\s>]/g, '').length >= 12);
  const line = lines[chance(Math.max(lines.length, 1))];
  if (line === undefined || lines.length < 6) return undefined;
  const words = [...line[0].matchAll(/[^\s>]\S*/g)];
  const kind = chance(3);
  const first = words[kind === 0 ? chance(Math.max(words.length - 3, 1)) : 0];
  const last =
    kind === 0 ? words[Math.min(words.indexOf(first ?? line) + 2 + chance(4), words.length - 1)] : words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const start = line.index + first.index;
  const end = line.index + last.index + last[0].length;
  if (kind < 2) return { start, end };
  const next = lines[lines.indexOf(line) + 1];
  return {
    start,
    end: next && next.index === line.index + line[0].length + 1 ? next.index + next[0].trimEnd().length : end,
  };
}

function notedMails(): Noted[] {
  const noted: Noted[] = [];
  const names = filesOf('mails', '.eml').sort();
  for (const [number, name] of names.slice(0, MAILS).entries()) {
    const page = readBytes(readFileSync(join(corpus, 'mails', name))).page(0);
    const random = chances(4100 + number);
    const chance = (below: number): number => Math.floor(random() * below);
    if (!page) continue;
    const { text } = page.body;
    const span = selection(text, chance);
    // Mails that hold what a mail body cannot begin or end with would be other texts when written anew.
    if (span === undefined || /\r|^From |\p{Cc}(?<![\n\t])/mu.test(text) || text.length > 40_000) continue;
    const messageId = `made.${number}@example.org`;
    const subject = (page.subject ?? 'tea').replace(/\s+/g, ' ');
    const annotation = newAnnotation({
      ...{ id: `urn:example:${name}`, textId: 'urn:example:text', now: '2024-03-06T09:00:00Z', kind: 'remark' },
      text: 'Here.',
      target: anchor({ messageId, subject, text, ...span }),
    });
    noted.push({
      name,
      text,
      ...span,
      annotation: number % 2 === 0 ? annotation : plainOf(annotation),
      original: originalOf(text, span, messageId, subject),
    });
  }
  return noted;
}

/** The note as a tool that knows only W3C's model writes it. */
function plainOf(annotation: Annotation): Annotation {
  const { id, type, body, target } = JSON.parse(JSON.stringify(annotation));
  const [quote, position] = target.selector;
  const sides = { prefix: quote.prefix.slice(-32), suffix: quote.suffix.slice(0, 32) };
  return { id, type, body, target: { source: target.source, selector: [{ ...quote, ...sides }, position] } };
}

function originalOf(text: string, { start, end }: { start: number; end: number }, messageId: string, subject: string) {
  const lines = trackedLines(text);
  const rowOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  const rows = [rowOf(start), rowOf(end)] as const;
  const blank = (row: number): boolean => /^[\s>]*$/.test(lines[row]?.text ?? '');
  let [first, last] = rows;
  while (first > 0 && !blank(first - 1)) first--;
  while (last < lines.length - 1 && !blank(last + 1)) last++;
  return { subject, messageId, lines, rows, paragraph: [first, last] as const };
}

function judged(noted: Noted, variant: Variant, number: number): Case | undefined {
  const random = chances(9000 + number);
  const made = variant.make({ ...noted.original, chance: (below) => Math.floor(random() * below) });
  if (made === undefined) return undefined;
  const reading = readBytes(new TextEncoder().encode(made.file));
  const read = reading.page(0)?.body.text ?? '';
  const [answer] = notePlacings([{ reading }], [noted.annotation]);
  const truth = truthIn(made, read, noted);
  const id = `${variant.name}: ${noted.name}`;
  if (answer === undefined || truth === undefined) return undefined;
  const placeable = variant.fate === 'stays' && truth.placeable;
  if (answer.state !== 'placed') return { id, variant, placeable, verdict: answer.state };
  const { line = 0, column = 0, endLine = 0, endColumn = 0 } = answer.where ?? {};
  const offsetOf = (row: number, at: number): number => {
    const lines = read.split('\n');
    return lines.slice(0, row - 1).reduce((sum, one) => sum + one.length + 1, 0) + at - 1;
  };
  const [start, end] = [offsetOf(line, column), offsetOf(endLine, endColumn)];
  // A word at the edge of the words may be the one that was changed.
  const room = variant.fate === 'changed' ? 16 : 0;
  const right = truth.start - room <= start && start <= truth.start && truth.end <= end && end <= truth.end + room;
  return { id, variant, placeable, verdict: right && variant.fate !== 'gone' ? 'right' : 'wrong' };
}

interface Truth {
  start: number;
  end: number;
  placeable: boolean;
}

/** Where the words of the note stand in what was read; absent when the body cannot be recognised in it. */
function truthIn(made: Made, read: string, { text, start, end }: Noted): Truth | undefined {
  const wanted = bareUnits(made.body);
  const found = bareUnits(trackedLines(read));
  const shift = found.text.indexOf(wanted.text);
  if (shift === -1) return undefined;
  const inside = wanted.at.flatMap((at, unit) => (at >= start && at < end ? [unit] : []));
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return { start: -1, end: -1, placeable: false };
  const whole = wanted.text.slice(first, last + 1) === bareUnits(trackedLines(text.slice(start, end))).text;
  const around = wanted.text.slice(Math.max(0, first - CONTEXT), last + 1 + CONTEXT);
  const once = found.text.indexOf(around) === found.text.lastIndexOf(around);
  return {
    start: found.at[shift + first] ?? -1,
    end: (found.at[shift + last] ?? -2) + 1,
    placeable: once && (whole || inside.length >= (end - start) / 2),
  };
}

const cases: Case[] = [];

beforeAll(() => {
  if (!present) return;
  const mails = notedMails();
  const all = VARIANTS.flatMap((variant, kind) =>
    mails.flatMap((noted, number) => judged(noted, variant, kind * 1000 + number) ?? []),
  );
  cases.push(...all);
}, 300_000);

function count(some: readonly Case[], verdict: Verdict): number {
  return some.filter((one) => one.verdict === verdict).length;
}

function table(): string {
  const head = `${'what became of the mail'.padEnd(38)} cases  right  ambiguous  lost  wrong  placeable  placed`;
  const rows = VARIANTS.map(({ name }) => {
    const some = cases.filter(({ variant }) => variant.name === name);
    const placeable = some.filter((one) => one.placeable);
    const figures = [
      some.length,
      count(some, 'right'),
      count(some, 'ambiguous'),
      count(some, 'lost'),
      count(some, 'wrong'),
    ];
    const widths = [5, 7, 11, 6, 7];
    const told = figures.map((figure, index) => String(figure).padStart(widths[index] ?? 0)).join('');
    return `${name.padEnd(38)}${told}${String(placeable.length).padStart(11)}${String(count(placeable, 'right')).padStart(8)}`;
  });
  return [head, ...rows].join('\n');
}

describe.skipIf(!present)('notes on real mails', () => {
  test('are told in a table of at least 2,000 cases', () => {
    console.log(table());
    const placeable = cases.filter((one) => one.placeable);
    console.log(`conformance: annotations ${count(placeable, 'right')}/${placeable.length}`);
    if (process.env.PATCHGLOSS_CONFORMANCE === 'verbose') {
      for (const { id, verdict, placeable: should } of cases) {
        if (verdict === 'wrong' || (should && verdict !== 'right')) console.log(`  ${verdict}: ${id}`);
      }
    }
    expect(cases.length).toBeGreaterThanOrEqual(2000);
  });

  test('are never put in a wrong place', () => {
    expect(cases.filter(({ verdict }) => verdict === 'wrong').map(({ id }) => id)).toEqual([]);
  });

  test('are placed in at least 95 of 100 cases where they can be', () => {
    const placeable = cases.filter((one) => one.placeable);
    expect(count(placeable, 'right') / placeable.length).toBeGreaterThanOrEqual(0.95);
  });
});
