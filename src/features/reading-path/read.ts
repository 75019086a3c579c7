import { type JsonObject, referenceOf } from '#annotations';
import { PATH_VERSION, type PathStop, type ReadingPath } from './path.ts';
import { ANSWER, ANSWER_END, isStructural, opensFence, PLACE, QUESTION, SIMULATOR, STOP } from './structure.ts';

/** What is wrong with a path, at its line from 1. */
export interface PathProblem {
  line: number;
  message: string;
}

export interface ReadPath {
  path: ReadingPath;
  problems: readonly PathProblem[];
}

/** A walk of more stops, or a longer text, was not made for a person. */
const MOST_STOPS = 500;
const MOST_UNITS = 2 ** 22;

/** Whether a text says that it is a path. */
export function isPath(text: string): boolean {
  return /^\ufeff?---\r?\n(?:[^\n]{0,1000}\n){0,20}?patchgloss-path:/.test(text.slice(0, 4000));
}

/** Reads a path. What is wrong is said at its line, and the rest is still read; nothing throws. Linear. */
export function readPath(text: string): ReadPath {
  const reader = new PathReader();
  if (text.length > MOST_UNITS)
    reader.problem(1, `A reading path has at most ${MOST_UNITS / 2 ** 20} MB of text; the rest is not read.`);
  const lines = text
    .slice(0, MOST_UNITS)
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/);
  const start = reader.head(lines);
  for (let at = start; at < lines.length; at++) reader.line(lines[at] ?? '', at + 1);
  return reader.end(lines.length);
}

/** Which text the lines belong to that are read now. */
type Part = 'words' | 'question' | 'answer' | 'place';

interface OpenStop extends Record<'words' | 'question' | 'answer', string[]> {
  title: string;
  line: number;
  target?: JsonObject;
  simulator?: string;
  asked: boolean;
  answered: boolean;
}

/** What is wrong is told of the first ones: a file of nothing but mistakes would have a list longer than itself. */
const MOST_PROBLEMS = 100;

class PathReader {
  readonly #problems: PathProblem[] = [];
  readonly #stops: PathStop[] = [];
  readonly #head = new Map<string, string>();
  #words: string[] = [];
  #stop: OpenStop | undefined;
  #part: Part = 'words';
  #fence: string | undefined;
  #fenceLine = 0;
  #place: { lines: string[]; line: number } = { lines: [], line: 0 };
  /** Behind the place of a stop its words are quoted for people: `expected`, or `passing` its lines. */
  #quote: 'none' | 'expected' | 'passing' = 'none';

  problem(line: number, message: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ line, message });
    else if (this.#problems.length === MOST_PROBLEMS) {
      this.#problems.push({ line, message: 'More is wrong with this path; the rest is not told.' });
    }
  }

  /** The lines between the first two lines of three dashes; gives the line behind them. */
  head(lines: readonly string[]): number {
    const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
    if (end === -1) {
      this.problem(
        1,
        'A reading path begins with a line of three dashes, "patchgloss-path: 1", "title: ...", and three dashes again.',
      );
      return 0;
    }
    for (const line of lines.slice(1, end)) {
      const [, name, value = ''] = /^([\w-]{1,100}):[ \t]*(.*)$/.exec(line) ?? [];
      if (name !== undefined) this.#head.set(name, plainValue(value.trim()));
    }
    const version = Number(this.#head.get('patchgloss-path'));
    if (!(version >= 1)) this.problem(1, 'The head does not say "patchgloss-path: 1".');
    if (version > PATH_VERSION)
      this.problem(1, `It is of version ${version}, which a later Patchgloss reads; this one reads what it knows.`);
    return end + 1;
  }

  line(line: string, number: number): void {
    if (this.#part === 'place') this.#placeLine(line);
    else if (this.#fence !== undefined || !this.#beginsSomething(line, number)) this.#textLine(line, number);
  }

  #textLine(line: string, number: number): void {
    if (this.#isQuote(line)) return;
    const isIn = this.#fence !== undefined;
    const mark = opensFence(line, this.#fence);
    if (mark !== undefined) this.#fence = isIn ? undefined : mark;
    if (mark !== undefined && !isIn) this.#fenceLine = number;
    this.#text().push(isIn ? line : unescaped(line));
  }

  #isQuote(line: string): boolean {
    if (this.#quote === 'none') return false;
    if (line.startsWith('>')) this.#quote = 'passing';
    else if (this.#quote === 'passing' || line.trim() !== '') this.#quote = 'none';
    return this.#quote !== 'none';
  }

  #text(): string[] {
    if (!this.#stop || this.#part === 'place') return this.#stop?.words ?? this.#words;
    return this.#stop[this.#part];
  }

  #beginsSomething(line: string, number: number): boolean {
    const [, title] = STOP.exec(line) ?? [];
    if (title !== undefined) {
      this.#close();
      const texts = { words: [], question: [], answer: [] };
      this.#stop = { ...texts, title: title.trim(), line: number, asked: false, answered: false };
      this.#part = 'words';
      return true;
    }
    const stop = this.#stop;
    return stop !== undefined && this.#beginsInStop(stop, line, number);
  }

  #beginsInStop(stop: OpenStop, line: string, number: number): boolean {
    if (PLACE.test(line)) {
      if (stop.target) this.problem(number, 'This stop has two places; the last one counts.');
      this.#part = 'place';
      this.#place = { lines: [], line: number };
      return true;
    }
    const [, simulator] = SIMULATOR.exec(line) ?? [];
    const [, question] = QUESTION.exec(line) ?? [];
    if (simulator !== undefined && this.#part !== 'answer') stop.simulator = simulator;
    else if (question !== undefined && this.#part === 'words') {
      stop.asked = true;
      stop.question.push(unescaped(question));
      this.#part = 'question';
    } else if (ANSWER.test(line) && this.#part !== 'answer') {
      stop.answered = true;
      this.#part = 'answer';
    } else if (ANSWER_END.test(line) && this.#part === 'answer') this.#part = 'words';
    else return false;
    this.#quote = 'none';
    return true;
  }

  #placeLine(line: string): void {
    if (line.trimEnd() !== '```') {
      this.#place.lines.push(line);
      return;
    }
    this.#part = 'words';
    const target = jsonObject(this.#place.lines.join('\n'));
    this.#quote = target && hasQuote(target) ? 'expected' : 'none';
    if (target && this.#stop) this.#stop.target = target;
    else this.problem(this.#place.line, 'The place of this stop is no JSON object; copy the whole block again.');
  }

  #close(): void {
    const stop = this.#stop;
    if (!stop) return;
    if (!stop.target && stop.simulator === undefined)
      this.problem(stop.line, 'This stop has neither a place nor a simulator.');
    const { title, target, simulator, asked, answered } = stop;
    this.#stops.push({
      title: title === '' ? `Stop ${this.#stops.length + 1}` : title,
      words: textOf(stop.words),
      ...(target && { target }),
      ...(simulator !== undefined && { simulator }),
      ...(asked && { question: textOf(stop.question) }),
      ...(answered && { answer: textOf(stop.answer) }),
    });
    this.#stop = undefined;
  }

  end(lines: number): ReadPath {
    if (this.#part === 'place') this.problem(this.#place.line, 'The place of this stop has no end.');
    if (this.#fence !== undefined) this.problem(this.#fenceLine, 'The block of code that begins here has no end.');
    this.#close();
    if (this.#stops.length === 0)
      this.problem(lines, 'There is no stop: each begins with a heading of two signs, "## 1. Title".');
    if (this.#stops.length > MOST_STOPS)
      this.problem(lines, `A path has at most ${MOST_STOPS} stops; the others are not walked.`);
    const author = this.#head.get('author');
    return {
      path: {
        title: this.#head.get('title') ?? 'Reading path',
        ...(author !== undefined && author !== '' && { author }),
        words: textOf(this.#words),
        stops: this.#stops.slice(0, MOST_STOPS),
      },
      problems: this.#problems,
    };
  }
}

/** Without the backslash that kept a line from beginning something. */
function unescaped(line: string): string {
  return line.startsWith('\\') && isStructural(line) ? line.slice(1) : line;
}

function hasQuote(target: JsonObject): boolean {
  return (referenceOf({ id: 'urn:x-patchgloss:stop', target }).quote?.exact.trim() ?? '') !== '';
}

function textOf(lines: readonly string[]): string {
  return lines.join('\n').trim();
}

/** `words` or `"words"`. */
function plainValue(value: string): string {
  try {
    const parsed: unknown = value.startsWith('"') ? JSON.parse(value) : value;
    return typeof parsed === 'string' ? parsed : value;
  } catch {
    return value;
  }
}

function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // What JSON.parse gives is JSON.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
