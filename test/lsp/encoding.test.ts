import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { encodingFor } from '../../src/lsp/encoding.ts';

const signs = fc.constantFrom('a', 'ü', '€', '🫖', ' ', '\n', '\r\n', '\t', '\u200d');

test.each(['utf-8', 'utf-16'])('an offset leads to a position in %s and back', (name) => {
  const encoding = encodingFor([name]);
  expect(encoding.name).toBe(name);
  const property = fc.property(fc.array(signs, { maxLength: 40 }), fc.nat(), (pieces, at) => {
    const text = pieces.join('');
    const document = TextDocument.create('file:///x', 'mail', 1, text);
    const offset = pieces.slice(0, at % (pieces.length + 1)).join('').length;
    const position = encoding.positionAt(document, offset);
    expect(encoding.offsetAt(document, position)).toBe(offset);
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    expect(position.character).toBe(name === 'utf-8' ? Buffer.byteLength(line) : line.length);
  });
  fc.assert(property, { seed: 41, numRuns: 300 });
});
