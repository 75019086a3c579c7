import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { Place } from '../plain.ts';
import { headPlace } from './note-text.ts';

/** A key of a head with its places in the note, for what changes a head: its text stays as the reader wrote it. */
export interface HeadEntry {
  key: Place;
  /** Absent where nothing was written yet. */
  value?: Place;
  /** Its text, when it is one. */
  text?: string;
  /** What a list holds. */
  items: readonly HeadItem[];
  /** `[a, b]` in one line, or a line for each. */
  list?: 'flow' | 'block';
  /** The keys of a map that has a line for each. */
  keys: ReadonlyMap<string, HeadEntry>;
}

export interface HeadItem {
  place: Place;
  /** Its text; absent when it is none. */
  text?: string;
  /** Where the item is a map: its keys. */
  keys: ReadonlyMap<string, HeadEntry>;
}

/** UTF-16 units. A note has no more, so no head has. */
const longestHead = 16_384;

/** The keys of a note's head as far as they can be read; none when it has no head, or one longer than a whole note. */
export function headEntries(text: string): ReadonlyMap<string, HeadEntry> {
  const head = headPlace(text);
  if (!head || head.inside.end > longestHead) return new Map();
  const { start, end } = head.inside;
  const { contents } = parseDocument(text.slice(start, end), { prettyErrors: false, logLevel: 'silent' });
  return isMap(contents) ? entriesOf(contents, start) : new Map();
}

/** Maps in maps are read two levels deep: a head has no more, and what is deeper is complained about already. */
function entriesOf(map: YAMLMap, shift: number, levels = 2): ReadonlyMap<string, HeadEntry> {
  const entries = new Map<string, HeadEntry>();
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const at = placeOf(key, shift);
    const known = isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
    const written = known && (!isScalar(known) || known.value !== null);
    entries.set(String(key.value), {
      key: at,
      ...(known && written && { value: placeOf(known, shift) }),
      ...(isScalar(known) && typeof known.value === 'string' && { text: known.value.trim() }),
      ...(isSeq(known) && { list: known.flow ? 'flow' : 'block' }),
      items: isSeq(known) ? known.items.flatMap((item) => itemOf(item, shift, levels)) : [],
      keys: isMap(known) && !known.flow && levels > 0 ? entriesOf(known, shift, levels - 1) : new Map(),
    });
  }
  return entries;
}

function itemOf(item: unknown, shift: number, levels: number): HeadItem[] {
  if (!isScalar(item) && !isMap(item)) return [];
  return [
    {
      place: placeOf(item, shift),
      ...(isScalar(item) && typeof item.value === 'string' && { text: item.value.trim() }),
      keys: isMap(item) && levels > 0 ? entriesOf(item, shift, levels - 1) : new Map(),
    },
  ];
}

function placeOf(node: Node, shift: number): Place {
  const [start, end] = node.range ?? [0, 0];
  return { start: start + shift, end: end + shift };
}
