import { describe, expect, it } from 'vitest';
import {
  type Argument,
  alteredQuotes,
  argumentOf,
  codePlaceAt,
  comparedVersions,
  cutAbove,
  diffLines,
  patchText,
  postedVersions,
  quotedLineAt,
  quotesOf,
  type Reading,
  readText,
  reviewOf,
} from '#features';

const NAMES = ['Ada Example', 'Ben Example', 'Cleo Example'];

/** A thread in which each mail answers the one before. */
function thread(...bodies: string[]): { text: string; reading: Reading; argument: Argument } {
  const text = bodies
    .map((body, at) => {
      const answers = at === 0 ? '' : `In-Reply-To: <${at - 1}@example.org>\n`;
      return `From x@example.org Mon Jan  1 00:00:0${at} 2024\nFrom: ${NAMES[at]} <x${at}@example.org>\nSubject: tea\nMessage-ID: <${at}@example.org>\n${answers}\n${body}\n`;
    })
    .join('\n');
  const reading = readText(text);
  return { text, reading, argument: whole(argumentOf(reading, 0)) };
}

function whole<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const TEA = `The kettle stands on the stove and sings.
It is full of water that nobody has warmed yet.

A pot that is cold cools the water which we pour.
We drink it anyway, out of the blue cups.
Nobody washes them.`;

const WARM = 'Ada Example wrote:\n> A pot that is cold cools the water which we pour.\n\nThen warm it.';
const HOW =
  'Ben Example wrote:\n> Ada Example wrote:\n>> A pot that is cold cools the water which we pour.\n>\n> Then warm it.\n\nHow?';

describe('a quoted line', () => {
  it('leads from its whole line to where it was said', () => {
    const { text, argument } = thread(TEA, WARM, HOW);
    const found = quotedLineAt(argument, text.indexOf('cold cools', text.indexOf('>> A pot')));
    expect(found && text.slice(found.place.start, found.place.end)).toBe(
      '>> A pot that is cold cools the water which we pour.',
    );
    expect(found?.origins).toEqual([
      {
        place: { start: text.indexOf('A pot'), end: text.indexOf('\nWe drink') },
        by: 'Ada Example',
      },
    ]);
  });

  it('is quoted again, and so is the line where it was said', () => {
    const { text, argument } = thread(TEA, WARM, HOW);
    const lines = (at: number) => quotesOf(argument, at).map(({ place }) => text.slice(place.start, place.end));
    const all = [
      'A pot that is cold cools the water which we pour.',
      '> A pot that is cold cools the water which we pour.',
      '>> A pot that is cold cools the water which we pour.',
    ];
    expect(lines(text.indexOf('A pot'))).toEqual(all);
    expect(lines(text.indexOf('>> A pot'))).toEqual(all);
    expect(lines(text.indexOf('The kettle'))).toEqual([]);
    expect(lines(text.indexOf('Subject: tea'))).toEqual([]);
  });

  it('leads to every place where it may have been said', () => {
    const twice = 'The kettle sings a song.\n\nWe pour.\n\nThe kettle sings a song.\n\nWe drink.';
    const { text, argument } = thread(twice, 'Ada Example wrote:\n> The kettle sings a song.\n\nWhich one?');
    const found = quotedLineAt(argument, text.indexOf('> The kettle'));
    expect(found?.origins.map(({ place }) => place.start)).toEqual([
      text.indexOf('The kettle'),
      text.indexOf('The kettle', text.indexOf('We pour')),
    ]);
  });

  it('tells which of its words are others than those that were said', () => {
    const { text, argument } = thread(
      TEA,
      'Ada Example wrote:\n> A pot that is cold warms the water which we pour.\n> We drink it anyway, out of the blue cups.\n\nNo.',
    );
    const [altered, ...more] = alteredQuotes(argument, 1);
    expect(more).toEqual([]);
    expect(altered && text.slice(altered.place.start, altered.place.end)).toBe('warms');
    expect(altered?.was).toBe('A pot that is cold cools the water which we pour.');
    expect(altered?.origin.by).toBe('Ada Example');
    expect(alteredQuotes(argument, 0)).toEqual([]);
  });

  it('knows what was cut away above it, and that nothing was', () => {
    const { text, argument } = thread(
      TEA,
      'Ada Example wrote:\n> The kettle stands on the stove and sings.\n> It is full of water that nobody has warmed yet.\n\nSo?\n\n> Nobody washes them.\n\nI do.',
    );
    const cut = cutAbove(argument, text.indexOf('> Nobody'));
    expect(cut).toEqual({
      lines: 2,
      place: { start: text.indexOf('A pot'), end: text.indexOf('\nNobody washes') },
      by: 'Ada Example',
    });
    expect(cutAbove(argument, text.indexOf('> It is full'))).toBeUndefined();
    expect(cutAbove(argument, text.indexOf('> The kettle'))).toBeUndefined();
  });

  it('is traced in steps, two a message', () => {
    const { reading } = thread(TEA, WARM, HOW);
    const steps = [...argumentOf(readText(reading.mailbox.source.text), 1)];
    // One more ends each file, and one joins the threads.
    expect(steps).toHaveLength(8);
  });
});

const PATCH = `Warm the pot.

---
diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -40,3 +40,5 @@ static int make_tea(struct pot *pot)
 	int cups = 2; /* one for the pot,
+			 not for us */
 	pour(pot, "water");
-	return 0;
+	warm(pot);
+	return cups;
`;

describe('the lines of a diff', () => {
  const REVIEW = `Ada Example wrote:
>  	pour(pot, "water");
> -	return 0;
> +	warm(pot);

Some things:

> Warm the pot.`;
  const coloured = (bodies: readonly string[], from: number, knowing = true) => {
    const { text, reading, argument } = thread(...bodies);
    const start = text.indexOf('\n\n', text.indexOf(`Message-ID: <${from}@`)) + 2;
    return diffLines(reading, start, text.length, () => (knowing ? argument : undefined)).map(
      ({ place, marks, change, colours }) => ({
        line: text.slice(place.start, place.end),
        marks: marks.map((mark) => text.slice(mark.start, mark.end)).join(''),
        change,
        colours: colours.map((one) => `${one.kind} ${text.slice(one.place.start, one.place.end)}`),
      }),
    );
  };

  it('have the colours of C, signs and heads, a comment over two lines too', () => {
    const lines = coloured([PATCH], 0);
    expect(lines.map(({ change }) => change)).toEqual([
      ...[undefined, undefined, undefined, 'hunk', undefined, 'added', undefined, 'removed', 'added', 'added'],
    ]);
    expect(lines.map(({ colours }) => colours)).toEqual([
      ['header diff --git a/tea.c b/tea.c'],
      ['header --- a/tea.c'],
      ['header +++ b/tea.c'],
      ['hunk @@ -40,3 +40,5 @@', 'code static int make_tea(struct pot *pot)'],
      ['type int', 'code cups =', 'number 2', 'code ;', 'comment /* one for the pot,'],
      ['added +', 'comment \t\t\t not for us */'],
      ['function pour', 'code (pot,', 'string "water"', 'code );'],
      ['removed -', 'keyword return', 'number 0', 'code ;'],
      ['added +', 'function warm', 'code (pot);'],
      ['added +', 'keyword return', 'code cups;'],
    ]);
  });

  it('are known in a quote without any head by the mail they were taken from', () => {
    const lines = coloured([PATCH, REVIEW], 1);
    expect(lines.map(({ change, marks }) => [marks, change])).toEqual([
      ['>', undefined],
      ['>', 'removed'],
      ['>', 'added'],
      ['>', undefined],
    ]);
    expect(lines[1]?.colours).toEqual(['removed -', 'keyword return', 'number 0', 'code ;']);
  });

  it('are not made of a list that is quoted prose', () => {
    const list = 'We need\n\n- a pot that is warm, and\n- two blue cups that somebody washed.';
    const lines = coloured([list, 'Ada Example wrote:\n> - a pot that is warm, and\n\nWhy?'], 1);
    expect(lines.map(({ change, colours }) => [change, colours])).toEqual([
      [undefined, ['plain - a pot that is warm, and']],
    ]);
  });

  it('say in a quote which line of which file they are', () => {
    const { text, argument } = thread(PATCH, REVIEW);
    const where = (words: string) => {
      const found = codePlaceAt(argument, text.indexOf(words));
      return found && { ...found, place: text.slice(found.place.start, found.place.end) };
    };
    expect(where('> -\treturn')).toEqual({
      place: '> -\treturn 0;',
      path: 'tea.c',
      function: 'make_tea',
      before: 42,
    });
    expect(where('> +\twarm')).toMatchObject({ path: 'tea.c', after: 43 });
    expect(where('> Warm')).toBeUndefined();
    expect(where(' \tpour')).toBeUndefined();
  });
});

describe('the review of a thread', () => {
  const subjects = ['[PATCH] tea: Warm the pot', 'Re: [PATCH] tea: Warm the pot', 'Re: [PATCH] tea: Warm the pot'];
  const text = [
    PATCH,
    'Ada Example wrote:\n> +\twarm(pot);\n\nHow warm is that?\n\n> +\treturn cups;\n\nPlease return zero here.',
    'Ben Example wrote:\n> How warm is that?\n\nGood point, I will say so.',
  ]
    .map((body, at) => {
      const answers = at === 0 ? '' : `In-Reply-To: <${at - 1}@example.org>\n`;
      const who = at === 1 ? 'Ben' : 'Ada';
      return `From x@example.org Mon Jan  1 00:00:0${at} 2024\nFrom: ${who} Example <${who}@example.org>\nSubject: ${subjects[at]}\nDate: Mon, 1 Jan 2024 0${at}:00:00 +0000\nMessage-ID: <${at}@example.org>\n${answers}\n${body}\n`;
    })
    .join('\n');
  const reading = readText(text);
  const review = whole(reviewOf(reading, whole(argumentOf(reading, 2))));

  it('has each remark with what it is about, its answers and their places', () => {
    const remarks = review.patches.flatMap((patch) => patch.remarks);
    const line = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(remarks.map(({ status, by, text: said }) => [status, by, said])).toEqual([
      ['answered', 'Ben Example', 'How warm is that?'],
      ['silent', 'Ben Example', 'Please return zero here.'],
    ]);
    expect(remarks.map(({ about }) => [about.path, about.line, line(about.place)])).toEqual([
      ['tea.c', 43, '+\twarm(pot);'],
      ['tea.c', 44, '+\treturn cups;'],
    ]);
    expect(remarks[0]?.answers.map((answer) => [answer.verdict, line(answer.place)])).toEqual([
      ['accepted', 'Good point, I will say so.'],
    ]);
  });

  it('gives the lines of the file for a table', () => {
    const [remark] = review.ledger[0]?.remarks ?? [];
    expect(remark && text.split('\n')[review.lineOf(remark) - 1]).toBe('How warm is that?');
  });
});

describe('versions of a patch', () => {
  const post = (id: number, subject: string, body: string) =>
    `From x@example.org Mon Jan  1 00:00:0${id} 2024\nFrom: Ada Example <ada@example.org>\nSubject: ${subject}\nDate: Mon, ${id < 4 ? 1 : 9} Jan 2024 00:00:0${id} +0000\nMessage-ID: <v-${id}@example.org>\n\n${body}\n`;
  const older = readText(
    [
      post(1, '[PATCH 1/2] tea: Warm the pot', PATCH),
      post(2, '[PATCH 2/2] tea: Wash the cups', PATCH.replaceAll('tea.c', 'cups.c')),
      post(
        3,
        '[PATCH] coffee: Grind',
        'Grind.\n\n---\ndiff --git a/c.c b/c.c\n--- a/c.c\n+++ b/c.c\n@@ -1 +1 @@\n-a\n+b\n',
      ),
    ].join('\n'),
  );
  const moved = PATCH.replace('@@ -40,3 +40,5 @@', '@@ -140,3 +140,5 @@');
  const newer = readText(
    [
      post(4, '[PATCH v2 1/2] tea: Warm the pot', moved.replace('warm(pot);', 'warm(pot, 60);')),
      post(5, '[PATCH v2 2/2] tea: Wash the cups', moved.replaceAll('tea.c', 'cups.c')),
    ].join('\n'),
  );
  const all = [...whole(postedVersions(newer, 0)), ...whole(postedVersions(older, 1))];

  it('are found in other mails, each patch with what became of it', () => {
    const found = whole(comparedVersions(all, '0:0', []));
    expect(found.map(({ before, after }) => [before.version, after.version, after.subject])).toEqual([
      [1, 2, 'tea: Warm the pot'],
    ]);
    // A mail that is open twice is no version of itself.
    const twice = [...all, ...whole(postedVersions(newer, 2)), ...whole(postedVersions(older, 3))];
    expect(whole(comparedVersions(twice, '0:0', []))).toHaveLength(1);
    expect(found[0]?.patches.map(({ state, before, after }) => [before, state, after])).toEqual([
      ['1:0', 'changed', '0:0'],
      ['1:1', 'unchanged', '0:1'],
    ]);
  });

  it('have a text in which a change that only moved is none', () => {
    expect(patchText(newer, 1)).toBe(patchText(older, 1));
    expect(patchText(newer, 1)).toMatch(/^tea: Wash the cups\n\nWarm the pot\.\n\n--- /);
    expect(patchText(newer, 0)).toContain('\n@@ static int make_tea(struct pot *pot)\n');
    expect(patchText(newer, 7)).toBeUndefined();
  });
});
