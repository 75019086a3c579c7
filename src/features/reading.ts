import type { Glossary, Surroundings } from '#concepts';
import {
  bytesSource,
  type FootnoteReference,
  KEPT_UNITS,
  type LineTable,
  lineTable,
  Recent,
  type Source,
  type Span,
  textSource,
} from '#mailast';
import {
  type BodyLines,
  bodyLinesOf,
  type Carried,
  type CodeLine,
  carriedBy,
  codeLinesOf,
  type FootnoteTarget,
  fieldsOf,
  footnotesOf,
  itemAround,
  itemStarts,
  kindOf,
  type LocalMention,
  type LocalTerm,
  type LogicalText,
  localMentionsOf,
  localTermsOf,
  type Mailbox,
  type Mention,
  type MessageKind,
  type MessageReading,
  mentionsOf,
  openMailbox,
  speakerAt,
  surroundingsOf,
  type Voices,
  voicesOf,
} from '#reading';
import { ourGlossary } from './packs.ts';
import type { Place } from './plain.ts';
import { ThreadSubjects } from './thread-subject.ts';

/** A source that was opened for reading. What is known about a message is worked out when the message is looked at. */
export interface Reading {
  /** How many messages the source holds. */
  readonly messages: number;
  readonly mailbox: Mailbox;
  /** What is known about message `index`; absent when there is none. */
  page(index: number): Page | undefined;
  /** The lines of the source. */
  readonly lines: LineTable;
}

/** One message and what the features ask of it again and again. Each is worked out on first use. */
export class Page {
  readonly message: MessageReading;
  #glossary: Glossary;
  #threads: ThreadSubjects;
  #voices: Voices | undefined;
  #footnotes: ReadonlyMap<FootnoteReference, FootnoteTarget> | undefined;
  #mentions: readonly Mention[] | undefined;
  #localTerms: ReadonlyMap<string, LocalTerm> | undefined;
  #localMentions = new WeakMap<ReadonlyMap<string, unknown>, readonly LocalMention<unknown>[]>();
  #surroundings: Omit<Surroundings, 'paragraph'> | undefined;
  #blocks = new Map<LogicalText, Block>();
  #body: BodyLines | undefined;
  #code: ReadonlyMap<number, CodeLine> | undefined;
  #carried: Carried | undefined;
  #kind: MessageKind | undefined;
  #fields: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(message: MessageReading, known: Glossary, threads: ThreadSubjects) {
    this.message = message;
    this.#glossary = known;
    this.#threads = threads;
  }

  get glossary(): Glossary {
    return this.#glossary;
  }

  get voices(): Voices {
    this.#voices ??= voicesOf(this.message.tree);
    return this.#voices;
  }

  get footnotes(): ReadonlyMap<FootnoteReference, FootnoteTarget> {
    this.#footnotes ??= footnotesOf(this.message.tree);
    return this.#footnotes;
  }

  get mentions(): readonly Mention[] {
    this.#mentions ??= mentionsOf(this.message.tree, this.message.text, this.#glossary);
    return this.#mentions;
  }

  /** The abbreviations that the message itself writes out, quoted text included. */
  get localTerms(): ReadonlyMap<string, LocalTerm> {
    this.#localTerms ??= localTermsOf(this.message.tree, this.message.text);
    return this.#localTerms;
  }

  /** Where abbreviations stand that a text explains, in order: those of this message, or of its thread. Kept with the map that is given. */
  localMentions<Term>(terms: ReadonlyMap<string, Term>): readonly LocalMention<Term>[] {
    // What is kept with a map was found for its terms.
    const known = this.#localMentions.get(terms) as readonly LocalMention<Term>[] | undefined;
    const found = known ?? localMentionsOf(this.message.tree, this.message.text, terms);
    this.#localMentions.set(terms, found);
    return found;
  }

  get fields(): ReadonlyMap<string, readonly string[]> {
    this.#fields ??= fieldsOf(this.message.tree);
    return this.#fields;
  }

  /** What the message carries of its own: a diff, a pull request. */
  get carried(): Carried {
    this.#carried ??= carriedBy(this.message);
    return this.#carried;
  }

  get kind(): MessageKind {
    this.#kind ??= kindOf(this.message, this.carried);
    return this.#kind;
  }

  /** The body as a reader reads it, line by line. */
  get body(): BodyLines {
    this.#body ??= bodyLinesOf(this.message);
    return this.#body;
  }

  /** The lines of the body that are lines of hunks, by row. */
  get code(): ReadonlyMap<number, CodeLine> {
    this.#code ??= codeLinesOf(this.message, this.body);
    return this.#code;
  }

  get subject(): string | undefined {
    return this.fields.get('subject')?.[0];
  }

  /**
   * What scope asks about a place: what stands in the same paragraph, or in the same item of a list. The same object for
   * the same text: scope keeps what it worked out about it.
   */
  surroundings({ where, match }: Mention): Surroundings {
    this.#surroundings ??= surroundingsOf(this.message.tree, this.message.text, this.#subjects());
    const block = this.#blocks.get(where) ?? { starts: itemStarts(where.text), items: new Map() };
    this.#blocks.set(where, block);
    const { start, end } = itemAround(where.text, block.starts, match.start);
    const known = block.items.get(start) ?? { ...this.#surroundings, paragraph: where.text.slice(start, end) };
    block.items.set(start, known);
    return known;
  }

  #subjects(): Pick<Surroundings, 'subject' | 'threadSubject'> {
    const [subject, threadSubject] = [this.subject, this.#threads.of(this.fields)];
    return {
      ...(subject === undefined ? {} : { subject }),
      ...(threadSubject === undefined || threadSubject === subject ? {} : { threadSubject }),
    };
  }

  /** Who wrote what stands at a readable offset; absent when nobody says. */
  speakerAt(readable: number): string | undefined {
    return speakerAt(this.message.tree, this.voices, readable);
  }

  /** Where a span of the readable text stands in the source. */
  place(span: Span): Place {
    return this.message.way.toSource(span.start, span.end);
  }
}

/** A block of text with the items of the list in it, each with what scope asks about it. */
interface Block {
  starts: readonly number[];
  items: Map<number, Surroundings>;
}

function open(source: Source): Reading {
  const mailbox = openMailbox(source);
  const threads = new ThreadSubjects(mailbox);
  let known = ourGlossary();
  let pages = new Recent<Page>(KEPT_UNITS);
  let lines: LineTable | undefined;
  return {
    messages: mailbox.spans.length,
    mailbox,
    page(index) {
      const span = mailbox.spans[index];
      // What was found with other notes is not used again; the trees it is found in are kept by the mailbox.
      if (known !== ourGlossary()) [known, pages] = [ourGlossary(), new Recent<Page>(KEPT_UNITS)];
      return span && pages.at(index, span.end - span.start, () => new Page(mailbox.message(index), known, threads));
    },
    get lines() {
      lines ??= lineTable(source.text);
      return lines;
    },
  };
}

/** Opens the text of a document; places are its UTF-16 offsets. */
export function readText(text: string): Reading {
  return open(textSource(text));
}

/** Opens the bytes of a file; places are byte offsets. */
export function readBytes(bytes: Uint8Array): Reading {
  return open(bytesSource(bytes));
}

/** The index of the message that holds a place of the source. */
export function messageAt(reading: Reading, offset: number): number | undefined {
  return reading.mailbox.messageAt(offset);
}
