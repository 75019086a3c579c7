import { QuoteTraces, readBytes } from '#features';
import type { RowTrace } from '#reading';
import { type Case, suite } from './corpus.ts';
import { EVERY, mailbox, originals } from './quoted-threads.ts';
import { answer, chances, type Kind, type MadeMail, quoted, withDouble } from './quoting.ts';

const KINDS: readonly Kind[] = [
  'whole',
  'trimmed',
  'rewrapped',
  'joined',
  'tight',
  'recoded',
  'altered',
  'doubled',
  'squeezed',
];
const ANSWERS = 3;
/** Other numbers draw other quotes. */
const SEED = Number(process.env.PATCHGLOSS_SEED ?? 0);

/** What came out for the lines of one kind of quote. */
interface Tally {
  lines: number;
  right: number;
  wrong: number;
  ambiguous: number;
  unknown: number;
  altered: number;
  alteredSeen: number;
  alteredInvented: number;
}

function thread(body: readonly string[], kind: Kind, own: () => string[], chance: () => number): MadeMail[] {
  const plain: MadeMail = { lines: body.map((text) => ({ text })) };
  const mails = [kind === 'doubled' ? withDouble(plain, chance) : plain];
  for (let count = 0; count < ANSWERS; count++) {
    const before = mails.at(-1) ?? plain;
    mails.push(answer(quoted(before, mails.length - 1, kind, chance), kind, own, chance));
  }
  return mails;
}

function judge(mails: readonly MadeMail[], tally: Tally, complain: (text: string) => void): void {
  const reading = readBytes(Buffer.from(mailbox(mails)));
  const traces = new QuoteTraces({
    keys: mails.map((_, index) => `0:${index}`),
    parentOf: (key) => (key === '0:0' ? undefined : `0:${Number(key.slice(2)) - 1}`),
    pageOf: (key) => reading.page(Number(key.slice(2))),
  });
  for (const [index, mail] of mails.entries()) {
    if (index === 0) continue;
    const found = traces.linesOf(`0:${index}`);
    for (const [row, line] of mail.lines.entries()) {
      if (!line.said || line.text.replace(/[>\s]/g, '') === '') continue;
      count(tally, [line.said, ...(line.joined ?? [])], line.altered === true, found[row], () =>
        complain(
          `mail ${index} line ${row + 1}: ${line.text}\n  is ${JSON.stringify(line.said)}, found ${JSON.stringify(found[row])}`,
        ),
      );
    }
  }
}

function count(
  tally: Tally,
  said: readonly { mail: number; line: number }[],
  altered: boolean,
  trace: RowTrace | undefined,
  complain: () => void,
): void {
  tally.lines++;
  if (altered) tally.altered++;
  if (trace?.state === 'traced') {
    const { key, row } = trace.origin;
    const right = said.some(({ mail, line }) => key === `0:${mail}` && row === line);
    if (right) tally.right++;
    else {
      tally.wrong++;
      complain();
    }
    if (trace.origin.altered && altered) tally.alteredSeen++;
    else if (trace.origin.altered) {
      tally.alteredInvented++;
      complain();
    }
  } else if (trace?.state === 'ambiguous') tally.ambiguous++;
  else {
    tally.unknown++;
  }
}

/** A line that stands in several places is one that nobody could place: it must be said to be ambiguous. No line has a wrong place. */
function isGood({ lines, right, wrong, ambiguous, alteredInvented }: Tally): boolean {
  return wrong + alteredInvented === 0 && right >= 0.97 * (lines - ambiguous) && right >= 0.94 * lines;
}

suite('provenance: quotes of real mails, quoted by a machine', KINDS.length, () => {
  const bodies = originals();
  return KINDS.map((kind, at): Case => {
    const chance = chances(SEED + at + 1);
    const own = (): string[] => {
      const other = bodies[Math.floor(chance() * bodies.length)] ?? [];
      const start = Math.floor(chance() * other.length);
      return other.slice(start, start + 1 + Math.floor(chance() * 4)).filter((text) => text !== '');
    };
    const tally: Tally = {
      lines: 0,
      right: 0,
      wrong: 0,
      ambiguous: 0,
      unknown: 0,
      altered: 0,
      alteredSeen: 0,
      alteredInvented: 0,
    };
    const wrong: string[] = [];
    for (const [index, body] of bodies.entries())
      if (index % EVERY === 0) judge(thread(body, kind, own, chance), tally, (text) => wrong.push(text));
    console.log(`provenance: ${kind} ${JSON.stringify(tally)}`);
    if (process.env.PATCHGLOSS_CONFORMANCE === 'verbose') console.log(wrong.slice(0, 12).join('\n'));
    return { id: kind, passes: isGood(tally), because: JSON.stringify(tally) };
  });
});
