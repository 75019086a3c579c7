import { type CancellationToken, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import { type AlteredQuote, alteredQuotes, complaints, hiddenSigns } from '#features';
import type { OpenMail } from './open-mail.ts';
import { inTurns } from './turns.ts';

/** UTF-16 units. Complaints read every message; a longer text is left in peace. */
const LONGEST = 4 * 2 ** 20;
/** Words of a quote are shown up to so many characters. */
const MOST_SHOWN = 120;

/** What could not be read as it stands, and quotes that changed the words. As information: it is the mail's fault and not the reader's. */
export async function diagnosticsOf(mail: OpenMail, token: CancellationToken): Promise<Diagnostic[]> {
  if (mail.length > LONGEST) return [];
  await mail.outline(token);
  const found = complaints(mail.reading).map(({ place, message, ruleId }) => ({
    range: mail.rangeOf(place),
    message,
    code: ruleId,
    ...ours,
  }));
  const threads = await threadsOf(mail, token);
  const hidden = await inTurns(hiddenIn(mail), mail.waiting(token));
  return [...found, ...hidden, ...(await inTurns(altered(mail, threads), mail.waiting(token)))];
}

/** Characters that turn text around or do not show, where they deceive: a warning, for what is read is not what is written. */
function* hiddenIn(mail: OpenMail): Generator<void, Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (let message = 0; message < mail.reading.messages; message++) {
    for (const { place, code, turns, where } of hiddenSigns(mail.reading, message)) {
      const what = turns ? 'changes the order in which text is shown' : 'does not show';
      found.push({
        range: mail.rangeOf(place),
        message: `${code} in a ${where} ${what}.`,
        code: 'hidden-character',
        ...ours,
        severity: DiagnosticSeverity.Warning,
      });
    }
    yield;
  }
  return found;
}

const ours = { source: 'patchgloss', severity: DiagnosticSeverity.Information };

/** The threads of all messages, each once. */
async function threadsOf(mail: OpenMail, token: CancellationToken) {
  const threads = new Set<NonNullable<Awaited<ReturnType<OpenMail['argument']>>>>();
  for (const { start } of mail.reading.mailbox.spans) {
    const thread = await mail.argument(start, token);
    if (thread) threads.add(thread);
  }
  return threads;
}

function* altered(mail: OpenMail, threads: Awaited<ReturnType<typeof threadsOf>>): Generator<void, Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const thread of threads) {
    for (const message of thread.messages) {
      for (const one of alteredQuotes(thread, message)) found.push(quoteDiagnostic(mail, one));
      yield;
    }
  }
  return found;
}

function quoteDiagnostic(mail: OpenMail, { place, was, now, origin }: AlteredQuote): Diagnostic {
  const by = origin.by === undefined ? '' : ` by ${short(origin.by)}`;
  return {
    range: mail.rangeOf(place),
    message: `Quoted differently: said "${short(was)}", quoted "${short(now)}".`,
    code: 'altered-quote',
    ...ours,
    relatedInformation: [{ location: mail.locationOf(origin.place), message: `Said here${by}` }],
  };
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_SHOWN ? line : `${line.slice(0, MOST_SHOWN)}\u2026`;
}
