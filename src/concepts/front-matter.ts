/** The head of a note: YAML, read key by key, each mistake said at its line. */
import type { Point, Position } from 'unist';
import type { VFile } from 'vfile';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { type Complaint, complain } from './complain.ts';
import type { Concept, Scope } from './concept.ts';
import { nearest } from './nearest.ts';
import type { PackHead } from './pack.ts';

/** A note is a page. More UTF-16 units than this are not read: deep nesting costs remark the square of its length. */
export const longestNote = 16_384;

/** What a head can say. Absent: not given, or not readable and complained about. */
export interface Head {
  title?: string;
  expansion?: string;
  field?: string;
  terms: readonly string[];
  asked?: readonly string[];
  scope: Scope;
  not: readonly string[];
  related: readonly string[];
  simulator?: string;
  scenarios: Concept['scenarios'];
  since?: string;
  changed: Concept['changed'];
  sources: readonly string[];
  /** Where keys and their list items stand, for complaints that are found later: `related`, `related: tdmr`, `id: SCENARIO`. */
  places: ReadonlyMap<string, Position>;
}

const keys = [
  'title',
  'expansion',
  'field',
  'terms',
  'asked',
  'scope',
  'not',
  'related',
  'simulator',
  'scenarios',
  'since',
  'changed',
  'sources',
];

const packKeys = ['title', 'description', 'lists'];

/** `firstLine` is the line of the file on which the YAML starts, from 1. */
export function readHead(yaml: string, firstLine: number, file: VFile): Head {
  const { reader, map } = openYaml(yaml, firstLine, file);
  return map ? reader.head(map) : { ...emptyHead };
}

/** What `pack.yaml` says; absent when it has no title or no description. */
export function readPackHead(file: VFile): PackHead | undefined {
  const { reader, map } = openYaml(String(file.value).replace(/^\uFEFF/, ''), 1, file);
  return map && reader.packHead(map);
}

function openYaml(yaml: string, firstLine: number, file: VFile): { reader: HeadReader; map?: YAMLMap } {
  const lines = new LineCounter();
  const reader = new HeadReader(file, lines, firstLine);
  if (yaml.length > longestNote) {
    reader.mistake('too-long', `The head has more than ${longestNote / 1024} KB`, 0);
    return { reader };
  }
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  for (const error of document.errors) reader.mistake('yaml', `The head is not YAML: ${error.message}`, error.pos[0]);
  const root = document.contents;
  if (isMap(root)) return { reader, map: root };
  if (document.errors.length === 0) reader.mistake('yaml', 'The head has no keys', 0);
  return { reader };
}

const emptyHead: Head = {
  terms: [],
  scope: {},
  not: [],
  related: [],
  scenarios: [],
  changed: [],
  sources: [],
  places: new Map(),
};

class HeadReader {
  private readonly places = new Map<string, Position>();
  private readonly file: VFile;
  private readonly lines: LineCounter;
  private readonly firstLine: number;

  constructor(file: VFile, lines: LineCounter, firstLine: number) {
    this.file = file;
    this.lines = lines;
    this.firstLine = firstLine;
  }

  mistake(ruleId: string, reason: string, where: number | Node, more?: Pick<Complaint, 'expected' | 'note'>): void {
    const place = typeof where === 'number' ? this.point(where) : this.position(where);
    complain(this.file, { ruleId, reason, place, ...more });
  }

  head(map: YAMLMap): Head {
    const entries = this.entries(map, keys, 'a note');
    const text = (key: string) => this.text(entries.get(key), key);
    const [title, expansion, field] = [text('title'), text('expansion'), text('field')];
    const asked = this.texts(entries.get('asked'), 'asked');
    const [simulator, since] = [text('simulator'), text('since')];
    return {
      ...(title !== undefined && { title }),
      ...(expansion !== undefined && { expansion }),
      ...(field !== undefined && { field }),
      terms: this.texts(entries.get('terms'), 'terms'),
      ...(asked.length > 0 && { asked }),
      scope: this.scope(entries.get('scope')),
      not: this.texts(entries.get('not'), 'not'),
      related: this.texts(entries.get('related'), 'related'),
      ...(simulator !== undefined && { simulator }),
      scenarios: this.scenarios(entries.get('scenarios')),
      ...(since !== undefined && { since }),
      changed: this.changes(entries.get('changed')),
      sources: this.texts(entries.get('sources'), 'sources'),
      places: this.places,
    };
  }

  packHead(map: YAMLMap): PackHead | undefined {
    const entries = this.entries(map, packKeys, 'a pack');
    const title = this.text(entries.get('title'), 'title');
    const description = this.text(entries.get('description'), 'description');
    const lists = this.texts(entries.get('lists'), 'lists');
    if (title === undefined) this.mistake('no-title', 'The pack has no title', 0);
    if (description === undefined) this.mistake('no-description', 'The pack has no description', 0);
    if (title === undefined || description === undefined) return undefined;
    return { title, description, ...(lists.length > 0 && { lists }) };
  }

  private position(node: Node): Position {
    const [start, end] = node.range ?? [0, 0];
    return { start: this.point(start), end: this.point(end) };
  }

  private point(offset: number): Point {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1) + this.firstLine - 1, column: Math.max(col, 1) };
  }

  /** The entries of a map under known keys; the others are complained about. */
  private entries(map: YAMLMap, known: readonly string[], owner: string, prefix = ''): Map<string, Node> {
    const entries = new Map<string, Node>();
    for (const { key, value } of map.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (!known.includes(name)) {
        const reason = `"${name}" is no key of ${owner}; known are ${known.join(', ')}`;
        this.mistake('unknown-key', reason, key, { expected: nearest(name, known) });
      } else if (isNode(value)) {
        entries.set(name, value);
        this.places.set(prefix + name, this.position(key));
      }
    }
    return entries;
  }

  private text(node: Node | undefined, key: string): string | undefined {
    if (node === undefined) return undefined;
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') {
      const text = node.value.trim();
      this.places.set(`${key}: ${text}`, this.position(node));
      return text;
    }
    if (isScalar(node) && node.value !== null && typeof node.value !== 'string') {
      const quoted = JSON.stringify(String(node.source ?? ''));
      const reason = `"${key}" must be text; write it in quotes: ${quoted}`;
      this.mistake('quote', reason, node, { expected: [quoted] });
    } else {
      this.mistake('text', isAlias(node) ? 'YAML aliases are not read' : `"${key}" must be text`, node);
    }
    return undefined;
  }

  private items(node: Node | undefined, key: string): readonly Node[] {
    if (node === undefined) return [];
    if (isSeq(node)) return node.items.filter(isNode);
    const alone = isScalar(node) && typeof node.value === 'string' ? node.source?.trim() : undefined;
    const expected = alone ? [`[${JSON.stringify(alone)}]`] : [];
    this.mistake('list', `"${key}" must be a list`, node, { expected });
    return [];
  }

  private texts(node: Node | undefined, key: string): string[] {
    const texts: string[] = [];
    for (const item of this.items(node, key)) {
      const text = this.text(item, key);
      if (text === undefined) continue;
      if (texts.includes(text)) this.mistake('twice', `"${text}" stands twice in "${key}"`, item);
      else texts.push(text);
    }
    return texts;
  }

  private scope(node: Node | undefined): Scope {
    if (node === undefined) return {};
    if (!isMap(node)) {
      this.mistake('scope', '"scope" must have the keys near, needsNear and ordinary', node);
      return {};
    }
    const entries = this.entries(node, ['near', 'needsNear', 'ordinary'], 'a scope', 'scope.');
    const near = this.texts(entries.get('near'), 'near');
    const asked = entries.get('needsNear');
    const needsNear = isScalar(asked) && asked.value === true;
    if (asked !== undefined && !(isScalar(asked) && typeof asked.value === 'boolean')) {
      this.mistake('scope', '"needsNear" must be true or false', asked);
    }
    if (needsNear && near.length === 0) this.mistake('scope', '"needsNear" without words in "near"', node);
    const ordinary = this.texts(entries.get('ordinary'), 'ordinary');
    if (ordinary.length > 0 && near.length === 0) this.mistake('scope', '"ordinary" without words in "near"', node);
    return {
      ...(near.length > 0 && { near }),
      ...(needsNear && { needsNear }),
      ...(ordinary.length > 0 && { ordinary }),
    };
  }

  private scenarios(node: Node | undefined): Concept['scenarios'] {
    const scenarios: { id: string; near?: readonly string[] }[] = [];
    for (const item of this.items(node, 'scenarios')) {
      if (!isMap(item)) {
        this.mistake('scenario', 'A scenario is written "id: NAME", with "near" if it needs it', item);
        continue;
      }
      const entries = this.entries(item, ['id', 'near'], 'a scenario', 'scenarios.');
      const id = this.text(entries.get('id'), 'id');
      const near = this.texts(entries.get('near'), 'near');
      if (id === undefined) this.mistake('scenario', 'A scenario without id', item);
      else scenarios.push({ id, ...(near.length > 0 && { near }) });
    }
    return scenarios;
  }

  private changes(node: Node | undefined): Concept['changed'] {
    const changes: { version: string; what: string }[] = [];
    for (const item of this.items(node, 'changed')) {
      const entries = isMap(item) ? this.entries(item, ['version', 'what'], 'a change', 'changed.') : undefined;
      const version = this.text(entries?.get('version'), 'version');
      const what = this.text(entries?.get('what'), 'what');
      if (version !== undefined && what !== undefined) changes.push({ version, what });
      else this.mistake('change', 'A change is written "version: ..." and "what: ..."', item);
    }
    return changes;
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
