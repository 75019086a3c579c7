// @ts-check
/**
 * Prints the rows of `sample.tsv` for a reader who labels them: the place in its lines, the term in brackets, and what the hover says there. No
 * label of another reader is shown. The corpus stands beside the repository, or where PATCHGLOSS_CORPUS says.
 *
 *     node test/conformance/precision/print.mjs [FIRST [LAST]]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const corpus = process.env.PATCHGLOSS_CORPUS ?? join(root, '../shared/corpus');
/** Columns to each side in a file that is one long line, and lines to each side elsewhere. */
const [columns, lines] = [400, 4];

const notes = new Map();
for (const folder of ['notes', 'packs/networking']) {
  for (const name of readdirSync(join(root, 'src/concepts', folder))) {
    if (name.endsWith('.md')) notes.set(name.slice(0, -3), join(root, 'src/concepts', folder, name));
  }
}

/** @param {string} id */
function summaryOf(id) {
  const [, head = '', body = ''] = readFileSync(notes.get(id), 'utf8').split(/^---$/m);
  const title = /^title: (.*)$/m.exec(head)?.[1];
  return `${title}: ${body
    .trim()
    .split(/\n\s*\n/)[0]
    ?.replace(/\s+/g, ' ')}`;
}

/** @param {string} file @param {string} place @param {string} term */
function around(file, place, term) {
  const path = file.startsWith('seeds/') ? join(corpus, '..', file) : join(corpus, file);
  const all = readFileSync(path, 'utf8').split('\n');
  const [line = 0, column = 0] = place.split(':').map(Number);
  const text = all[line - 1] ?? '';
  const end = column - 1 + (text.startsWith(term, column - 1) ? term.length : 0);
  const from = Math.max(0, column - 1 - columns);
  const marked = `${text.slice(from, column - 1)}[[${text.slice(column - 1, end)}]]${text.slice(end, end + columns)}`;
  const before = all.slice(Math.max(0, line - 1 - lines), line - 1);
  return [...before, marked, ...all.slice(line, line + lines)]
    .map((one) => `    ${one.slice(0, 2 * columns)}`)
    .join('\n');
}

const rows = readFileSync(join(import.meta.dirname, 'sample.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1);
const [first = 1, last = rows.length] = process.argv.slice(2).map(Number);
for (const [at, row] of rows.entries()) {
  if (at + 1 < first || at + 1 > last) continue;
  const [file = '', , place = '', term = '', concepts = ''] = row.split('\t');
  console.log(`${at + 1}. ${file} ${place}  "${term}"`);
  console.log(around(file, place, term));
  for (const id of concepts.split(' ')) console.log(`  -> ${id}: ${summaryOf(id)}`);
  console.log();
}
