import { describe, expect, it } from 'vitest';
import { keyOf, messageAnswer, readText, ThreadTraces, threadsAnswer } from '#features';

const PATCH = `From: Ada Example <ada@example.org>
Subject: [PATCH] tea: warm the pot
Message-ID: <0@example.org>

Three things are wrong with it:
 - the pot is cold, and nobody knows
 - the kettle sings too long
---
diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -40,6 +40,7 @@ int make_tea(struct pot *pot)
 	fill(kettle, WATER);
 	boil(kettle, UNTIL_IT_SINGS);
-	pour(kettle, pot);
+	warm(pot, FOR_A_MINUTE);
+	pour(kettle, warmed(pot));
 	drink(pot, SLOWLY);
 	wash(pot, LATER);
 	return leave(house);
`;

function answer(body: string) {
  const reading = readText(
    `From x Mon Jan  1 00:00:00 2024\n${PATCH}\nFrom x Mon Jan  1 00:00:01 2024\nFrom: Ben Example <ben@example.org>\nSubject: Re: [PATCH] tea: warm the pot\nMessage-ID: <1@example.org>\nIn-Reply-To: <0@example.org>\n\n${body}`,
  );
  const threads = threadsAnswer([reading]);
  const page = reading.page(1);
  if (!page) throw new Error('the mail is missing');
  const known = new ThreadTraces(threads, [reading]).next(keyOf(0, 1));
  return messageAnswer(page, reading.mailbox.source, keyOf(0, 1), threads.parents.get('0:1'), known);
}

describe('a quoted piece of a diff', () => {
  it('knows its file, function and numbers although its heads were cut away', () => {
    const { lines } = answer('> -\tpour(kettle, pot);\n> +\twarm(pot, FOR_A_MINUTE);\n\nWhy a minute?\n');
    expect(lines.slice(0, 2)).toMatchObject([
      {
        kind: 'removed',
        code: { change: 'removed', path: 'tea.c', section: 'int make_tea(struct pot *pot)', before: 42 },
      },
      { kind: 'added', code: { change: 'added', path: 'tea.c', section: 'int make_tea(struct pot *pot)', after: 42 } },
    ]);
  });

  it('is prose where it is a list in prose', () => {
    const { lines } = answer('>  - the pot is cold, and nobody knows\n>  - the kettle sings too long\n\nTrue.\n');
    expect(lines.slice(0, 2).map(({ kind, code }) => [kind, code])).toEqual([
      ['quote', undefined],
      ['quote', undefined],
    ]);
  });

  it('is code also where it looks like prose', () => {
    const { lines } = answer('> \tdrink(pot, SLOWLY);\n\nYes.\n');
    expect(lines[0]).toMatchObject({ kind: 'context', code: { path: 'tea.c', before: 43, after: 44 } });
  });
});
