import { keyOf, type MessageAnswer, messageAnswer, QuoteTraces, readBytes } from '#features';
import { type Case, suite } from './corpus.ts';
import { EVERY, mailbox, NAMES, originals } from './quoted-threads.ts';
import { answer, chances, type Kind, type MadeLine, type MadeMail, quoted } from './quoting.ts';

/** Who says the lines of mails that quote real mails, by machine: whom an attribution names, or nobody, or by mistake somebody else. */

type Naming = 'named' | 'not named' | 'named wrong at times';
const NAMINGS: readonly Naming[] = ['named', 'not named', 'named wrong at times'];
const QUOTES: readonly Kind[] = ['trimmed', 'rewrapped'];
const ANSWERS = 3;

interface Tally {
  lines: number;
  right: number;
  wrong: number;
  unknown: number;
  corrected: number;
}

function thread(body: readonly string[], naming: Naming, kind: Kind, own: () => string[], chance: () => number) {
  const mails: MadeMail[] = [{ lines: body.map((text) => ({ text })) }];
  for (let number = 1; number <= ANSWERS; number++) {
    const before = mails.at(-1) ?? { lines: [] };
    const { lines } = answer(quoted(before, number - 1, kind, chance), kind, own, chance);
    mails.push({ lines: [...attribution(number - 1, naming, chance), ...lines] });
  }
  return mails;
}

function attribution(mail: number, naming: Naming, chance: () => number): MadeLine[] {
  if (naming === 'not named') return [];
  const wrong = naming !== 'named' && chance() < 0.3;
  return [{ text: `On Mon, 1 Jan 2024 at 10:00, ${NAMES[wrong ? mail + 2 : mail]} wrote:` }];
}

function judge(mails: readonly MadeMail[], tally: Tally, complain: (text: string) => void): void {
  const reading = readBytes(Buffer.from(mailbox(mails)));
  const pageOf = (key: string) => reading.page(Number(key.slice(2)));
  const traces = new QuoteTraces({
    keys: mails.map((_, index) => keyOf(0, index)),
    parentOf: (key) => (key === '0:0' ? undefined : `0:${Number(key.slice(2)) - 1}`),
    pageOf,
  });
  for (const [index, { lines }] of mails.entries()) {
    const page = pageOf(keyOf(0, index));
    if (!page) continue;
    const { voices } = messageAnswer(page, reading.mailbox.source, keyOf(0, index), undefined, { traces, pageOf });
    const at = speakersOf(voices);
    for (const [row, { text, said }] of lines.entries()) {
      if (text.replace(/[>\s]/g, '') === '') continue;
      const wanted = NAMES[said?.mail ?? index];
      const voice = at[row];
      tally.lines++;
      if (voice?.speaker === wanted) tally.right++;
      else if (voice?.speaker === undefined) tally.unknown++;
      else tally.wrong++;
      if (voice?.by === 'provenance') tally.corrected++;
      if (voice?.speaker !== undefined && voice.speaker !== wanted)
        complain(`mail ${index} line ${row + 1}: ${text}\n  is ${wanted}'s, found ${JSON.stringify(voice)}`);
    }
  }
}

function speakersOf(voices: MessageAnswer['voices']): MessageAnswer['voices'][number][] {
  return voices.flatMap((voice) => new Array<typeof voice>(voice.lastLine - voice.firstLine + 1).fill(voice));
}

suite('voices: lines of real mails, quoted by a machine', NAMINGS.length * QUOTES.length, () => {
  const bodies = originals();
  return NAMINGS.flatMap((naming, at) =>
    QUOTES.map((kind, other): Case => {
      const chance = chances(at * QUOTES.length + other + 31);
      const own = (): string[] => {
        const words = bodies[Math.floor(chance() * bodies.length)] ?? [];
        const start = Math.floor(chance() * words.length);
        // Words that stand in another mail of the thread, or look like an attribution, would be no words of one's own.
        return words
          .slice(start, start + 2)
          .map((text, line) => `So ${chance().toString(36).slice(2)} ${line} ${text}`);
      };
      const tally: Tally = { lines: 0, right: 0, wrong: 0, unknown: 0, corrected: 0 };
      const wrong: string[] = [];
      for (const [index, body] of bodies.entries())
        if (index % (2 * EVERY) === 0)
          judge(thread(body, naming, kind, own, chance), tally, (text) => wrong.push(text));
      const id = `${naming}, ${kind}`;
      console.log(`voices: ${id} ${JSON.stringify(tally)}`);
      if (process.env.PATCHGLOSS_CONFORMANCE === 'verbose') console.log(wrong.slice(0, 30).join('\n'));
      return { id, passes: tally.wrong === 0 && tally.right >= 0.97 * tally.lines, because: JSON.stringify(tally) };
    }),
  );
});
