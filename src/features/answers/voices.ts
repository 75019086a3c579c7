import type { BodyLine, BodyLines, RowTrace } from '#reading';
import type { Page } from '../reading.ts';
import type { KnownQuotes } from './known-quotes.ts';
import { isSamePerson } from './same-person.ts';

/** Lines that follow each other, at one depth, and are one person's words. */
export interface VoiceAnswer {
  firstLine: number;
  lastLine: number;
  depth: number;
  /** Absent when nobody says whose they are, and nothing shows it. */
  speaker?: string;
  /** The header of the mail names the speaker, an attribution does, or the words were found in a mail of theirs; else it is unknown. */
  by: 'header' | 'attribution' | 'provenance' | 'unknown';
  /** Whom an attribution names for words that were found in somebody else's mail. */
  attributed?: string;
}

/** So many words that were found in the mail of one person prove whose they are against an attribution. */
const PROOF = 6;

interface Line {
  row: number;
  line: BodyLine;
  /** Who is named for it. */
  named: string | undefined;
  /** In whose mail it was found. */
  proven: string | undefined;
  /** `altered`: some of its words are not those that were found. */
  state: RowTrace['state'] | 'altered' | undefined;
  words: number;
}

/** Who says each line of a body. Every line is in one of the answers, in their order; `known` is absent for a mail that stands alone. */
export function lineVoices(page: Page, body: BodyLines, key: string, known: KnownQuotes | undefined): VoiceAnswer[] {
  const traces = known?.traces.linesOf(key) ?? [];
  const lines = body.lines.map((line, row): Line => {
    const trace = traces[row];
    return {
      row,
      line,
      named: page.speakerAt(Math.min(line.own, Math.max(line.start, line.end - 1))),
      proven: trace?.state === 'traced' ? known?.pageOf(trace.origin.key)?.voices.author : undefined,
      state: trace?.state === 'traced' && trace.origin.altered ? 'altered' : trace?.state,
      words: page.message.text.slice(line.own, line.end).match(/\S+/g)?.length ?? 0,
    };
  });
  const voices: VoiceAnswer[] = [];
  const blocks = blocksOf(lines);
  const attributed = byAttribution(blocks);
  for (const block of blocks) {
    const all = attributed.get(nameOf(block)) ?? block;
    for (const voice of voicesIn(block, all, page.voices.author)) addTo(voices, voice);
  }
  return voices;
}

/** Blocks between which somebody answers: all lines of one depth for which one person is named. Of those without a name each is by itself. */
function byAttribution(blocks: readonly Line[][]): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>();
  for (const block of blocks) {
    if (block[0]?.named === undefined) continue;
    const known = found.get(nameOf(block));
    if (known) known.push(...block);
    else found.set(nameOf(block), [...block]);
  }
  return found;
}

function nameOf([first]: readonly Line[]): string {
  return `${first?.line.depth} ${first?.named ?? ''}`;
}

/** Lines of one depth for which one person is named, or nobody. An empty line goes with what is above it. */
function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    const open = blocks.at(-1);
    const [first] = open ?? [];
    const goesOn = first && first.line.depth === line.line.depth && (first.named === line.named || line.words === 0);
    if (open && goesOn) open.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** `all` are the lines that one attribution is about, or the block where there is none. */
function* voicesIn(block: readonly Line[], all: readonly Line[], author: string | undefined): Generator<VoiceAnswer> {
  const named = block[0]?.named;
  const others = provenIn(all, named);
  const whole = othersAlone(all, named, others);
  for (const { row, line, proven } of block) {
    const place = { firstLine: row + 1, lastLine: row + 1, depth: line.depth };
    const other = proven !== undefined && others.has(proven) ? proven : whole;
    if (other !== undefined)
      yield { ...place, speaker: other, by: 'provenance', ...(named === undefined ? {} : { attributed: named }) };
    else if (named === undefined) yield { ...place, by: 'unknown' };
    else yield { ...place, speaker: named, by: line.depth === 0 && named === author ? 'header' : 'attribution' };
  }
}

/**
 * In whose mails words of some lines were found, other than the one who is named for them. Against a name one or two common words prove nothing, nor does what was
 * altered: half of all words must be there. Where nobody's mail has some of the prose, the code around it may come from the same unknown mail.
 */
function provenIn(lines: readonly Line[], named: string | undefined): ReadonlySet<string> {
  const words = new Map<string, number>();
  let [all, lost] = [0, 0];
  for (const { line, proven, state, words: count } of lines) {
    all += count;
    if (state === 'unknown' && line.kind === 'quote') lost += count;
    if (proven !== undefined) words.set(proven, (words.get(proven) ?? 0) + (state === 'altered' ? 0 : count));
  }
  const isProof = (count: number): boolean => count >= PROOF && 2 * count >= all && lost < PROOF;
  const found = [...words].filter(
    ([person, count]) => named === undefined || (isProof(count) && !isSamePerson(person, named)),
  );
  return new Set(found.map(([person]) => person));
}

/** The one person in whose mails all was found that was found at all: the other lines are theirs too. */
function othersAlone(
  lines: readonly Line[],
  named: string | undefined,
  others: ReadonlySet<string>,
): string | undefined {
  const [only, ...more] = others;
  if (only === undefined || more.length > 0) return undefined;
  const isNamed = lines.some(
    ({ proven }) => proven !== undefined && named !== undefined && isSamePerson(proven, named),
  );
  return isNamed ? undefined : only;
}

function addTo(voices: VoiceAnswer[], voice: VoiceAnswer): void {
  const last = voices.at(-1);
  const same =
    last &&
    last.depth === voice.depth &&
    last.speaker === voice.speaker &&
    last.by === voice.by &&
    last.attributed === voice.attributed;
  if (same) last.lastLine = voice.lastLine;
  else voices.push(voice);
}
