import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { HoverReport, TreeNode } from '#features';
import { answer, beginning, patchgloss, shared, withProgram } from './patchgloss.ts';

withProgram();

const seeds = shared('seeds') ?? '';
const seed = (name: string): string => beginning(seeds, name);

/** `LINE:COLUMN` of a word as an editor shows it; `from` is a text before it. */
function placeOf(file: string, word: string, from = ''): string {
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(word, text.indexOf(from));
  if (at === -1) throw new Error(`${file} has no ${word}`);
  const lineStart = text.lastIndexOf('\n', at) + 1;
  return `${text.slice(0, at).split('\n').length}:${at - lineStart + 1}`;
}

function hovered(file: string, word: string, from?: string): Promise<HoverReport> {
  return answer(['hover', file, placeOf(file, word, from), '--json']);
}

describe.skipIf(seeds === '')('a hover on a word of the five sample messages', () => {
  test.each([
    ['002', 'Physical Address Metadata Table', 'pamt'],
    ['002', 'PAMTs are not reserved', 'pamt'],
    ['002', '(TDMR)', 'tdmr'],
    ['002', '(CMR)', 'cmr'],
    ['004', 'UPM', 'upm'],
    ['000', 'CMA', 'cma'],
    ['000', 'PAMT', 'pamt'],
    ['001', 'RET_PF_WRITE_PROTECTED', 'ret-pf-write-protected'],
    ['001', 'S-EPT', 's-ept'],
    ['003', 'P-SEAMLDR', 'p-seamldr'],
  ])('%s: %s', async (name, word, concept) => {
    const inBrackets = word.startsWith('(') ? 1 : 0;
    const file = seed(name);
    const [line, column] = placeOf(file, word).split(':').map(Number);
    const report = await answer(['hover', file, `${line}:${(column ?? 0) + inBrackets}`, '--json']);
    expect(report.found).toBe(true);
    expect(report.meanings[0].concept).toBe(concept);
    expect(report.markdown).toContain(`concept:${concept}`);
    expect(word).toContain(report.text);
  });

  test.each([
    ['002', 'Physical Address Metadata Table', 'one-256th'],
    ['002', 'reserved areas per TDMR', 'reserved-exhausted'],
    ['002', 'Convertible Memory Region', 'overlap-reserved'],
    ['000', 'PAMT array', 'late-no-memory'],
  ])('%s: %s opens the simulator in the state of its paragraph', async (name, word, scenario) => {
    const { meanings } = await hovered(seed(name), word);
    expect(meanings[0]?.scenario).toMatchObject({ simulator: 'tdmr-pamt', id: scenario });
    const run = await answer(['simulate', 'tdmr-pamt', '--scenario', scenario, '--json']);
    expect(run).toMatchObject({ simulator: 'tdmr-pamt', scenario });
  });

  test('a footnote that was cut off with its author says so', async () => {
    const report = await hovered(seed('004'), '[*]', 'UPM');
    expect(report).toMatchObject({ found: true, text: '[*]', meanings: [] });
    expect(report.markdown).toContain('cut off');
  });

  test('nothing is known about a header or an empty line', async () => {
    expect(await hovered(seed('002'), 'PAMTs for TDMRs')).toMatchObject({ found: false, meanings: [] });
    expect(await answer(['hover', seed('002'), '2:1', '--json'])).toMatchObject({ found: false });
  });
});

describe.skipIf(seeds === '')('the tree of the five sample messages', () => {
  const lines = async (name: string): Promise<string[]> => {
    const { status, stdout } = await patchgloss(['tree', seed(name)]);
    expect(status).toBe(0);
    return stdout.split('\n').map((line) => line.trim());
  };
  const nodes = async (name: string, type: string): Promise<TreeNode[]> => {
    const found: TreeNode[] = [];
    const waiting: TreeNode[] = [await answer(['tree', seed(name), '--json'])];
    for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
      if (node.type === type) found.push(node);
      waiting.unshift(...(node.children ?? []));
    }
    return found;
  };

  test('000 names who speaks at depths 1 to 4', async () => {
    const quotes = (await lines('000')).filter((line) => line.startsWith('quote '));
    expect(quotes.map((line) => line.replace(/^quote \S+ /, ''))).toEqual([
      'depth=1 speaker="Dave Hansen"',
      'depth=2 speaker="Peter Zijlstra"',
      'depth=3 speaker="Dave Hansen"',
      'depth=4 speaker="Peter Zijlstra"',
    ]);
  });

  test('002 tells the quoted trailers from the one of the reply', async () => {
    const blocks = await nodes('002', 'trailers');
    const quotes = await nodes('002', 'quote');
    const quoted = quotes.flatMap((quote) => quote.children ?? []).filter((child) => child.type === 'trailers');
    expect(quoted).toHaveLength(1);
    expect(quoted[0]?.children?.map(({ token }) => token)).toEqual(['Signed-off-by', 'Reviewed-by', 'Reviewed-by']);
    const own = blocks.find(
      (block) => !quoted.some(({ position }) => position?.start.offset === block.position?.start.offset),
    );
    expect(own?.children).toMatchObject([{ token: 'Reviewed-by', value: expect.stringContaining('Kirill') }]);
  });

  test('001 has furniture that is no text of the mail', async () => {
    expect((await nodes('001', 'furniture')).length).toBeGreaterThanOrEqual(2);
    const { files } = await answer(['read', '--json', seed('001')]);
    expect(files[0].messages[0].text).not.toMatch(/Date Prev|Thread Index|Powered by/);
    expect(files[0].messages[0].text).toContain('kvm_gmem_populate');
    expect(files[0].messages[0]).not.toHaveProperty('from');
  });

  test('004 leads RFC[*] to its definition and says that the one of UPM[*] was cut off', async () => {
    const [upm, rfc] = (await lines('004')).filter((line) => line.startsWith('footnoteReference'));
    expect(upm).toContain("-> cut off with its author's text");
    const [definition] = await nodes('004', 'footnoteDefinition');
    expect(rfc).toContain(`-> line ${definition?.position?.start.line}`);
    const told = (await nodes('004', 'footnoteReference')).map((node) => node.data?.footnote?.state);
    expect(told).toEqual(['cut-off', 'defined']);
  });

  test('003 has its header fields, quotes where the marks say so, and says that lines were restored', async () => {
    const names = (await nodes('003', 'headerField')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Received', 'Subject', 'From', 'To', 'Date']));
    const depths = (await nodes('003', 'quote')).map(({ depth }) => Number(depth));
    expect(Math.max(...depths)).toBeGreaterThanOrEqual(4);
    expect((await lines('003')).some((line) => line.startsWith('info flattened-lines-restored'))).toBe(true);
  });

  test.each(['000', '001', '002', '003', '004'])('%s: every node leads back to its bytes', async (name) => {
    const bytes = readFileSync(seed(name));
    for (const node of await nodes(name, 'text')) {
      const source = node.data?.source ?? { start: 0, end: 0 };
      expect(bytes.toString('utf8', source.start, source.end)).toBe(node.value);
    }
  });
});
