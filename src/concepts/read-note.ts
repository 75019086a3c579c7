/** A note: Markdown with a YAML head, as `notes/pamt.md`. What is wrong is said at its line, the rest is still read. */
import type { Definition, Link, Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import remarkFrontmatter from 'remark-frontmatter';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Point, Position } from 'unist';
import type { VFile } from 'vfile';
import { complain } from './complain.ts';
import type { Concept } from './concept.ts';
import { type Head, longestNote, readHead } from './front-matter.ts';
import { lexicon } from './lexicon.ts';

const isIdName = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A hover shows the first paragraph: no more words than this. */
export const longestSummary = 60;

export interface ReadNote {
  /** Absent when the note has no title, no spelling or no first paragraph, or its file a name that is no id. */
  concept?: Concept;
  /** The file with what there is to say about it; `fatal` messages are mistakes, the others advice. */
  file: VFile;
  /** Links of the text and where their targets stand. */
  links: readonly NoteLink[];
  /** Where a key of the head or an item of its list stands: `related`, `related: tdmr`. */
  places: ReadonlyMap<string, Position>;
}

export interface NoteLink {
  url: string;
  place: Position | undefined;
}

/** Reads one note; `file.stem` is its id. Never throws on what stands in the file. */
export function readNote(file: VFile): ReadNote {
  const text = String(file.value);
  if (text.length > longestNote) {
    mistake(file, 'too-long', `A note has at most ${longestNote / 1024} KB of text`);
    return { file, links: [], places: new Map() };
  }
  const tree = unified().use(remarkParse).use(remarkFrontmatter).parse(file);
  const [first, ...body] = tree.children;
  if (first?.type !== 'yaml') {
    mistake(
      file,
      'no-head',
      'A note begins with a line of three dashes, its keys and three dashes again',
      startOf(first),
    );
    return { file, links: [], places: new Map() };
  }
  const head = readHead(first.value, (first.position?.start.line ?? 1) + 1, file);
  checkHead(head, file, first.position?.start);
  const summary = readSummary(body, head, file);
  const links = readBody(tree, file);
  const bodyStart = first.position?.end.offset ?? 0;
  const concept = conceptOf(file.stem ?? '', head, summary, text.slice(bodyStart).trim());
  if (concept) checkSpellings(concept, head, file);
  return { ...(concept && { concept }), file, links, places: head.places };
}

function mistake(file: VFile, ruleId: string, reason: string, place?: Point | Position, note?: string): void {
  complain(file, { ruleId, reason, place, ...(note !== undefined && { note }) });
}

function advice(file: VFile, ruleId: string, reason: string, place?: Point | Position): void {
  complain(file, { ruleId, reason, place, advice: true });
}

function startOf(node: Nodes | undefined): Point {
  return node?.position?.start ?? { line: 1, column: 1 };
}

function conceptOf(id: string, head: Head, summary: string, markdown: string): Concept | undefined {
  const { places: _, title, field = '', ...rest } = head;
  if (!isIdName.test(id) || title === undefined || head.terms.length === 0 || summary === '') return undefined;
  return { id, title, field, ...rest, summary, markdown };
}

function checkHead(head: Head, file: VFile, start: Point | undefined): void {
  const place = (key: string) => head.places.get(key) ?? opening(start);
  if (!isIdName.test(file.stem ?? '')) {
    mistake(file, 'id', 'The file name is the id: small letters, digits and single hyphens', start);
  }
  if (head.title === undefined) missing(head, file, start, 'title', 'The note has no title');
  if (head.field === undefined) missing(head, file, start, 'field', 'The note does not say its field');
  if (head.terms.length === 0) missing(head, file, start, 'terms', 'The note has no spelling in "terms"');
  for (const word of head.scope.ordinary ?? []) {
    if (head.terms.includes(word)) continue;
    mistake(file, 'ordinary', `"${word}" in "ordinary" is none of the "terms"`, place(`ordinary: ${word}`));
  }
  if (head.sources.length === 0) missing(head, file, start, 'sources', 'The note has no sources');
  if (head.scenarios.length > 0 && head.simulator === undefined) {
    mistake(file, 'scenario-without-simulator', 'Scenarios need a simulator', place('scenarios'));
  }
}

/** The line of dashes that opens the head: a key that is missing may be put under it. */
function opening(start: Point | undefined): Position | undefined {
  return start && { start, end: { line: start.line, column: start.column + 3 } };
}

const howToSay: Readonly<Record<'title' | 'field' | 'terms' | 'sources', string>> = {
  title: 'title: the word, as a hover shows it first',
  field: 'field: where it belongs, such as "KVM x86"',
  terms: 'terms: [every spelling that names it]',
  sources: 'sources: ["file, function and version, or message and date"]',
};

function missing(head: Head, file: VFile, start: Point | undefined, key: keyof typeof howToSay, reason: string): void {
  const given = head.places.get(key);
  // The word is the first of its spellings, and its own spelling.
  const word = key === 'title' ? head.terms[0] : key === 'terms' ? head.title : undefined;
  const known = word === undefined ? undefined : JSON.stringify(word);
  const line = known === undefined ? undefined : `${key}: ${key === 'terms' ? `[${known}]` : known}`;
  const expected = line !== undefined && given === undefined ? [`---\n${line}`] : [];
  const place = given ?? opening(start);
  complain(file, { ruleId: `no-${key}`, reason, place, expected, note: `Write ${howToSay[key]}` });
}

/** A spelling that the lexicon does not find in itself is found nowhere. */
function checkSpellings(concept: Concept, head: Head, file: VFile): void {
  const { matches } = lexicon([concept]);
  for (const term of concept.terms) {
    // `RFC #` stands for any number.
    const [match] = matches(term.replace(/ #$/, ' 1'));
    if (match?.start === 0 && match.end === term.length) continue;
    const rule =
      'it needs a word, a star stands only at the end after "_" or ".", and addresses and paths are not read';
    mistake(file, 'spelling', `"${term}" is found nowhere: ${rule}`, head.places.get(`terms: ${term}`));
  }
}

function readSummary(body: Root['children'], head: Head, file: VFile): string {
  const [first] = body;
  if (first?.type !== 'paragraph') {
    mistake(file, 'no-summary', 'After the head comes a paragraph that says what it is', startOf(first));
    return '';
  }
  const summary = plainText(first).replace(/\s+/g, ' ').trim();
  const words = summary === '' ? 0 : summary.split(' ').length;
  if (words > longestSummary) {
    const reason = `The first paragraph has ${words} words; a hover has room for ${longestSummary}`;
    const note = 'Keep what it is; put the rest into a paragraph of its own after it.';
    mistake(file, 'summary-too-long', reason, first.position, note);
  }
  const repeated = [head.title, head.expansion].find((name) => name !== undefined && begins(summary, name));
  if (repeated !== undefined) {
    const reason = `The first paragraph defines "${repeated}" by itself; the hover already shows the name above it`;
    advice(file, 'summary-repeats', reason, first.position);
  }
  return summary;
}

/** Does the sentence begin with the name, with or without an article? */
function begins(summary: string, name: string): boolean {
  const start = summary.toLowerCase().replace(/^(a|an|the) /, '');
  const lower = name.toLowerCase();
  return start.startsWith(lower) && !/^[\p{L}\p{N}_]/u.test(start.slice(lower.length));
}

/** Links of the body, depth first; without recursion, however deep a reader's own note is nested. */
function readBody(tree: Root, file: VFile): ReadNote['links'] {
  const links: NoteLink[] = [];
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'html') advice(file, 'html', 'HTML in a note is not shown', node.position);
    if (node.type === 'image') advice(file, 'image', 'Pictures in a note are not shown', node.position);
    if (node.type === 'link' || node.type === 'definition') {
      const place = targetPlace(node, String(file.value));
      links.push({ url: node.url, place });
      if (!/^(concept:[a-z0-9-]+|simulator:[a-z0-9-]+(\/[a-z0-9.-]+)?|https?:\/\/\S+)$/.test(node.url)) {
        const reason = `"${node.url}" is no link of a note: write concept:ID, simulator:ID/SCENARIO or https:`;
        mistake(file, 'link', reason, place);
      }
    }
    if ('children' in node) for (const child of [...node.children].reverse()) open.push(child);
  }
  return links;
}

/** Where the target of a link stands as it is written; the whole link where Markdown has spelled it otherwise. */
function targetPlace({ url, position }: Link | Definition, text: string): Position | undefined {
  const from = position?.start.offset;
  const to = position?.end.offset;
  if (position === undefined || from === undefined || to === undefined || url === '') return position;
  const at = text.slice(from, to).lastIndexOf(url);
  if (at < 0) return position;
  const before = text.slice(from, from + at).split('\n');
  const rest = before.at(-1)?.length ?? 0;
  const line = position.start.line + before.length - 1;
  const column = before.length > 1 ? rest + 1 : position.start.column + rest;
  return { start: { line, column }, end: { line, column: column + url.length } };
}
