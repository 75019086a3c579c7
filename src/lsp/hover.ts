import { type CancellationToken, type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import {
  type CodePlace,
  type CutLines,
  codePlaceAt,
  cutAbove,
  explanationsOf,
  frameHover,
  hover,
  isQuoted,
  messageAt,
  type Place,
  plainText,
} from '#features';
import { withCommandLines } from './hover-links.ts';
import type { OpenMail } from './open-mail.ts';
import { inTurns } from './turns.ts';

/** So many mails of the thread are read before others have a turn. */
const MAILS_A_STEP = 4;

/** What stands at a place: a term, who sends, what is attached; of a quoted line where it is from. */
export async function hoverAt(
  mail: OpenMail,
  position: Position,
  kind: MarkupKind,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const offset = mail.offsetAt(position);
  const { reading } = mail;
  const message = messageAt(reading, offset);
  if (message === undefined) return undefined;
  // The thread is read only for a place that means something.
  if (hover(reading, offset)) await inTurns(readThread(mail, message), mail.waiting(token));
  const answer = hover(reading, offset) ?? frameHover(reading, offset);
  if (answer) {
    const markdown = withCommandLines(answer.markdown, (place) => mail.positionAt(place).line + 1);
    const value = kind === MarkupKind.Markdown ? markdown : plainText(markdown);
    return { contents: { kind, value }, range: mail.rangeOf(answer.place) };
  }
  return isQuoted(reading, offset) ? quoteHover(mail, offset, token) : undefined;
}

function* readThread({ reading }: OpenMail, message: number): Generator<void, void> {
  const thread = explanationsOf(reading, message);
  while (!thread.step(MAILS_A_STEP)) yield;
}

async function quoteHover(mail: OpenMail, offset: number, token: CancellationToken): Promise<Hover | undefined> {
  const argument = await mail.argument(offset, token);
  const code = argument && codePlaceAt(argument, offset);
  const cut = argument && cutAbove(argument, offset);
  const lines = [...(code ? [codeText(code)] : []), ...(cut ? [cutText(mail, cut)] : [])];
  // Names out of a mail: text, never markup.
  return lines.length === 0 ? undefined : { contents: { kind: MarkupKind.PlainText, value: lines.join('\n') } };
}

/** `tea.c, make_tea(), line 42` */
function codeText({ path, function: name, before, after }: CodePlace): string {
  const line = after === undefined ? before && `line ${before} of the old file` : `line ${after}`;
  return [path, name && `${name}()`, line].filter((part) => part !== undefined).join(', ');
}

function cutText(mail: OpenMail, { lines, place, by }: CutLines & { place: Place }): string {
  const from = mail.positionAt(place.start).line + 1;
  const whose = by === undefined ? '' : ` of ${by}`;
  return `${lines === 1 ? '1 line was' : `${lines} lines were`} cut above: see line ${from}${whose}.`;
}
