import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hover, type Reading, readBytes } from '#features';
import { locate } from '../../../src/cli/position.ts';
import { corpus } from '../corpus.ts';

const seeds = join(corpus, '../seeds');

/** Folders whose mails are looked at: list threads and mails of many subsystems, archive pages, and the mails of the first threads. */
const folders = ['threads', 'mails', 'notmuch', 'pages'];

/** Where a file of a table is: `seeds/NAME`, or a path within the corpus. */
function pathOf(file: string): string {
  return file.startsWith('seeds/') ? join(seeds, file.slice('seeds/'.length)) : join(corpus, file);
}

export function isThere(file: string): boolean {
  return existsSync(pathOf(file));
}

/** All files with mails, as the tables name them. */
export function mailFiles(): string[] {
  const files = folders.flatMap((folder) => filesBelow(folder, join(corpus, folder)));
  return [...files.filter((file) => !file.endsWith('.json')), ...filesBelow('seeds', seeds)];
}

function filesBelow(name: string, path: string): string[] {
  const below = readdirSync(path).sort();
  return below.flatMap((entry) => {
    const inside = join(path, entry);
    return statSync(inside).isDirectory() ? filesBelow(`${name}/${entry}`, inside) : [`${name}/${entry}`];
  });
}

interface Opened {
  bytes: Uint8Array;
  reading: Reading;
}

const opened = new Map<string, Opened>();

function open(file: string): Opened {
  let known = opened.get(file);
  if (known === undefined) {
    const bytes = readFileSync(pathOf(file));
    known = { bytes, reading: readBytes(bytes) };
    opened.set(file, known);
  }
  return known;
}

/** What the hover gives at `line:column` (from 1; columns are UTF-16 units of the line): the term and the notes, best first. */
export function hoverAt(file: string, place: string): { text?: string; concepts: string[] } {
  const { bytes, reading } = open(file);
  const [line = 0, column = 0] = place.split(':').map(Number);
  const { offset } = locate(bytes, { line, column });
  const answer = offset === undefined ? undefined : hover(reading, offset);
  if (answer === undefined || answer.meanings.length === 0) return { concepts: [] };
  return { text: answer.text, concepts: answer.meanings.map(({ concept }) => concept) };
}

/** The word under a place, as the file has it. */
export function wordAt(file: string, place: string): string {
  const [line = 0, column = 0] = place.split(':').map(Number);
  const text = new TextDecoder().decode(open(file).bytes).split('\n')[line - 1] ?? '';
  const before = /[^\s]*$/.exec(text.slice(0, column - 1))?.[0] ?? '';
  return before + (/^[^\s]*/.exec(text.slice(column - 1))?.[0] ?? '');
}

/** A term that a reader sees as a hover. */
export interface Shown {
  file: string;
  /** Of the message in the file, from 0. */
  message: number;
  /** `line:column`. */
  place: string;
  term: string;
  /** Best first. */
  concepts: string[];
  /** The message is about KVM or confidential guests, where most notes are at home. */
  home: boolean;
  /** The letters around it, by which a quoted place is known again. */
  around: string;
}

/** Every such term of a file that stands there as it is read: what was encoded cannot be shown to a second reader. */
export function* shownIn(file: string): Generator<Shown> {
  const { bytes, reading } = open(file);
  const text = new TextDecoder().decode(bytes);
  for (let message = 0; message < reading.messages; message++) {
    const page = reading.page(message);
    if (!page) continue;
    const home = /\b(?:kvm|tdx|sev|snp|guest_memfd)\b/i.test(page.message.text);
    for (const mention of page.mentions) {
      const meanings = page.glossary.meanings(mention.match, page.surroundings(mention));
      const [span] = mention.spans;
      if (!span || meanings.length === 0) continue;
      const start = new TextDecoder().decode(bytes.subarray(0, page.place(span).start)).length;
      if (!text.startsWith(page.message.text.slice(span.start, span.end), start)) continue;
      const before = text.slice(0, start).split('\n');
      const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      const concepts = meanings.map(({ concept }) => concept.id);
      const { text: block } = mention.where;
      const around = block
        .slice(Math.max(0, mention.match.start - 40), mention.match.end + 40)
        .replace(/[^A-Za-z]+/g, '');
      const term = mention.match.text.replace(/\s+/g, ' ');
      yield { file, message, place, term, concepts, home, around };
    }
  }
}
