import { describe, expect, it } from 'vitest';
import { lineTable, type MailNode, nodesAt, type Quote, textSource, walk } from '#mailast';
import { openMailbox } from '#parse';

const { tree, text } = openMailbox(
  textSource('From: a@example.org\nSubject: tea\n\nmine\n\n> theirs [1]\n> > deep\n'),
).message(0);

describe('walking a tree', () => {
  it('comes to parents before children, and to siblings in order', () => {
    const types: string[] = [];
    walk(tree, (node, parents) => {
      if (node.type !== 'text') types.push(`${'.'.repeat(parents.length)}${node.type}`);
      return undefined;
    });
    expect(types).toEqual([
      'message',
      '.header',
      '..headerField',
      '..headerField',
      '.body',
      '..part',
      '...paragraph',
      '....line',
      '...quote',
      '....paragraph',
      '.....line',
      '......footnoteReference',
      '....quote',
      '.....paragraph',
      '......line',
    ]);
  });

  it('passes over the children of a node that was skipped', () => {
    const types: string[] = [];
    walk(tree, (node) => {
      types.push(node.type);
      return node.type === 'header' || node.type === 'part' ? 'skip' : undefined;
    });
    expect(types).toEqual(['message', 'header', 'body', 'part']);
  });

  it('does not mind how deep strangers nest', () => {
    const point = { line: 1, column: 1, offset: 0 };
    const quote = (): Quote => ({ type: 'quote', depth: 1, position: { start: point, end: point }, children: [] });
    const root = quote();
    let inner = root;
    for (let level = 0; level < 200_000; level++) {
      const next = quote();
      inner.children.push(next);
      inner = next;
    }
    let nodes = 0;
    walk(root, () => {
      nodes++;
      return undefined;
    });
    expect(nodes).toBe(200_001);
  });
});

describe('the nodes at a place', () => {
  const typesAt = (offset: number): MailNode['type'][] => nodesAt(tree, offset).map((node) => node.type);

  it('go from the message down to the piece of a line', () => {
    expect(typesAt(text.indexOf('deep'))).toEqual([
      'message',
      'body',
      'part',
      'quote',
      'quote',
      'paragraph',
      'line',
      'text',
    ]);
    expect(typesAt(text.indexOf('[1]')).at(-1)).toBe('footnoteReference');
  });

  it('end at the quote for its mark, and at the header for the line end between fields', () => {
    expect(typesAt(text.indexOf('> theirs')).at(-1)).toBe('quote');
    expect(typesAt(text.indexOf('\nSubject'))).toEqual(['message', 'header']);
  });

  it('are none outside', () => {
    expect(typesAt(text.length)).toEqual([]);
    expect(typesAt(-1)).toEqual([]);
  });
});

describe('the lines of a text', () => {
  it('end at LF and CRLF; a lone CR and the line separators of Unicode are data', () => {
    const lines = lineTable('a\r\nb\rc\u2028d\n');
    expect([lines.count, lines.start(1), lines.end(0), lines.end(1), lines.end(2)]).toEqual([3, 3, 1, 8, 9]);
    expect(lines.point(4)).toEqual({ line: 2, column: 2, offset: 4 });
    expect(lines.at(2)).toBe(0);
  });

  it('are one where there is no text', () => {
    expect(lineTable('').count).toBe(1);
    expect(lineTable('').position(0, 0)).toEqual({
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 1, column: 1, offset: 0 },
    });
  });
});
