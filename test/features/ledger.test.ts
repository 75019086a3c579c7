import { describe, expect, it } from 'vitest';
import { type LedgerAnswer, ledgerMarkdown, readText, ThreadTraces, threadLedger, threadsAnswer } from '#features';

const HUNK = `@@ -40,6 +40,7 @@ int make_tea(struct pot *pot)
 	fill(kettle, WATER);
 	boil(kettle, UNTIL_IT_SINGS);
-	pour(kettle, pot);
+	warm(pot, FOR_A_MINUTE);
+	pour(kettle, warmed(pot));
 	drink(pot, SLOWLY);
 	wash(pot, LATER);
 	return leave(house);
`;

interface Mail {
  from: string;
  subject: string;
  answers?: number;
  body: string;
}

function patch(version: number, hunk: string, message = 'A cold pot cools the water that we pour into it.'): Mail {
  return {
    from: 'Ada Example',
    subject: `[PATCH v${version}] tea: warm the pot`,
    body: `${message}\n\nSigned-off-by: Ada Example <ada@example.org>\n---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n${hunk}`,
  };
}

function reply(from: string, answers: number, body: string): Mail {
  return { from, subject: 'Re: [PATCH] tea: warm the pot', answers, body };
}

function ledger(...mails: Mail[]): LedgerAnswer[] {
  const text = mails.map(({ from, subject, answers, body }, at) => {
    const parent = answers ?? (at > 0 ? 0 : undefined);
    const references =
      parent === undefined
        ? ''
        : `In-Reply-To: <${parent}@example.org>\nReferences: <0@example.org> <${parent}@example.org>\n`;
    return `From x Mon Jan  1 00:00:00 2024\nFrom: ${from} <${from.split(' ')[0]?.toLowerCase()}@example.org>\nSubject: ${subject}\nDate: Mon, 1 Jan 2024 10:00:${String(at).padStart(2, '0')} +0000\nMessage-ID: <${at}@example.org>\n${references}\n${body}\n`;
  });
  const reading = readText(text.join('\n'));
  const threads = threadsAnswer([reading]);
  const traces = new ThreadTraces(threads, [reading]);
  return threads.threads.flatMap((thread) => threadLedger(thread, traces));
}

const ASKED = '> +\twarm(pot, FOR_A_MINUTE);\n\nWhy a minute? A pot is warm sooner than that.\n';

describe('a remark', () => {
  it('is about the line of the file above it, and has its answers', () => {
    const [one] = ledger(
      patch(1, HUNK),
      reply('Ben Example', 0, `Hi Ada,\n\n${ASKED}\nThanks,\nBen\n`),
      reply('Ada Example', 1, '> Why a minute? A pot is warm sooner than that.\n\nGood point, I will use a macro.\n'),
    );
    expect(one?.remarks).toEqual([
      {
        key: '0:1',
        line: 5,
        lastLine: 5,
        by: 'Ben Example',
        text: 'Why a minute?',
        about: { key: '0:0', line: 12, path: 'tea.c', section: 'int make_tea(struct pot *pot)', fileLine: 42 },
        answers: [
          { key: '0:2', line: 3, by: 'Ada Example', text: 'Good point, I will use a macro.', verdict: 'accepted' },
        ],
        resolved: { key: '0:2', line: 3, verdict: 'accepted' },
      },
    ]);
  });

  it('that asks and is not answered is open; silence is no agreement', () => {
    const [one] = ledger(patch(1, HUNK), reply('Ben Example', 0, ASKED), patch(2, HUNK));
    expect(one?.remarks[0]).toMatchObject({ open: true, next: { outcome: 'silent', version: 2 } });
    expect(one?.remarks[0]?.resolved).toBeUndefined();
  });

  it('was followed when the next version changed the line, and the new line proves it', () => {
    const changed = HUNK.replace('FOR_A_MINUTE', 'UNTIL_WARM');
    const [one] = ledger(patch(1, HUNK), reply('Ben Example', 0, ASKED), patch(2, changed));
    expect(one?.remarks[0]?.next).toEqual({ outcome: 'changed', version: 2, evidence: { key: '0:2', line: 12 } });
  });

  it('was followed in a version of which each patch was sent by itself', () => {
    const changed = HUNK.replace('FOR_A_MINUTE', 'UNTIL_WARM');
    const cups = { ...patch(2, HUNK), subject: '[PATCH v2] cups: wash them' };
    const whole = { ...patch(1, HUNK), subject: '[PATCH 1/2] tea: warm the pot' };
    const second = { ...cups, subject: '[PATCH 2/2] cups: wash them', body: cups.body.replaceAll('tea.c', 'cups.c') };
    const [one] = ledger(
      whole,
      second,
      reply('Ben Example', 0, ASKED),
      { ...cups, body: second.body },
      patch(2, changed),
    );
    expect(one?.remarks[0]?.next).toMatchObject({ outcome: 'changed', version: 2, evidence: { key: '0:4' } });
  });

  it('is answered only, when somebody answers and the next version stays as it is there', () => {
    const elsewhere = HUNK.replace('drink(pot, SLOWLY);', 'drink(pot, SLOWLY);\n+\trest(IN_THE_GARDEN);').replace(
      '+40,7',
      '+40,8',
    );
    const [one] = ledger(
      patch(1, HUNK),
      reply('Ben Example', 0, '> -\tpour(kettle, pot);\n\nThis was right as it was, was it not?\n'),
      reply('Ada Example', 1, '> This was right as it was, was it not?\n\nNo, it was not.\n'),
      patch(2, elsewhere.replace('rest', 'rest')),
    );
    expect(one?.remarks[0]).toMatchObject({
      resolved: { verdict: 'refused' },
      next: { outcome: expect.stringMatching(/answered|changed/), version: 2 },
    });
  });

  it('may be about the message of the patch, or about all of it', () => {
    const [one] = ledger(
      patch(1, HUNK),
      reply('Ben Example', 0, '> A cold pot cools the water that we pour into it.\n\nPlease say how much it cools.\n'),
      reply('Cleo Example', 0, 'Please split this in two.\n'),
      patch(2, HUNK, 'A cold pot cools the water that we pour into it by ten degrees.'),
    );
    expect(one?.remarks.map(({ about, next }) => [about.whole ?? about.line, next?.outcome])).toEqual([
      [1, 'changed'],
      [true, 'unclear'],
    ]);
  });

  it('is none when it only greets, thanks or gives a trailer; and praise asks for nothing', () => {
    const [one] = ledger(
      patch(1, HUNK),
      reply(
        'Ben Example',
        0,
        '> A cold pot cools the water that we pour into it.\n\nReviewed-by: Ben Example <ben@example.org>\n\nThanks,\nBen\n',
      ),
      reply('Cleo Example', 0, 'Looks good to me.\n'),
      patch(2, HUNK),
    );
    expect(one?.remarks.map(({ text, approves, next }) => [text, approves, next])).toEqual([
      ['Looks good to me.', true, undefined],
    ]);
    expect(one?.given).toEqual([{ token: 'Reviewed-by', value: 'Ben Example <ben@example.org>', from: '0:1' }]);
  });
});

it('a patch that nobody answers has no review, and says so', () => {
  const [one, two] = ledger(patch(1, HUNK), reply('Ben Example', 0, ASKED), patch(2, HUNK));
  expect([one?.unreviewed, two?.unreviewed]).toEqual([undefined, true]);
});

it('the table escapes words of mails, and names the line of each cell', () => {
  const found = ledger(
    patch(1, HUNK),
    reply('Eve | *Example*', 0, '> +\twarm(pot, FOR_A_MINUTE);\n\nWhy | not [click](command:x) now?\n'),
  );
  const table = ledgerMarkdown(found, ({ key, line }) => `${key}:${line}`);
  expect(table).not.toMatch(/\]\(command|\*Example\*/);
  expect(table).toContain('0:1:3');
  for (const row of table.split('\n').filter((line) => line.startsWith('|')))
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
});
