import { localTermsOf } from '#reading';
import { plainLine } from '../markdown.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { fieldFrom, sourceOf, termsNear } from './note-context.ts';
import { type SelectedTerm, selectedTerm } from './selected-term.ts';
import { escaped, stop } from './snippet.ts';
import { toFill } from './to-fill.ts';

/** A note to be written: what a mail itself gives is in it, the rest is for the writer. */
export interface NewNote {
  /** What its file is to be called, without `.md`; small letters, digits and single hyphens. */
  id: string;
  /** Its text without what is to be filled in. */
  text: string;
  /** The same as an editor's snippet: the caret stops at what is to be filled in or looked at. */
  snippet: string;
}

/** UTF-16 units; a file name has to fit in any file system. */
const longestId = 60;

/** A note about the selected words of a mail, or about the word at the caret; absent where there is none to write about. */
export function newNote(reading: Reading, place: Place): NewNote | undefined {
  const index = reading.mailbox.messageAt(place.start);
  const page = index === undefined ? undefined : reading.page(index);
  const term = page && selectedTerm(page, place);
  if (!page || !term) return undefined;
  const name = nameOf(page, term);
  const write = (pen: Pen) => {
    const head = ['---', ...headLines(page, term, name, pen), '---', pen.blank(toFill.summary)];
    return [...head.filter((line) => line !== undefined), pen.end].join('\n');
  };
  return { id: slug(name.title), text: write(plainPen), snippet: write(snippetPen()) };
}

/** How a note is written out: what is known, what was guessed, and what only the writer can say. */
interface Pen {
  known(words: string): string;
  guess(words: string): string;
  /** Absent where nothing is to stand in its place. */
  blank(words: string): string | undefined;
  end: string;
}

const plainPen: Pen = { known: (words) => words, guess: (words) => words, blank: () => undefined, end: '' };

/** Stops in the order in which they are written. */
function snippetPen(): Pen {
  let count = 0;
  const next = (words: string) => {
    count += 1;
    return stop(count, words);
  };
  return { known: escaped, guess: next, blank: next, end: '\n$0\n' };
}

interface Name {
  title: string;
  expansion?: string;
  terms: readonly string[];
}

/** Letters and what the mail writes them out as, whichever of the two was selected. */
function nameOf(page: Page, { text, where, start, end }: SelectedTerm): Name {
  for (const local of localTermsOf(page.message.tree, page.message.text).values()) {
    const { term, expansion, written } = local;
    const isWritten = local.where.block === where.block && written.start === start && written.end === end;
    const isLetters = text === term || text === `${term}s`;
    if (isWritten || isLetters) return { title: term, expansion, terms: [term, expansion] };
  }
  return { title: text, terms: [text] };
}

/** The lines of a head in their order; a line without anything to say is left out. */
function headLines(
  page: Page,
  term: SelectedTerm,
  { title, expansion, terms }: Name,
  pen: Pen,
): (string | undefined)[] {
  const { known, guess, blank } = pen;
  const line = (key: string, value: string | undefined) => (value === undefined ? undefined : `${key}: ${value}`);
  const list = (value: string | undefined) => (value === undefined ? undefined : `[${value}]`);
  const field = fieldFrom(page);
  const near = termsNear(page, term).map(yamlText);
  // A plain word means this only where something speaks for it.
  const needsNear = near.length > 0 && /^[a-z]+(?: [a-z]+)*$/.test(title);
  const source = sourceOf(page);
  return [
    line('title', known(yamlText(title))),
    line('expansion', expansion === undefined ? undefined : known(yamlText(expansion))),
    line('field', field === undefined ? blank(toFill.field) : guess(yamlText(field))),
    line('terms', list(known(terms.map(yamlText).join(', ')))),
    ...(near.length > 0 ? ['scope:', line('  near', list(guess(near.join(', '))))] : []),
    needsNear ? '  needsNear: true' : undefined,
    line('sources', list(source === '' ? quotedBlank(blank(toFill.source)) : known(yamlText(source)))),
  ];
}

/** What is to be filled in holds commas. */
function quotedBlank(words: string | undefined): string | undefined {
  return words === undefined ? undefined : `"${words}"`;
}

/** A text as YAML reads it back, on one line: in quotes where it could be read otherwise. */
function yamlText(words: string): string {
  const line = plainLine(words);
  const bare = /^[A-Za-z][\w -]*$/.test(line) && !/^(?:true|false|null)$/i.test(line);
  return bare ? line : JSON.stringify(line);
}

function slug(title: string): string {
  const letters = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return letters.slice(0, longestId).replace(/^-|-$/g, '') || 'note';
}
