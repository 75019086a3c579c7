import {
  type CancellationToken,
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
} from 'vscode-languageserver/node';
import { type ColourKind, diffLines, type Place } from '#features';
import type { OpenMail } from './open-mail.ts';
import { inTurns } from './turns.ts';

/** Types that editors know, and of diffs and quotes our own. */
const TYPES: Readonly<Record<ColourKind, string>> = {
  keyword: 'keyword',
  type: 'type',
  function: 'function',
  macro: 'macro',
  string: 'string',
  comment: 'comment',
  number: 'number',
  code: 'diffCode',
  added: 'diffAdded',
  removed: 'diffRemoved',
  hunk: 'diffHunk',
  header: 'diffHeader',
  plain: 'quotedProse',
};

export const legend = { tokenTypes: Object.values(TYPES), tokenModifiers: [] };

/** Threads of a longer text (UTF-16 units) are not read for their colours: each line is coloured by its own message alone. */
const LONGEST_THREAD = 4 * 2 ** 20;

/** Diffs in mail, quoted ones too, and words that only look like a diff; of a range, or of everything. */
export async function semanticTokens(
  mail: OpenMail,
  range: Range | undefined,
  token: CancellationToken,
): Promise<SemanticTokens> {
  const wanted = range
    ? { start: mail.offsetAt(range.start), end: mail.offsetAt(range.end) }
    : { start: 0, end: mail.length };
  if (mail.length <= LONGEST_THREAD) await mail.argument(wanted.start, token);
  const builder = new SemanticTokensBuilder();
  await inTurns(tokensOf(mail, wanted, builder), mail.waiting(token));
  return builder.build();
}

function* tokensOf(mail: OpenMail, wanted: Place, builder: SemanticTokensBuilder): Generator<void, void> {
  for (const { start, end } of mail.reading.mailbox.spans) {
    if (end <= wanted.start || start >= wanted.end) continue;
    const from = Math.max(start, wanted.start);
    const to = Math.min(end, wanted.end);
    for (const line of diffLines(mail.reading, from, to - 1, (message) => mail.knownArgument(message))) {
      // A message that begins on the same line as the last one ends is coloured with its own lines only.
      if (line.place.start < start) continue;
      for (const { place, kind } of line.colours) push(mail, builder, place, kind);
    }
    yield;
  }
}

function push(mail: OpenMail, builder: SemanticTokensBuilder, place: Place, kind: ColourKind): void {
  const { start, end } = mail.rangeOf(place);
  // Bytes that stand for words (quoted-printable) may go over a line end; a token may not.
  if (start.line !== end.line) return;
  builder.push(start.line, start.character, end.character - start.character, legend.tokenTypes.indexOf(TYPES[kind]), 0);
}
