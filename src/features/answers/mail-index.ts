import {
  filesSource,
  gitSource,
  type IndexedSource,
  indexSource,
  inReadingOrder,
  type JoinedMessages,
  joinMessages,
  type KeptFiles,
  type KeptGit,
  type KeptIndex,
  membersOf,
  NamedIdNumbers,
  type Posting,
  partOf,
  tableSource,
} from '#archive';
import {
  type Address,
  addressesOf,
  headerTraits,
  isoDate,
  messageIdsOf,
  type PostedTraits,
  postingOf,
  roundsOf,
  seriesOf,
} from '#reading';
import { type VersionOf, versionsIn } from './families.ts';
import { keyOf, type ThreadAnswer } from './threads.ts';

/** What a source is indexed from: its units, wherever they are. */
export type IndexUnits = Parameters<typeof indexSource>[0];

/** One message of an index. `start` and `end` are bytes of the file; what the header does not give is absent. */
export interface IndexedMessage {
  key: string;
  start: number;
  end: number;
  /** The name of the blob of git whose bytes `start` and `end` are. */
  blob?: string;
  messageId?: string;
  subject?: string;
  from?: Address;
  date?: string;
  parent?: string;
  /** The first message with its id, where it is not the first. */
  duplicateOf?: string;
}

const FIELDS = ['message-id', 'subject', 'from', 'date'];

/** What a header says for a thread. */
interface Facts {
  subject?: string;
  posting?: Posting;
}

/** The fast pass over many files: sources are added one by one, then messages and threads can be asked for. */
export class MailIndex {
  #named = new NamedIdNumbers();
  #sources: (IndexedSource | undefined)[] = [];
  /** How many messages stand before each file. */
  #before: number[] = [0];
  #joined: JoinedMessages | undefined;
  /** How many files, folders and repositories were added. */
  #archives = 0;
  /** Of sources that were kept, what is not among `#named` yet. */
  #tables: { ids: KeptIndex['table']['ids']; joined: JoinedMessages | undefined }[] = [];

  /** Adds the next file, in the order given; nothing where it could not be opened. Its units must stay at hand. */
  add(units: IndexUnits | undefined): IndexedSource | undefined {
    this.#addTables();
    return this.#addSource(units && indexSource(units, this.#named));
  }

  /** Adds the next file by its index that was kept. Its units must stay at hand. */
  addKept({ table, joined }: KeptIndex, units: IndexUnits): IndexedSource | undefined {
    this.#tables.push({ ids: table.ids, joined });
    return this.#addSource(tableSource(table, units));
  }

  /** Adds the next archive in repositories of git, as one file. */
  addGit({ table, joined }: KeptGit): IndexedSource | undefined {
    this.#tables.push({ ids: table.ids, joined });
    return this.#addSource(gitSource(table));
  }

  /** Adds the files of a folder, or a compressed one, each as a file. */
  addFiles({ table, joined }: KeptFiles): readonly IndexedSource[] {
    this.#tables.push({ ids: table.ids, joined });
    this.#archives++;
    return table.files.map((_, file) => this.#push(filesSource(table, file)));
  }

  /** Whether all messages are of one archive, which was added by its index. */
  get isOneArchive(): boolean {
    return this.#archives === 1;
  }

  /** A table that stands alone, and was joined before, needs no look at its ids. */
  #addTables(): void {
    for (const { ids } of this.#tables) this.#named.addTable(ids);
    this.#tables = [];
  }

  #addSource(source: IndexedSource | undefined): IndexedSource | undefined {
    this.#archives++;
    return this.#push(source);
  }

  #push<Source extends IndexedSource | undefined>(source: Source): Source {
    this.#sources.push(source);
    this.#before.push((this.#before.at(-1) ?? 0) + (source?.count ?? 0));
    return source;
  }

  /** Joins the messages of all files. Asked once all of them were added; the answers below do it by themselves. */
  join(): JoinedMessages {
    if (this.#joined) return this.#joined;
    const facts = {
      posting: (index: number) => this.#facts(index).posting,
      time: (index: number) => this.#time(index),
    };
    const kept = this.#archives === 1 ? this.#tables[0]?.joined : undefined;
    if (!kept) this.#addTables();
    this.#joined = kept ?? joinMessages(this.#named.finish(), facts);
    return this.#joined;
  }

  *messages(): Generator<IndexedMessage> {
    for (const [file, source] of this.#sources.entries()) {
      for (let index = 0; index < (source?.count ?? 0); index++) {
        const message = this.message(file, index);
        if (message) yield message;
      }
    }
  }

  /** One message of a file, both from 0; absent where there is none. */
  message(file: number, index: number): IndexedMessage | undefined {
    const source = this.#sources[file];
    if (!source || index < 0 || index >= source.count) return undefined;
    const { parents, duplicates } = this.join();
    const at = (this.#before[file] ?? 0) + index;
    const [parent = -1, first = -1] = [parents[at], duplicates[at]];
    return {
      key: keyOf(file, index),
      ...source.span(index),
      ...(source.blob ? { blob: source.blob(index) } : {}),
      ...headerOf(source.header(index, FIELDS)),
      ...(parent === -1 ? {} : { parent: this.#key(parent) }),
      ...(first === -1 ? {} : { duplicateOf: this.#key(first) }),
    };
  }

  /** By their headers alone: whether a patch has a diff is not looked at. */
  *threads(): Generator<ThreadAnswer> {
    const { roots } = this.join();
    const versions = this.#versions();
    let thread = 0;
    for (const members of membersOf(this.join())) {
      const root = roots[thread++] ?? 0;
      yield this.#thread([...members], root, versions.get(this.#key(root)));
    }
  }

  /** What the headers tell of series in several threads. */
  #versions(): ReadonlyMap<string, VersionOf> {
    const { roots } = this.join();
    const threads: { root: string; messages: string[] }[] = [];
    const traits = new Map<string, PostedTraits>();
    for (const members of membersOf(this.join())) {
      const posted: string[] = [];
      for (const index of members) {
        const trait = this.#traits(index);
        if (!trait) continue;
        const key = this.#key(index);
        traits.set(key, trait);
        posted.push(key);
      }
      threads.push({ root: this.#key(roots[threads.length] ?? 0), messages: posted });
    }
    return versionsIn(threads, traits);
  }

  #traits(index: number): PostedTraits | undefined {
    const facts = this.#facts(index);
    const place = postedPlace(facts);
    return place && headerTraits(place.part === 0 ? 'cover' : 'patch', facts.subject ?? '', facts.posting?.sender);
  }

  #thread(members: readonly number[], root: number, versionOf: VersionOf | undefined): ThreadAnswer {
    const { parents } = this.join();
    const facts = new Map(members.map((index) => [index, this.#facts(index)]));
    const subject = facts.get(root)?.subject;
    const series = roundsOf(members.flatMap((index) => this.#patch(index, parents[index] ?? -1, facts.get(index))));
    const order = inReadingOrder(members, root, {
      time: (index) => facts.get(index)?.posting?.date ?? this.#time(index),
      parent: (index) => parents[index] ?? -1,
      part: (index) => partOf(facts.get(index)?.posting),
    });
    return {
      root: this.#key(root),
      messages: members.map((index) => this.#key(index)),
      ...(order.every((index, at) => index === members[at]) ? {} : { order: order.map((index) => this.#key(index)) }),
      ...(subject === undefined ? {} : { subject }),
      ...(versionOf === undefined ? {} : { versionOf }),
      ...(series.length === 0 ? {} : { series }),
    };
  }

  #patch(index: number, parent: number, facts: Facts | undefined): Parameters<typeof roundsOf>[0] {
    const place = facts && postedPlace(facts);
    if (!place) return [];
    const { posting } = facts;
    return [
      {
        key: this.#key(index),
        place,
        ...(parent === -1 ? {} : { parent: this.#key(parent) }),
        ...(posting?.date === undefined ? {} : { date: posting.date }),
      },
    ];
  }

  #facts(index: number): Facts {
    const file = this.#fileOf(index);
    const header = this.#sources[file]?.header(index - (this.#before[file] ?? 0), FIELDS);
    const subject = header?.get('subject');
    const posting = postingOf(Object.fromEntries(header ?? []));
    return { ...(subject === undefined ? {} : { subject }), ...(posting === undefined ? {} : { posting }) };
  }

  #time(index: number): number | undefined {
    const file = this.#fileOf(index);
    const time = this.#sources[file]?.time(index - (this.#before[file] ?? 0)) ?? Number.NaN;
    return Number.isNaN(time) ? this.#facts(index).posting?.date : time;
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

/** The place of a patch or a cover letter, as far as the subject says that it is one. */
function postedPlace({ subject, posting }: Facts): ReturnType<typeof seriesOf> {
  const place = subject === undefined || posting?.reply ? undefined : seriesOf(subject);
  if (!place || (place.part === undefined && !place.prefixes.some((prefix) => /patch/i.test(prefix)))) return undefined;
  return place;
}

function headerOf(
  header: ReadonlyMap<string, string>,
): Omit<IndexedMessage, 'key' | 'start' | 'end' | 'blob' | 'parent' | 'duplicateOf'> {
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
