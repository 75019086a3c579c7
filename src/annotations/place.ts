import { alteredIn } from './altered.ts';
import { type Annotation, targetOf } from './annotation.ts';
import { type Candidate, CandidateIndex, type Entry } from './candidates.ts';
import { findHits, type Hit, isConvincing, type Kinship, kinship, type Wanted, wantedOf } from './evidence.ts';
import { ambiguous, decide, type Found, type Group, groupOf, lost, type Placing } from './placing.ts';
import { type Reference, referenceOf } from './reference.ts';
import { isRepeated } from './repeated.ts';

/** A body shorter than this, in units of bare text, can be said twice ("Applied, thanks."): its hash is not identity. */
const SHORT_BODY = 64;

/**
 * Finds an annotation again. Total: any JSON object with an id gets an answer. Linear in the candidates' text. Never a
 * guess: a place is given only where the evidence singles it out, and the words there are those that were quoted.
 */
export function place(annotation: Annotation, candidates: readonly Candidate[] | CandidateIndex): Placing {
  const index = candidates instanceof CandidateIndex ? candidates : new CandidateIndex(candidates);
  const reference = referenceOf(annotation);
  const { messageId, bodyHash } = reference;
  const sameId = messageId === undefined ? [] : index.withMessageId(messageId);
  if (sameId.length > 0) return placeInMessage(reference, sameId, 'message-id');
  const sameBody = bodyHash === undefined ? [] : index.withHash(bodyHash);
  const trusted = sameBody.filter((entry) => isSameMail(reference, entry));
  if (trusted.length > 0) return placeInMessage(reference, trusted, 'body-hash');
  return placeByContent(reference, index.entries);
}

/**
 * Places every annotation of a store, by id. A reply that another tool wrote as an annotation of its own, with a note's id
 * as its target, stands where that note stands.
 */
export function placeAll(
  annotations: readonly Annotation[],
  candidates: readonly Candidate[] | CandidateIndex,
): Map<string, Placing> {
  const steps = placeEach(annotations, candidates);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, with a pause after each note; gives how many are placed. */
export function* placeEach(
  annotations: readonly Annotation[],
  candidates: readonly Candidate[] | CandidateIndex,
): Generator<number, Map<string, Placing>> {
  const index = candidates instanceof CandidateIndex ? candidates : new CandidateIndex(candidates);
  const targets = new Map(annotations.map((annotation) => [annotation.id, targetOf(annotation)]));
  const answered = (id: string): string | undefined => {
    const target = targets.get(id);
    return typeof target === 'string' && targets.has(target) ? target : undefined;
  };
  const placings = new Map<string, Placing>();
  for (const annotation of annotations) {
    if (answered(annotation.id) !== undefined) continue;
    placings.set(annotation.id, place(annotation, index));
    yield placings.size;
  }
  for (const { id } of annotations) placeReply(id, answered, placings);
  return placings;
}

/** Follows a reply to the note it answers; all on the way get the same answer, so each step is taken once. */
function placeReply(id: string, answered: (id: string) => string | undefined, placings: Map<string, Placing>): void {
  const way = new Set<string>();
  let at: string | undefined = id;
  while (at !== undefined && !placings.has(at) && !way.has(at)) {
    way.add(at);
    at = answered(at);
  }
  const found = at === undefined ? undefined : placings.get(at);
  const placing = found ?? lost('It answers a note that answers it in turn.');
  for (const step of way) placings.set(step, placing);
}

/** Places an annotation in a mail that is known to be a later version of the one it was written on. */
export function placeCarried(annotation: Annotation, candidate: Candidate): Placing {
  const reference = referenceOf(annotation);
  if (reference.whole) return lost('The note is about the whole message, which is another one.');
  return placeByWords(groupOf(new CandidateIndex([candidate]).entries, 'content'), reference, () => 'related');
}

function isSameMail(reference: Reference, entry: Entry): boolean {
  const kin = kinship(reference, entry);
  return kin === 'related' || (kin === 'possible' && entry.bare.text.length >= SHORT_BODY);
}

function placeInMessage(reference: Reference, found: readonly Entry[], by: 'message-id' | 'body-hash'): Placing {
  const { bodyHash } = reference;
  const unchanged = bodyHash === undefined ? [] : found.filter((entry) => entry.hash === bodyHash);
  const group = groupOf(unchanged.length > 0 ? unchanged : found, by);
  const entries = [...group.copies.keys()];
  if (reference.whole) return decide(group, entries.map(wholeMessage), 'The note is about the whole message.');
  if (bodyHash === undefined || unchanged.length > 0) {
    const steady = entries.flatMap((entry) => atPosition(reference, entry) ?? []);
    const because = 'It is the same message, and the quoted words stand at their position.';
    if (steady.length > 0) return decide(group, steady, because);
  }
  return placeByWords(group, reference, () => 'same');
}

/**
 * The place the position names. It counts where the body is known to be unchanged, or, when the annotation does not say
 * what body it was made on, where the words before and behind agree too: a text that moved can repeat itself.
 */
function atPosition(reference: Reference, entry: Entry): Found | undefined {
  const { position, quote, bodyHash } = reference;
  if (position === undefined) return undefined;
  const { text } = entry.candidate;
  const start = entry.points.toUtf16(position.start);
  const end = entry.points.toUtf16(position.end);
  if (end > text.length) return undefined;
  const found: Found = { entry, start, end, match: 'position', depthChange: 0 };
  if (quote === undefined) return bodyHash === undefined ? undefined : found;
  if (text.slice(start, end) !== quote.exact) return undefined;
  if (bodyHash !== undefined) return found;
  const agrees = text.endsWith(quote.prefix ?? '', start) && text.startsWith(quote.suffix ?? '', end);
  return agrees ? found : undefined;
}

function wholeMessage(entry: Entry): Found {
  return { entry, start: 0, end: entry.candidate.text.length, match: 'position', depthChange: 0 };
}

function placeByContent(reference: Reference, entries: readonly Entry[]): Placing {
  if (reference.whole) return lost('The message is not here.');
  const wanted = wantedOf(reference);
  if (wanted === undefined) return wordless(reference);
  const kin = (entry: Entry): Kinship => kinship(reference, entry);
  const known = entries.filter((entry) => kin(entry) !== 'other' && kin(entry) !== 'unknown');
  const placing = placeByWords(groupOf(known, 'content'), reference, kin);
  if (placing.state !== 'lost') return placing;
  const others = entries.filter((entry) => kin(entry) === 'other' || kin(entry) === 'unknown');
  return placeAmongOthers(groupOf(others, 'content'), wanted, reference, kin) ?? placing;
}

/**
 * In messages that are known to be other ones: only words with all that stood around them count. They may be called the place
 * in one of which nothing else is known, which the next version of a patch may be; otherwise they are listed.
 */
function placeAmongOthers(
  group: Group,
  wanted: Wanted,
  reference: Reference,
  kin: (entry: Entry) => Kinship,
): Placing | undefined {
  const alike = findHits([...group.copies.keys()], wanted).hits.filter((hit) => hit.support === 2);
  if (alike.length === 0) return undefined;
  const found = alike.map((hit) => foundAt(hit, wanted, reference));
  if (alike.every((hit) => kin(hit.entry) === 'unknown' && isConvincing(hit, 'unknown', wanted)))
    return decide(group, found, 'The message is not here; the quoted words and what stood around them are here once.');
  const reason = 'The message is not here; the same words stand in messages not known to be related to it.';
  return ambiguous(group, found, reason);
}

/** By the words themselves; else by what archives leave of them; else, in the message itself, by what stands around them. */
function placeByWords(group: Group, reference: Reference, kin: (entry: Entry) => Kinship): Placing {
  const wanted = wantedOf(reference);
  if (wanted === undefined) return wordless(reference);
  const { placing, supported } = placeByQuote(group, wanted, reference, kin);
  if (placing.state === 'placed' || supported) return placing;
  const loose = wantedOf(reference, 'loose');
  const masked = loose === undefined ? placing : placeByQuote(group, loose, reference, kin).placing;
  if (masked.state === 'placed') return masked;
  const entries = group.by === 'content' ? [] : [...group.copies.keys()];
  const altered = placing.state === 'lost' ? entries.flatMap((entry) => alteredIn(entry, wanted) ?? []) : [];
  if (altered.length > 0)
    return decide(group, altered, 'Some of the quoted words are others now, between the same neighbours.');
  return placing.state === 'ambiguous' ? placing : masked;
}

/** `supported`: some of the places have the old words next to them, so that nothing coarser may decide between them. */
interface ByQuote {
  placing: Placing;
  supported: boolean;
}

function placeByQuote(group: Group, wanted: Wanted, reference: Reference, kin: (entry: Entry) => Kinship): ByQuote {
  const { hits, cut } = findHits([...group.copies.keys()], wanted);
  const found = (some: readonly Hit[]): Found[] => some.map((hit) => foundAt(hit, wanted, reference));
  const supported = hits.some((hit) => hit.support > 0);
  if (hits.length === 0) {
    const missing = 'The message is here, but the quoted words are not in it any more.';
    const none = 'Neither the message nor its quoted words are here.';
    return { placing: lost(group.by === 'content' ? none : missing), supported };
  }
  if (cut) {
    const reason = 'The quoted words stand in too many places to compare them all.';
    return { placing: ambiguous(group, found(hits), reason), supported };
  }
  const best = bestOf(hits, wanted);
  if (!best.some((hit) => isConvincing(hit, kin(hit.entry), wanted))) {
    const reason = 'The same words are here, but what stood around them is not.';
    return { placing: ambiguous(group, found(best), reason), supported };
  }
  const around = best[0]?.support === 0 ? 'stand only once' : 'stand next to the same words';
  const masked = wanted.look === 'loose' ? ', but for addresses and the like that are masked' : '';
  return { placing: decide(group, found(best), `The quoted words ${around}${masked}.`), supported };
}

/**
 * The hits with any support, of these the ones nearest to the quote depth where the note was written; all hits when none has
 * support. More support does not decide: a text that was repeated since has the old words on one side of each copy.
 */
function bestOf(hits: readonly Hit[], { presumed }: Wanted): readonly Hit[] {
  const supported = hits.filter((hit) => hit.support > 0);
  // One side alone does not decide where the words stand again between others, of which one side agrees too.
  if (supported.every((hit) => hit.support === 1)) return hits;
  const [whole, ...more] = supported.filter((hit) => hit.support === 2);
  // Nobody said that a side singled the words out: what only looks so is no rival, unless the paragraph stands twice.
  const rivals =
    presumed && whole !== undefined && more.length === 0
      ? supported.filter((hit) => hit === whole || isRepeated(whole, hit))
      : supported;
  const nearest = Math.min(...rivals.map((hit) => Math.abs(hit.depthChange)));
  return rivals.filter((hit) => Math.abs(hit.depthChange) === nearest);
}

function foundAt(hit: Hit, wanted: Wanted, reference: Reference): Found {
  const { entry, depthChange } = hit;
  const { start, end } = wanted.look === 'loose' ? withMasked(hit, wanted) : hit;
  const same = entry.candidate.text.slice(start, end) === reference.quote?.exact.trim();
  return { entry, start, end, match: same ? 'exact' : wanted.look === 'bare' ? 'tolerant' : 'masked', depthChange };
}

/** With what is masked at the edges of the words, where something to be masked stood there. */
function withMasked({ entry, start, end }: Hit, { hiddenHead, hiddenTail }: Wanted): { start: number; end: number } {
  return {
    start: hiddenHead === true ? entry.loose.hiddenBefore(start) : start,
    end: hiddenTail === true ? entry.loose.hiddenBehind(end) : end,
  };
}

function wordless(reference: Reference): Placing {
  if (reference.position === undefined) return lost('It has no selector that can be read here.');
  return lost('It has a position but no quoted words, and the body is not known to be unchanged.');
}
