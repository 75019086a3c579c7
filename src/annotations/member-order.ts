import { compareText } from './json.ts';

/**
 * The order in which members are written: what a thing is, whose, when, what it says, what it is about. Names that are not
 * here come after these, by spelling; `items` is last.
 */
const ORDER: ReadonlyMap<string, number> = new Map(
  [
    '@context',
    'id',
    'type',
    'patchgloss:formatVersion',
    'label',
    'partOf',
    'name',
    'creator',
    'created',
    'modified',
    'motivation',
    'purpose',
    'patchgloss:kind',
    'patchgloss:status',
    'format',
    'value',
    'body',
    'target',
    'source',
    'patchgloss:subject',
    'patchgloss:patchId',
    'state',
    'selector',
    'prefix',
    'exact',
    'suffix',
    'start',
    'end',
  ].map((name, index) => [name, index]),
);

export function compareNames(a: string, b: string): number {
  return rank(a) - rank(b) || compareText(a, b);
}

function rank(name: string): number {
  return name === 'items' ? ORDER.size + 1 : (ORDER.get(name) ?? ORDER.size);
}
