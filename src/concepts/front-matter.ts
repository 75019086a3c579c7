/** The head of a note: YAML, read key by key, each mistake said at its line. */
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { Concept, Scope } from './concept.ts';

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
  /** Where keys and their list items stand, for complaints that are found later: `related`, `related: tdmr`. */
  places: ReadonlyMap<string, Point>;
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

/** `firstLine` is the line of the file on which the YAML starts, from 1. */
export function readHead(yaml: string, firstLine: number, file: VFile): Head {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const reader = new HeadReader(file, lines, firstLine);
  for (const error of document.errors) reader.mistake('yaml', `The head is not YAML: ${error.message}`, error.pos[0]);
  const root = document.contents;
  if (isMap(root)) return reader.head(root);
  if (document.errors.length === 0) reader.mistake('yaml', 'The head has no keys', 0);
  return { ...emptyHead };
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
  private readonly places = new Map<string, Point>();
  private readonly file: VFile;
  private readonly lines: LineCounter;
  private readonly firstLine: number;

  constructor(file: VFile, lines: LineCounter, firstLine: number) {
    this.file = file;
    this.lines = lines;
    this.firstLine = firstLine;
  }

  mistake(rule: string, reason: string, offset: number): void {
    const message = this.file.message(reason, { place: this.point(offset), ruleId: rule, source: 'note' });
    message.fatal = true;
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
      const offset = key.range?.[0] ?? 0;
      if (!known.includes(name)) {
        this.mistake('unknown-key', `"${name}" is no key of ${owner}; known are ${known.join(', ')}`, offset);
      } else if (isNode(value)) {
        entries.set(name, value);
        this.places.set(prefix + name, this.point(offset));
      }
    }
    return entries;
  }

  private text(node: Node | undefined, key: string): string | undefined {
    if (node === undefined) return undefined;
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') return node.value.trim();
    const [shown, offset] = [isScalar(node) ? String(node.source ?? '') : '', node.range?.[0] ?? 0];
    if (isScalar(node) && node.value !== null && typeof node.value !== 'string') {
      this.mistake('quote', `"${key}" must be text; write it in quotes: "${shown}"`, offset);
    } else {
      this.mistake('text', isAlias(node) ? 'YAML aliases are not read' : `"${key}" must be text`, offset);
    }
    return undefined;
  }

  private items(node: Node | undefined, key: string): readonly Node[] {
    if (node === undefined) return [];
    if (isSeq(node)) return node.items.filter(isNode);
    this.mistake('list', `"${key}" must be a list`, node.range?.[0] ?? 0);
    return [];
  }

  private texts(node: Node | undefined, key: string): string[] {
    const texts: string[] = [];
    for (const item of this.items(node, key)) {
      const text = this.text(item, key);
      if (text === undefined) continue;
      const offset = item.range?.[0] ?? 0;
      if (texts.includes(text)) this.mistake('twice', `"${text}" stands twice in "${key}"`, offset);
      else texts.push(text);
      this.places.set(`${key}: ${text}`, this.point(offset));
    }
    return texts;
  }

  private scope(node: Node | undefined): Scope {
    if (node === undefined) return {};
    const offset = node.range?.[0] ?? 0;
    if (!isMap(node)) {
      this.mistake('scope', '"scope" must have the keys near, needsNear and ordinary', offset);
      return {};
    }
    const entries = this.entries(node, ['near', 'needsNear', 'ordinary'], 'a scope', 'scope.');
    const near = this.texts(entries.get('near'), 'near');
    const asked = entries.get('needsNear');
    const needsNear = isScalar(asked) && asked.value === true;
    if (asked !== undefined && !(isScalar(asked) && typeof asked.value === 'boolean')) {
      this.mistake('scope', '"needsNear" must be true or false', asked.range?.[0] ?? offset);
    }
    if (needsNear && near.length === 0) this.mistake('scope', '"needsNear" without words in "near"', offset);
    const ordinary = this.texts(entries.get('ordinary'), 'ordinary');
    if (ordinary.length > 0 && near.length === 0) this.mistake('scope', '"ordinary" without words in "near"', offset);
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
        this.mistake('scenario', 'A scenario is written "id: NAME", with "near" if it needs it', item.range?.[0] ?? 0);
        continue;
      }
      const entries = this.entries(item, ['id', 'near'], 'a scenario', 'scenarios.');
      const id = this.text(entries.get('id'), 'id');
      const near = this.texts(entries.get('near'), 'near');
      if (id === undefined) this.mistake('scenario', 'A scenario without id', item.range?.[0] ?? 0);
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
      else this.mistake('change', 'A change is written "version: ..." and "what: ..."', item.range?.[0] ?? 0);
    }
    return changes;
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
