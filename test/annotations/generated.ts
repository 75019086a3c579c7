import type { Candidate } from '#annotations';

/** Mails of known words, so that it is known where each word stands after any change: the truth to compare placing with. */

export interface Word {
  text: string;
  id: number;
}

/** Paragraphs of words. */
export type Prose = readonly (readonly Word[])[];

export interface Written {
  text: string;
  starts: ReadonlyMap<number, number>;
}

export interface Layout {
  width: number;
  mark: string;
  lineEnd: string;
}

export const PLAIN: Layout = { width: 72, mark: '', lineEnd: '\n' };

const WORDS =
  `the a page table lock reader writer flag guest host kernel memory region entry is was must can not before after set
  cleared fault private shared module init size half boot node store release acquire order free alloc map unmap zap walk
  retry spurious emulate error returns takes holds drops needs why does this patch change fix series version review`.split(
    /\s+/,
  );

/** A small generator of its own (mulberry32), so that a case has the same number on every machine. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function prose(random: (below: number) => number): Prose {
  let id = 0;
  const word = (): Word => ({ text: WORDS[random(WORDS.length)] ?? 'word', id: id++ });
  const paragraph = (): Word[] => Array.from({ length: 12 + random(60) }, word);
  return Array.from({ length: 3 + random(8) }, paragraph);
}

export function write(paragraphs: Prose, layout: Layout): Written {
  const starts = new Map<number, number>();
  let text = '';
  for (const paragraph of paragraphs) {
    let column = Number.POSITIVE_INFINITY;
    for (const word of paragraph) {
      if (column + word.text.length >= layout.width) {
        text += (column === Number.POSITIVE_INFINITY ? '' : layout.lineEnd) + layout.mark;
        column = 0;
      } else {
        text += ' ';
      }
      starts.set(word.id, text.length);
      text += word.text;
      column += word.text.length + 1;
    }
    text += layout.lineEnd + layout.mark.trimEnd() + layout.lineEnd;
  }
  return { text, starts };
}

export type Fate = 'stays' | 'changed' | 'twice' | 'gone';

export interface Variant {
  name: string;
  /** `stays`: one place is right; `twice`, `changed`: that place or none is right; `gone`: no place is right. */

  fate: Fate;
  make: (paragraphs: Prose, chosen: ReadonlySet<number>, random: (below: number) => number) => Written;
  candidate: (text: string) => Candidate;
}

const known = (text: string): Candidate => ({ key: '0:0', messageId: 'm1@example.org', text });
const unknown = (text: string): Candidate => ({ key: '0:0', text });
const reply = (text: string): Candidate => ({
  key: '0:0',
  messageId: 'r1@example.org',
  references: ['m1@example.org'],
  text,
});

const laidOut =
  (layout: Partial<Layout>) =>
  (paragraphs: Prose): Written =>
    write(paragraphs, { ...PLAIN, ...layout });

/** One word, none of those chosen, is another one now. */
function edited(paragraphs: Prose, chosen: ReadonlySet<number>, random: (below: number) => number): Written {
  const others = paragraphs.flat().filter((word) => !chosen.has(word.id));
  const target = others[random(others.length)];
  const change = (word: Word): Word => (word === target ? { ...word, text: 'REWORDED' } : word);
  return write(
    paragraphs.map((paragraph) => paragraph.map(change)),
    PLAIN,
  );
}

function chosenIndex(paragraphs: Prose, chosen: ReadonlySet<number>): number {
  return paragraphs.findIndex((paragraph) => paragraph.some((word) => chosen.has(word.id)));
}

/** The chosen paragraph stands twice; the copy's words are others for the truth. */
function repeated(paragraphs: Prose, chosen: ReadonlySet<number>, random: (below: number) => number): Written {
  const index = chosenIndex(paragraphs, chosen);
  const copy = (paragraphs[index] ?? []).map((word) => ({ ...word, id: word.id + 1_000_000 }));
  return write(paragraphs.toSpliced(index + 1 + random(paragraphs.length - index), 0, copy), PLAIN);
}

function added(paragraphs: Prose, _: ReadonlySet<number>, random: (below: number) => number): Written {
  const words = ['Something', 'new', 'stands', 'here'].map((text, index) => ({ text, id: 2_000_000 + index }));
  return write(paragraphs.toSpliced(random(paragraphs.length + 1), 0, words), PLAIN);
}

function rewordedInside(paragraphs: Prose, chosen: ReadonlySet<number>): Written {
  const [first] = chosen;
  const change = (word: Word): Word => (word.id === first ? { ...word, text: 'REWORDED' } : word);
  return write(
    paragraphs.map((paragraph) => paragraph.map(change)),
    PLAIN,
  );
}

function dropped(paragraphs: Prose, chosen: ReadonlySet<number>): Written {
  return write(paragraphs.toSpliced(chosenIndex(paragraphs, chosen), 1), PLAIN);
}

export const VARIANTS: readonly Variant[] = [
  { name: 'the same', fate: 'stays', make: laidOut({}), candidate: known },
  { name: 'CRLF', fate: 'stays', make: laidOut({ lineEnd: '\r\n' }), candidate: known },
  { name: 'wrapped at 50', fate: 'stays', make: laidOut({ width: 50 }), candidate: known },
  { name: 'one word edited', fate: 'stays', make: edited, candidate: known },
  { name: 'a paragraph added', fate: 'stays', make: added, candidate: known },
  { name: 'page without ids', fate: 'stays', make: laidOut({}), candidate: unknown },
  { name: 'page on one line', fate: 'stays', make: laidOut({ width: 1e9, lineEnd: ' ' }), candidate: unknown },
  { name: 'page with an edit', fate: 'stays', make: edited, candidate: unknown },
  ...[1, 2, 3, 4, 5].map((depth): Variant => {
    const make = laidOut({ width: 60, mark: '> '.repeat(depth) });
    return { name: `quoted ${depth} deep`, fate: 'stays', make, candidate: reply };
  }),
  { name: 'quoted, no ids', fate: 'stays', make: laidOut({ mark: '> ' }), candidate: unknown },
  { name: 'paragraph repeated', fate: 'twice', make: repeated, candidate: known },
  { name: 'paragraph repeated, page', fate: 'twice', make: repeated, candidate: unknown },
  { name: 'paragraph gone', fate: 'gone', make: dropped, candidate: known },
  { name: 'paragraph gone, page', fate: 'gone', make: dropped, candidate: unknown },
  { name: 'reworded inside', fate: 'changed', make: rewordedInside, candidate: known },
];
