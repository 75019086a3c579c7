import type { BodyLines, RowTrace } from '#reading';
import type { QuoteAnswer } from './findings.ts';
import type { KnownQuotes } from './known-quotes.ts';
import type { VoiceAnswer } from './voices.ts';

/** The quotes of a mail with where they were said. `voices` say who says their lines. */
export function tracedQuotes(
  quotes: readonly QuoteAnswer[],
  body: BodyLines,
  key: string,
  { traces }: KnownQuotes,
  voices: readonly VoiceAnswer[],
): QuoteAnswer[] {
  if (quotes.length === 0) return [];
  const lines = traces.linesOf(key);
  return quotes.map((quote) => {
    const found = gathered(quote, body, lines);
    const [first] = found.traced;
    if (!first) return quote;
    const voice = voiceAt(voices, first.firstLine);
    const proven = voice?.by === 'provenance' ? voice : undefined;
    return {
      ...quote,
      ...(proven?.speaker === undefined ? {} : { speaker: proven.speaker, speakerBy: 'provenance' as const }),
      ...(proven?.attributed === undefined ? {} : { attributed: proven.attributed }),
      from: first.from,
      traced: found.traced,
      ...(found.altered.length > 0 ? { altered: found.altered } : {}),
    };
  });
}

/** They follow each other and hold every line. */
function voiceAt(voices: readonly VoiceAnswer[], line: number): VoiceAnswer | undefined {
  let low = 0;
  for (let high = voices.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((voices[middle]?.lastLine ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return voices[low];
}

type Gathered = Required<Pick<QuoteAnswer, 'traced' | 'altered'>>;

function gathered({ firstLine, lastLine, depth }: QuoteAnswer, body: BodyLines, lines: readonly RowTrace[]): Gathered {
  const found: Gathered = { traced: [], altered: [] };
  for (let row = firstLine - 1; row < lastLine; row++) {
    const trace = lines[row];
    if (trace?.state !== 'traced' || body.lines[row]?.depth !== depth) continue;
    const { origin } = trace;
    if (origin.altered) found.altered.push({ line: row + 1, ...origin.altered });
    const last = found.traced.at(-1);
    const goesOn =
      last &&
      last.from.key === origin.key &&
      last.lastLine === row &&
      last.from.line - last.firstLine === origin.row - row;
    if (goesOn) last.lastLine = row + 1;
    else found.traced.push({ firstLine: row + 1, lastLine: row + 1, from: { key: origin.key, line: origin.row + 1 } });
  }
  return found;
}
