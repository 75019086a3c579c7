import { type BareText, bareText } from './bare-text.ts';
import { bodyHash } from './body-hash.ts';
import { type CodePoints, codePoints } from './code-points.ts';
import { GramIndex } from './gram-index.ts';
import { type LooseText, looseText } from './loose-text.ts';
import { bareMessageId, plainPath } from './message-uri.ts';
import { subjectKey } from './subject.ts';

/** A message a note could belong to, as plain data. */
export interface Candidate {
  /** How the caller knows the message; comes back in the answer. */
  key: string;
  messageId?: string;
  /** The file's label, relative to the workspace. */
  path?: string;
  subject?: string;
  /** What names the changes of the patch that the mail brings, if it brings one. */
  patchId?: string;
  /** Message-IDs of In-Reply-To and References. */
  references?: readonly string[];
  /** The body's text; offsets in the answer are offsets in it. */
  text: string;
  /** `bodyHash(body)`; needed only when `text` is more than the body. */
  bodyHash?: string;
}

/** A candidate with what is computed from its text when it is first asked for. */
export class Entry {
  /** From 0, in the order given. */
  readonly order: number;
  readonly index: CandidateIndex;
  readonly candidate: Candidate;
  readonly messageId: string | undefined;
  readonly path: string | undefined;
  readonly subject: string | undefined;
  #references: ReadonlySet<string> | undefined;
  #bare: BareText | undefined;
  #loose: LooseText | undefined;
  #points: CodePoints | undefined;
  #hash: string | undefined;

  constructor(candidate: Candidate, order: number, index: CandidateIndex) {
    this.order = order;
    this.index = index;
    this.candidate = candidate;
    this.messageId = candidate.messageId === undefined ? undefined : bareMessageId(candidate.messageId);
    this.path = candidate.path === undefined ? undefined : plainPath(candidate.path);
    this.subject = candidate.subject === undefined ? undefined : subjectKey(candidate.subject);
  }

  get references(): ReadonlySet<string> {
    this.#references ??= new Set((this.candidate.references ?? []).map(bareMessageId));
    return this.#references;
  }

  get bare(): BareText {
    this.#bare ??= bareText(this.candidate.text);
    return this.#bare;
  }

  get loose(): LooseText {
    this.#loose ??= looseText(this.candidate.text);
    return this.#loose;
  }

  get points(): CodePoints {
    this.#points ??= codePoints(this.candidate.text);
    return this.#points;
  }

  get hash(): string {
    this.#hash ??= this.candidate.bodyHash?.toLowerCase() ?? bodyHash(this.candidate.text);
    return this.#hash;
  }
}

/** So many texts are searched without asking which of them may hold the words. */
const FEW = 8;

/** Candidates made ready once for placing many annotations. */
export class CandidateIndex {
  readonly entries: readonly Entry[];
  readonly #byMessageId: ReadonlyMap<string, readonly Entry[]>;
  #byHash: ReadonlyMap<string, readonly Entry[]> | undefined;
  #grams: GramIndex | undefined;

  constructor(candidates: readonly Candidate[]) {
    this.entries = candidates.map((candidate, order) => new Entry(candidate, order, this));
    this.#byMessageId = grouped(this.entries, (entry) => entry.messageId);
  }

  withMessageId(messageId: string): readonly Entry[] {
    return this.#byMessageId.get(messageId) ?? [];
  }

  /** The entries of which some may hold these words of bare text, in order. */
  holding(needle: string, among: readonly Entry[]): readonly Entry[] {
    if (among.length <= FEW) return among;
    this.#grams ??= new GramIndex(this.entries.map((entry) => entry.bare.text));
    const holders = this.#grams.holders(needle);
    return holders === undefined ? among : among.filter((entry) => holders.has(entry.order));
  }

  /** Hashes every candidate the first time. */
  withHash(hash: string): readonly Entry[] {
    this.#byHash ??= grouped(this.entries, (entry) => entry.hash);
    return this.#byHash.get(hash) ?? [];
  }
}

function grouped(entries: readonly Entry[], keyOf: (entry: Entry) => string | undefined): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
