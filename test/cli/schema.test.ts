import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { COVER, mbox, notes, PATCH, REPLY } from './mails.ts';
import { folderOf, patchgloss, shared, withProgram } from './patchgloss.ts';

withProgram();

const schema = JSON.parse(readFileSync('media/patchgloss.schema.json', 'utf8'));

/** The schema allows members that came later; here every member must be described in it. */
function strict(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(strict);
  if (typeof part !== 'object' || part === null) return part;
  const members = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, strict(value)]));
  if (!('properties' in members) || !('required' in members) || 'additionalProperties' in members) return members;
  return 'then' in members || !('type' in members) ? members : { ...members, additionalProperties: false };
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: false });
ajv.addSchema({ ...(strict(schema) as object), $id: 'answers' });

/** What of an answer is not as described; nothing when all is. */
function mistakes(kind: string, answer: unknown): string {
  const validate = ajv.getSchema(`answers#/$defs/${kind}`);
  if (!validate) throw new Error(`the schema has no ${kind}`);
  return validate(answer) === true ? '' : ajv.errorsText(validate.errors);
}

async function checked(kind: string, args: readonly string[], input?: string): Promise<void> {
  const { stdout, stderr } = await patchgloss(args, input);
  expect(stderr).not.toMatch(/\n\s+at /);
  const value = JSON.parse(stdout);
  expect(mistakes(kind, value), `${args.join(' ')}`).toBe('');
  const kinds = [
    'read',
    'index',
    'tree',
    'hover',
    'explain',
    'lint',
    'trace',
    'diff',
    'applies',
    'notePlacings',
    'simulators',
    'run',
    'exploration',
    'results',
  ];
  expect(kinds.filter((one) => mistakes(one, value) === '')).toEqual([kind]);
}

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'notes.jsonld': notes('A cold pot cools the water', 'pour(kettle);', 'no such words'),
  'notes/pot.md': '---\ntitle: Pot\nfeild: tea\nterms: [Pot]\nrelated: [pammt]\n---\nWhat tea is made in.\n',
  'changed.eml': PATCH.replace('PATCH v2', 'PATCH v3')
    .replace('+\twarm(pot);', '+\twarm(pot, 60);')
    .replace('A cold', 'Each cold'),
});
const changed = join(folder, 'changed.eml');
const thread = join(folder, 'thread.mbox');

test('the schema is a schema, and refuses what is no answer', () => {
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(mistakes('hover', { schemaVersion: 1, found: true })).not.toBe('');
  expect(
    mistakes('hover', { schemaVersion: 2, found: false, position: { line: 1, column: 1 }, meanings: [] }),
  ).not.toBe('');
});

describe('every answer is as the schema describes it', () => {
  test.each<[string, string[]]>([
    ['read', ['read', '--json', thread]],
    ['read', ['read', '--json', join(folder, 'missing')]],
    ['index', ['index', '--json', thread, thread]],
    ['index', ['index', '--json', '--stats', thread, join(folder, 'missing')]],
    ['tree', ['tree', '--json', thread]],
    ['trace', ['trace', '--json', thread, '54:3']],
    ['diff', ['diff', '--json', thread, changed]],
    ['applies', ['applies', '--json', thread, '--repository', '.', '--base', 'no-such-commit']],
    ['diff', ['diff', '--json', thread, join(folder, 'missing')]],
    ['trace', ['trace', '--json', thread, '1']],
    ['notePlacings', ['annotations', 'place', thread, '--store', join(folder, 'notes.jsonld'), '--json']],
    ['hover', ['hover', '--json', thread, '8:6']],
    ['hover', ['hover', '--json', thread, '1:1']],
    ['hover', ['hover', '--json', thread, '999:1']],
    ['explain', ['explain', '--json', 'TD']],
    ['explain', ['explain', '--json', 'samovar']],
    ['lint', ['lint', '--json', join(folder, 'notes')]],
    ['lint', ['lint', '--json', join(folder, 'missing')]],
    ['simulators', ['simulate', '--json']],
    ['simulators', ['simulate', 'tdmr-pamt', '--json']],
    ['run', ['simulate', 'tdmr-pamt', '--scenario', 'reserved-exhausted', '--json']],
    ['exploration', ['simulate', 'tdmr-pamt', '--explore', '--json']],
  ])('%s: %s', async (kind, args) => {
    await checked(kind, args);
  });

  test('results and refusals of raw inputs', async () => {
    await checked('results', ['simulate', 'tdmr-pamt', '--input', '-', '--json'], '{}\n[]\ntea\n');
    const { stdout } = await patchgloss(['simulate', 'tdmr-pamt', '--input', '-', '--jsonl'], '{}\ntea\n');
    for (const line of stdout.trim().split('\n')) expect(mistakes('refusal', JSON.parse(line))).toBe('');
  });

  const seeds = shared('seeds');
  test.skipIf(seeds === undefined).each(seeds === undefined ? [''] : readdirSync(seeds).sort())('%s', async (name) => {
    await checked('read', ['read', '--json', join(seeds ?? '', name)]);
    await checked('tree', ['tree', '--json', join(seeds ?? '', name)]);
  });

  const corpus = shared('corpus');
  test.skipIf(corpus === undefined)(
    'real mails, pages and threads',
    async () => {
      const some = ['mails', 'pages', 'threads'].flatMap((kind) => {
        const names = readdirSync(join(corpus ?? '', kind)).filter((name) => !name.endsWith('.json'));
        return names
          .sort()
          .filter((_, index) => index % 12 === 0)
          .map((name) => join(corpus ?? '', kind, name));
      });
      expect(some.length).toBeGreaterThan(8);
      await checked('read', ['read', '--json', ...some]);
      await checked('index', ['index', '--json', ...some]);
      for (const path of some.slice(-4)) await checked('tree', ['tree', '--json', path]);
    },
    60_000,
  );
});
