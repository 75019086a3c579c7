import { adoptOrphans, type IndexedSource, indexSource, Links, NamedIdNumbers, type Posting, rootOf } from '#archive';
import { type Address, addressesOf, isoDate, messageIdsOf, postingOf, roundsOf, seriesOf } from '#reading';
import { keyOf, type ThreadAnswer } from './threads.ts';

/** What a source is indexed from: its units, wherever they are. */
export type IndexUnits = Parameters<typeof indexSource>[0];

/** One message of an index. `start` and `end` are bytes of the file; what the header does not give is absent. */
export interface IndexedMessage {
  key: string;
  start: number;
  end: number;
  messageId?: string;
  subject?: string;
  from?: Address;
  date?: string;
  parent?: string;
}

const FIELDS = ['message-id', 'subject', 'from', 'date'];

/** The fast pass over many files: sources are added one by one, then messages and threads can be asked for. */
export class MailIndex {
  #named = new NamedIdNumbers();
  #sources: (IndexedSource | undefined)[] = [];
  /** How many messages stand before each file. */
  #before: number[] = [0];
  #links: Links | undefined;

  /** Adds the next file, in the order given; nothing where it could not be opened. Its units must stay at hand. */
  add(units: IndexUnits | undefined): IndexedSource | undefined {
    const source = units && indexSource(units, this.#named);
    this.#sources.push(source);
    this.#before.push((this.#before.at(-1) ?? 0) + (source?.count ?? 0));
    return source;
  }

  /** Joins the messages of all files. Asked once all of them were added; the answers below do it by themselves. */
  join(): Links {
    if (this.#links) return this.#links;
    const named = this.#named.finish();
    const links = new Links(named);
    adoptOrphans(links, named.starts, (index) => this.#posting(index));
    this.#links = links;
    return links;
  }

  *messages(): Generator<IndexedMessage> {
    const { parents } = this.join();
    for (const [file, source] of this.#sources.entries()) {
      for (let index = 0; source && index < source.count; index++) {
        const parent = parents[(this.#before[file] ?? 0) + index] ?? -1;
        yield {
          key: keyOf(file, index),
          ...source.span(index),
          ...headerOf(source.header(index, FIELDS)),
          ...(parent === -1 ? {} : { parent: this.#key(parent) }),
        };
      }
    }
  }

  /** By their headers alone: whether a patch has a diff is not looked at. */
  *threads(): Generator<ThreadAnswer> {
    const links = this.join();
    for (const thread of links.threads()) {
      const root = rootOf(thread, links.parents, (index) => this.#posting(index)?.date);
      const subject = this.#header(root)?.get('subject');
      const series = roundsOf(thread.flatMap((index) => this.#patch(index, links.parents[index] ?? -1)));
      yield {
        root: this.#key(root),
        messages: thread.map((index) => this.#key(index)),
        ...(subject === undefined ? {} : { subject }),
        ...(series.length === 0 ? {} : { series }),
      };
    }
  }

  #patch(index: number, parent: number): Parameters<typeof roundsOf>[0] {
    const header = this.#header(index);
    const subject = header?.get('subject');
    const posting = this.#posting(index);
    const place = subject === undefined || posting?.reply ? undefined : seriesOf(subject);
    if (!place || (place.part === undefined && !place.prefixes.some((prefix) => /patch/i.test(prefix)))) return [];
    return [
      {
        key: this.#key(index),
        place,
        ...(parent === -1 ? {} : { parent: this.#key(parent) }),
        ...(posting?.date === undefined ? {} : { date: posting.date }),
      },
    ];
  }

  #posting(index: number): Posting | undefined {
    return postingOf(Object.fromEntries(this.#header(index) ?? []));
  }

  #header(index: number): ReadonlyMap<string, string> | undefined {
    const file = this.#fileOf(index);
    return this.#sources[file]?.header(index - (this.#before[file] ?? 0), FIELDS);
  }

  #key(index: number): string {
    const file = this.#fileOf(index);
    return keyOf(file, index - (this.#before[file] ?? 0));
  }

  /** The last file that begins at or before a message. */
  #fileOf(index: number): number {
    let low = 0;
    let high = this.#before.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#before[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function headerOf(header: ReadonlyMap<string, string>): Omit<IndexedMessage, 'key' | 'start' | 'end' | 'parent'> {
  const messageId = messageIdsOf(header.get('message-id') ?? '')[0];
  const subject = header.get('subject');
  const from = addressesOf(header.get('from') ?? '')[0];
  const date = isoDate(header.get('date') ?? '');
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from }),
    ...(date === undefined ? {} : { date }),
  };
}
