import { type MessageAnswer, ourGlossary } from '#features';
import { markedLines, type Stretch } from '#features/sharing';
import type { Ink, Paint } from './paint.ts';
import { visible } from './visible.ts';

type Address = NonNullable<MessageAnswer['from']>;

/** One message for a reader at a terminal, line by line: a short header, the text, what to read with care. */
export function* messageText(message: MessageAnswer, path: string, paint: Paint): Generator<string> {
  yield paint('title', visible(message.subject ?? '(no subject)'));
  if (message.from) yield paint('faint', `From: ${visible(addressText(message.from))}`);
  if (message.date !== undefined) yield paint('faint', `Date: ${message.date}`);
  yield paint('faint', `File: ${visible(path)} (${message.key}, ${message.kind})`);
  yield '';
  for (const [index, stretches] of markedLines(message).entries()) {
    const line = message.lines[index];
    yield lineText(line ? inkOf(line) : undefined, stretches, paint);
  }
  yield '';
  const speakers = speakersOf(message);
  if (speakers !== '') yield paint('faint', `Quoted: ${visible(speakers)}`);
  for (const { severity, reason, line } of message.complaints) {
    const place = line === undefined ? '' : ` (line ${line})`;
    yield paint('warning', `${severity === 'info' ? 'Note' : 'Warning'}: ${visible(reason)}${place}`);
  }
  yield '';
}

/** The terms of all messages with the first paragraph of their notes. */
export function* termsText(ids: ReadonlySet<string>, paint: Paint): Generator<string> {
  const { byId } = ourGlossary();
  const concepts = [...ids].flatMap((id) => byId.get(id) ?? []);
  if (concepts.length === 0) return;
  yield paint('title', 'Terms');
  for (const { title, expansion, summary } of concepts) {
    yield '';
    yield expansion === undefined ? paint('term', title) : `${paint('term', title)}, ${expansion}`;
    yield `  ${summary}`;
  }
}

function addressText({ name, address }: Address): string {
  if (name === undefined) return address ?? '';
  return address === undefined ? name : `${name} <${address}>`;
}

/** `Ada Example (depth 1), Ben Example (depth 2)`: each once, in the order of the text. */
function speakersOf({ quotes }: MessageAnswer): string {
  const named = quotes.flatMap(({ speaker, depth }) => (speaker === undefined ? [] : [`${speaker} (depth ${depth})`]));
  return [...new Set(named)].join(', ');
}

function inkOf({ kind, depth }: MessageAnswer['lines'][number]): Ink | undefined {
  if (kind === 'added' || kind === 'removed' || kind === 'hunk') return kind;
  if (kind === 'attribution' || kind === 'signature' || kind === 'diff-header') return 'faint';
  if (depth === 0) return undefined;
  return depth % 3 === 1 ? 'quote1' : depth % 3 === 2 ? 'quote2' : 'quote3';
}

function lineText(ink: Ink | undefined, stretches: readonly Stretch[], paint: Paint): string {
  const text = stretches
    .map((one) => {
      const said = visible(one.text);
      return one.concept !== undefined ? paint('term', said) : one.url !== undefined ? paint('link', said) : said;
    })
    .join('');
  return ink === undefined ? text : paint(ink, text);
}
