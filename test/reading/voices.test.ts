import { describe, expect, it } from 'vitest';
import { type FootnoteReference, type Quote, textSource, walk } from '#mailast';
import { footnotesOf, logicalTexts, openMailbox, speakerAt, voicesOf } from '#reading';

function read(body: string, from = 'Ada Example <ada@example.org>') {
  return openMailbox(textSource(`From: ${from}\nSubject: tea\n\n${body}`)).message(0);
}

/** Each quote's depth, who speaks in it, and its own first line. */
function speakers(body: string): string[] {
  const { tree } = read(body);
  const { quotes } = voicesOf(tree);
  const found: string[] = [];
  walk(tree, (node) => {
    if (node.type === 'quote') found.push(`${node.depth} ${quotes.get(node) ?? '-'}`);
    return undefined;
  });
  return found;
}

describe('who speaks', () => {
  it('is named level by level', () => {
    expect(speakers('Ben wrote:\n> Cleo wrote:\n>> Max wrote:\n>>> x\n>> y\n> z\n')).toEqual([
      '1 Ben',
      '2 Cleo',
      '3 Max',
    ]);
  });

  it('goes on behind a reply that interrupts a quote', () => {
    expect(speakers('Ben wrote:\n> x\n\nmine\n\n> y\n')).toEqual(['1 Ben', '1 Ben']);
  });

  it('changes with the next attribution, which says nothing about deeper quotes', () => {
    expect(speakers('Ben wrote:\n> Cleo wrote:\n>> x\n\nMax wrote:\n> y\n>> z\n')).toEqual([
      '1 Ben',
      '2 Cleo',
      '1 Max',
      '2 -',
    ]);
  });

  it('is nobody where no attribution stands', () => {
    expect(speakers('> x\n>> y\n')).toEqual(['1 -', '2 -']);
  });

  it.each([
    ['Ada Example <ada@example.org>', 'Ada Example'],
    ['"Muster, Max" <max@example.org>', 'Muster, Max'],
    ['<ada@example.org>', 'ada@example.org'],
    ['ada@example.org', 'ada@example.org'],
  ])('and the author of a message from %s is %s', (from, author) => {
    expect(voicesOf(read('x\n', from).tree).author).toBe(author);
  });
});

/** Who wrote the line that holds these words. */
function speakerOf(words: string, body: string): string | undefined {
  const { tree, text } = read(body);
  return speakerAt(tree, voicesOf(tree), text.lastIndexOf(words));
}

describe('whose a line is', () => {
  const header = 'From: Ben Sample <ben@example.org>\nSent: July 3, 2023 10:00\nTo: Ada Example\nSubject: tea\n';

  it("the one below header lines is its sender's, though it has no mark", () => {
    const body = `Yes.\n\n${header}\nIs it warm?\n\n> The pot?\n`;
    expect(speakerOf('Yes', body)).toBe('Ada Example');
    expect(speakerOf('Is it warm', body)).toBe('Ben Sample');
    expect(speakerOf('The pot', body)).toBeUndefined();
  });

  it('below header lines it changes with the next ones', () => {
    const body = `Yes.\n\n${header}\nIs it warm?\n\n${header.replaceAll('Ben Sample', 'Max Muster')}\nTea!\n`;
    expect(speakerOf('Is it warm', body)).toBe('Ben Sample');
    expect(speakerOf('Tea!', body)).toBe('Max Muster');
  });

  it('below quoted header lines it is theirs, up to the end of the quote', () => {
    const quoted = `${header}\nIs it warm?`.replace(/^/gm, '> ');
    expect(speakerOf('Is it warm', `Max wrote:\n${quoted}\n\nMine.\n`)).toBe('Ben Sample');
    expect(speakerOf('Mine', `Max wrote:\n${quoted}\n\nMine.\n`)).toBe('Ada Example');
  });

  it('in a quote that opens with its own attribution it is the one who is named there', () => {
    expect(speakerOf('Is it warm', '> On July 3, 2023, Ben Sample wrote:\n>\n> Is it warm?\n')).toBe('Ben Sample');
  });

  it("of what I wrote, it is the author's", () => {
    expect(speakerOf('Is it warm', 'On July 3, 2023, I wrote:\n> Is it warm?\n')).toBe('Ada Example');
  });

  const torn = (end: string): string =>
    `Ben Sample wrote:\n> The pot that stands on the stove in the kitchen is cold and nobody has\n${end}\n> since the day before.\n`;

  it("that a mailer wrapped to a line without a mark, again and again, is the quoted one's", () => {
    expect(speakerOf('warmed it', torn('warmed it').repeat(2))).toBe('Ben Sample');
  });

  it.each([
    ['once may be a reply', torn('warmed it')],
    ['is a sentence', torn('Warmed it').repeat(2)],
    ['has room above', torn('warmed it').replaceAll('that stands on the stove in the kitchen ', '').repeat(2)],
    ['stands apart', torn('\nwarmed it\n').repeat(2)],
  ])("that %s is the author's", (_, body) => {
    expect(speakerOf(body.includes('Warmed') ? 'Warmed it' : 'warmed it', body)).toBe('Ada Example');
  });
});

describe('a footnote mark', () => {
  function targets(body: string): string[] {
    const { tree } = read(body);
    const found = footnotesOf(tree);
    const marks: FootnoteReference[] = [];
    walk(tree, (node) => {
      if (node.type === 'footnoteReference') marks.push(node);
      return undefined;
    });
    return marks.map((mark) => {
      const target = found.get(mark);
      return target?.state === 'defined' ? `line ${target.definition.position.start.line}` : (target?.state ?? 'lost');
    });
  }

  it('belongs to the definition at its own depth', () => {
    expect(targets('> see [1]\n\nand [1]\n\n> [1] theirs\n\n[1] mine\n')).toEqual(['line 8', 'line 10']);
  });

  it('was cut off where only somebody else defines its label', () => {
    expect(targets('> > UPM[*]\n> first RFC[*]\n>\n> [*] https://example.org/rfc\n')).toEqual(['cut-off', 'line 7']);
  });

  it('of the author that nothing defines is undefined', () => {
    expect(targets('see [1]\n')).toEqual(['undefined']);
  });

  it('means the next definition below it when a label comes twice', () => {
    expect(targets('a [1]\n\n[1] one\n\nb [1]\n\n[1] two\n\nc [1]\n')).toEqual(['line 6', 'line 10', 'line 10']);
  });
});

describe('the text as its author wrote it', () => {
  it('has no quote marks, and each place in it leads to the mail and back', () => {
    const message = read('> each "TD Memory\n> Region" has\n');
    const [logical] = logicalTexts(message.tree, message.text);
    expect(logical?.text).toBe('each "TD Memory\nRegion" has');
    const at = logical?.text.indexOf('TD Memory') ?? -1;
    const spans = logical?.spans(at, at + 'TD Memory\nRegion'.length) ?? [];
    expect(spans.map(({ start, end }) => message.text.slice(start, end))).toEqual(['TD Memory', 'Region']);
    expect(logical?.logical(spans[1]?.start ?? 0)).toBe(logical?.text.indexOf('Region'));
    expect(logical?.logical((spans[1]?.start ?? 0) - 1)).toBeUndefined();
    expect(logical?.logical(0)).toBeUndefined();
  });

  it('knows how deep it is quoted', () => {
    const message = read('mine\n\n> theirs\n>> deeper\n');
    const depths = logicalTexts(message.tree, message.text).map(({ depth }) => depth);
    expect(depths).toEqual([0, 1, 2]);
    const quotes: Quote['depth'][] = [];
    walk(message.tree, (node) => {
      if (node.type === 'quote') quotes.push(node.depth);
      return undefined;
    });
    expect(quotes).toEqual([1, 2]);
  });
});
