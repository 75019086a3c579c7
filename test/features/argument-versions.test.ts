import { describe, expect, it } from 'vitest';
import {
  type Argument,
  argumentOf,
  type Beside,
  quotedLineAt,
  quotesOf,
  type Reading,
  readText,
  reviewOf,
  ThreadTraces,
  threadLedger,
  threadsAnswer,
} from '#features';

function whole<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

interface Mail {
  id: string;
  from?: string;
  subject: string;
  answers?: string;
  body: string;
}

let clock = 0;

function mailbox(...mails: Mail[]): string {
  return mails
    .map(({ id, from = 'Ada', subject, answers, body }) => {
      const date = new Date(Date.UTC(2024, 0, 1) + clock++ * 3_600_000).toUTCString().replace('GMT', '+0000');
      const parent = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
      return `From x Mon Jan  1 00:00:00 2024\nFrom: ${from} Example <${from.toLowerCase()}@example.org>\nSubject: ${subject}\nDate: ${date}\nMessage-ID: <${id}@example.org>\n${parent}\n${body}\n`;
    })
    .join('\n');
}

function patch(lines: string, message = 'A cold pot cools the water that we pour.', file = 'tea.c'): string {
  const added = lines.split('\n').length;
  return `${message}\n\nSigned-off-by: Ada Example <ada@example.org>\n---\ndiff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -40,2 +40,${added + 2} @@ int make_tea(struct pot *pot)\n \tfill(kettle, WATER);\n${lines
    .split('\n')
    .map((line) => `+\t${line}`)
    .join('\n')}\n \tdrink(pot, SLOWLY);\n`;
}

const WARM = 'warm(pot, FOR_A_MINUTE);\npour(kettle, warmed(pot));\nwait_until(pot, DRAWN);\nstir(pot, SLOWLY);';
const FIRST = mailbox(
  { id: 'v1', subject: '[PATCH] tea: Warm the pot', body: patch(WARM) },
  {
    id: 'r1',
    from: 'Ben',
    subject: 'Re: [PATCH] tea: Warm the pot',
    answers: 'v1',
    body: '> +\twarm(pot, FOR_A_MINUTE);\n\nIs it warm when only a minute has passed by then?',
  },
);
const SECOND = mailbox(
  { id: 'v2', subject: '[PATCH v2] tea: Warm the pot', body: patch(WARM.replace('A_MINUTE', 'TWO_MINUTES')) },
  {
    id: 'r2',
    from: 'Cleo',
    subject: 'Re: [PATCH v2] tea: Warm the pot',
    answers: 'v2',
    body: 'Ben asked:\n> Is it warm when only a minute has passed by then?\n\nAnd now it is two.',
  },
);
const OTHER = mailbox({
  id: 'o',
  subject: '[PATCH] coffee: Grind',
  body: patch('grind(beans);', 'Grind.', 'coffee.c'),
});

function argument(text: string, words: string, beside?: Beside): { argument: Argument; reading: Reading; at: number } {
  const reading = readText(text);
  const at = text.indexOf(words);
  const message = reading.mailbox.messageAt(at) ?? -1;
  return { argument: whole(argumentOf(reading, message, beside)), reading, at };
}

const QUOTED = '> Is it warm when only';

describe('a quote of what was said about an earlier version', () => {
  it('leads to the thread of that version in the same mailbox, and is found from there', () => {
    const text = `${FIRST}\n${OTHER}\n${SECOND}`;
    const found = argument(text, QUOTED);
    const said = text.indexOf('Is it warm');
    const [origin] = quotedLineAt(found.argument, found.at)?.origins ?? [];
    expect(origin).toMatchObject({ by: 'Ben Example', place: { start: said } });
    const from = argument(text, 'Is it warm');
    expect(quotesOf(from.argument, said).map(({ place }) => text.slice(place.start, place.end))).toEqual([
      'Is it warm when only a minute has passed by then?',
      '> Is it warm when only a minute has passed by then?',
    ]);
  });

  it('leads into another mail that is open, which the place names', () => {
    const [other, first] = [readText(OTHER), readText(FIRST)];
    const found = argument(SECOND, QUOTED, { companions: [other, first] });
    const [origin] = quotedLineAt(found.argument, found.at)?.origins ?? [];
    expect(origin?.place).toEqual({
      source: 2,
      start: FIRST.indexOf('Is it warm'),
      end: FIRST.indexOf('Is it warm') + 'Is it warm when only a minute has passed by then?'.length,
    });
    expect(found.argument.messages).toEqual([0, 1]);
    expect(found.argument.allKeys).toEqual(['0:0', '0:1', '2:0', '2:1']);
  });

  it('leads nowhere without that mail, and to a thread of another name only when the reader links it', () => {
    const alone = argument(SECOND, QUOTED);
    expect(quotedLineAt(alone.argument, alone.at)).toBeUndefined();
    const renamed = FIRST.replaceAll('tea: Warm the pot', 'kettle: Sing')
      .replaceAll('ada@', 'adela@')
      .replaceAll('\t', ' ');
    const companions = [readText(renamed)];
    const doubtful = argument(SECOND, QUOTED, { companions });
    expect(doubtful.argument.allKeys).toEqual(['0:0', '0:1']);
    expect(quotedLineAt(doubtful.argument, doubtful.at)).toBeUndefined();
    const linked = argument(SECOND, QUOTED, { companions, linked: [{ source: 1, message: 0 }] });
    expect(quotedLineAt(linked.argument, linked.at)?.origins[0]?.place).toMatchObject({ source: 1 });
  });

  it('is said once when the mail stands in two files', () => {
    const companions = [readText(FIRST), readText(FIRST)];
    const found = argument(SECOND, QUOTED, { companions });
    expect(quotedLineAt(found.argument, found.at)?.origins).toHaveLength(1);
  });

  it('is not given to what was said later', () => {
    const later = mailbox(
      { id: 'v3', subject: '[PATCH v3] tea: Warm the pot', body: patch(WARM) },
      {
        id: 'r3',
        from: 'Dan',
        subject: 'Re: [PATCH v3] tea: Warm the pot',
        answers: 'v3',
        body: 'Is it warm when only a minute has passed by then?',
      },
    ).replaceAll('2024', '2034');
    const found = argument(SECOND, QUOTED, { companions: [readText(later)] });
    expect(found.argument.allKeys).toHaveLength(4);
    expect(quotedLineAt(found.argument, found.at)).toBeUndefined();
  });
});

it('messages of one thread that lie in several files are one thread', () => {
  const cut = FIRST.indexOf('From x', 10);
  const [post, reply] = [FIRST.slice(0, cut), FIRST.slice(cut)];
  const found = argument(reply, '> +\twarm', { companions: [readText(post)] });
  expect(found.argument.keys).toEqual(['0:0', '1:0']);
  expect(quotedLineAt(found.argument, found.at)?.origins).toEqual([
    { by: 'Ada Example', place: { source: 1, start: post.indexOf('+\twarm'), end: post.indexOf('\n+\tpour') } },
  ]);
});

describe('the review of an earlier version', () => {
  it('sees what the next one changed in another thread, and who answers there', () => {
    const { argument: found, reading } = argument(FIRST, 'Is it warm', { companions: [readText(SECOND)] });
    const review = whole(reviewOf(reading, found));
    expect(review.patches.map(({ key }) => key)).toEqual(['0:0']);
    const [remark] = review.patches[0]?.remarks ?? [];
    expect(remark).toMatchObject({ status: 'changed', next: { version: 2, evidence: { source: 1 } } });
    const evidence = remark?.next?.evidence;
    expect(SECOND.slice(evidence?.start, evidence?.end)).toBe('+\twarm(pot, FOR_TWO_MINUTES);');
    expect(remark?.answers.map(({ by, place }) => [by, place.source])).toEqual([['Cleo Example', 1]]);
    expect(review.patches[0]?.unreviewed).toBe(false);
  });

  it('does so on the command line for several files and for threads of one', () => {
    for (const texts of [[FIRST, SECOND], [`${FIRST}\n${SECOND}`]]) {
      const readings = texts.map((text) => readText(text));
      const threads = threadsAnswer(readings);
      const traces = new ThreadTraces(threads, readings);
      const ledgers = threads.threads.map((thread) => threadLedger(thread, traces));
      expect(ledgers.map((ledger) => ledger.map(({ version }) => version))).toEqual([[1], [2]]);
      const [remark] = ledgers[0]?.[0]?.remarks ?? [];
      expect(remark?.next).toMatchObject({ outcome: 'changed', version: 2 });
      expect(remark?.next?.evidence?.key).toBe(texts.length === 2 ? '1:0' : '0:2');
    }
  });

  it('passes over a version that was only sent again', () => {
    const again = mailbox({ id: 'again', subject: '[PATCH RESEND] tea: Warm the pot', body: patch(WARM) });
    const { argument: found, reading } = argument(FIRST, 'Is it warm', {
      companions: [readText(again), readText(SECOND.replaceAll('2024', '2025'))],
    });
    const [remark] = whole(reviewOf(reading, found)).patches[0]?.remarks ?? [];
    expect(remark?.next).toMatchObject({ version: 2, evidence: { source: 2 } });
  });
});

it('a review is made in steps: three a mail, more for each patch', () => {
  const reading = readText(`${FIRST}\n${SECOND}`);
  const found = whole(argumentOf(reading, 0));
  expect([...reviewOf(reading, found)].length).toBeGreaterThan(3 * found.allKeys.length);
});
