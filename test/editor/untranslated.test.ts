import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';

const editor = join(root, 'src/editor');

/** Two words in a row, of which the second is no name. */
const PROSE = /[A-Za-z]{2,} [a-z]{2,}/;
/** What only looks like prose: pages, values that conditions of the manifest look at, and what a language model is told. */
const NO_WORDS = [/^</, /^(?:thread|message|series|stray|note|row) [a-z ]+$/, /^img-src /, /^patchgloss/, /^s:\w+ f:/];
/** Whose words need no translation: they are one, or go into the log. */
const TOLD_OTHERWISE = /\bl10n[.]t$|\blog\(|[.](?:info|warn|error|debug|trace)$|executeCommand$|Error$/;

interface Node {
  type: string;
  span: { start: number; end: number };
  value?: unknown;
  callee?: Node;
  quasis?: readonly { raw: string }[];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'span' in value;
}

/** Texts in code that a reader would see as they are. */
function untranslated(code: string): string[] {
  // Positions count from the first token, and a file may begin with a comment.
  const whole = `;${code}`;
  const bytes = Buffer.from(whole);
  const program = parseSync(whole, { syntax: 'typescript' });
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) {
      const { type, callee } = value;
      if (/^Import|^ExportAll|^TsLiteralType|^TsTypeAlias/.test(type)) return;
      const from = program.span.start;
      const called = callee ? bytes.subarray(callee.span.start - from, callee.span.end - from).toString() : '';
      if (TOLD_OTHERWISE.test(called)) return;
      const text = type === 'StringLiteral' ? value.value : value.quasis?.map(({ raw }) => raw).join('{}');
      if (typeof text === 'string' && PROSE.test(text) && !NO_WORDS.some((one) => one.test(text))) found.push(text);
    }
    for (const child of Object.values(value)) look(child);
  };
  look(program.body);
  return found;
}

test('the check finds words, and passes over what is translated', () => {
  expect(untranslated("const a = 'Open the kettle.';")).toEqual(['Open the kettle.']);
  expect(untranslated(`show(\`There are \${n} kettles here.\`);`)).toEqual(['There are {} kettles here.']);
  expect(untranslated("vscode.l10n.t('Open the kettle.'); log().info('Water is hot.');")).toEqual([]);
});

test('nothing that the editor room says is left without a translation', () => {
  const files = readdirSync(editor, { recursive: true, encoding: 'utf8' })
    // What a tool answers is for a language model.
    .filter((name) => name.endsWith('.ts') && !name.startsWith('tools/'));
  const found = files.flatMap((file) =>
    untranslated(readFileSync(join(editor, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
