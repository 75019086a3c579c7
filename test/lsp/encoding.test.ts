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

test('in a line of thousands of signs a place is found as in a short one, also after several changes of one version', () => {
  const encoding = encodingFor(['utf-8']);
  const property = fc.property(fc.array(signs, { minLength: 1, maxLength: 30 }), fc.nat(), (pieces, at) => {
    const unit = pieces.join('').replace(/[\r\n]/g, '') || 'a';
    const line = unit.repeat(Math.ceil(5000 / unit.length));
    const document = TextDocument.create('file:///x', 'mail', 1, `${line}\n${line}`);
    const start = Math.floor(at % (line.length / unit.length)) * unit.length;
    const check = (before: string): void => {
      const position = encoding.positionAt(document, before.length + start);
      expect(position.character).toBe(Buffer.byteLength(before + line.slice(0, start)));
      expect(encoding.offsetAt(document, position)).toBe(before.length + start);
    };
    check('');
    const beginning = { line: 0, character: 0 };
    TextDocument.update(document, [{ range: { start: beginning, end: beginning }, text: 'ü' }], 2);
    check('ü');
    TextDocument.update(document, [{ range: { start: beginning, end: beginning }, text: '€' }], 2);
    check('€ü');
  });
  fc.assert(property, { seed: 43, numRuns: 60 });
});
