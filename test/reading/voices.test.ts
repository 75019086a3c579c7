import { describe, expect, it } from 'vitest';
import { type FootnoteReference, type Quote, textSource, walk } from '#mailast';
import { footnotesOf, logicalTexts, openMailbox, voicesOf } from '#reading';

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
