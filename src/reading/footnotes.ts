import { type FootnoteDefinition, type FootnoteReference, type Message, walk } from '#mailast';

/** What a footnote mark points at. `cut-off`: its definition was not quoted along with the text that refers to it. */
export type FootnoteTarget =
  | { state: 'defined'; definition: FootnoteDefinition }
  | { state: 'cut-off' }
  | { state: 'undefined' };

/**
 * A mark belongs to a definition at its own quote depth: somebody else's `[1]` is another footnote. When several have the label, the next
 * one below the mark is meant, and if there is none below, the last one above. A mark inside a quote that finds none was cut off with
 * the rest of its author's text; in the author's own text it is undefined.
 */
export function footnotesOf(tree: Message): ReadonlyMap<FootnoteReference, FootnoteTarget> {
  const references: { node: FootnoteReference; depth: number }[] = [];
  const definitions = new Map<string, FootnoteDefinition[]>();
  walk(tree, (node, parents) => {
    const depth = parents.findLast((parent) => parent.type === 'quote')?.depth ?? 0;
    if (node.type === 'footnoteReference') references.push({ node, depth });
    if (node.type !== 'footnoteDefinition') return undefined;
    const key = `${depth} ${node.label}`;
    const known = definitions.get(key);
    if (known) known.push(node);
    else definitions.set(key, [node]);
    return undefined;
  });
  const targets = new Map<FootnoteReference, FootnoteTarget>();
  for (const { node, depth } of references) {
    const definition = nearest(definitions.get(`${depth} ${node.label}`) ?? [], node.position.start.offset);
    if (definition) targets.set(node, { state: 'defined', definition });
    else targets.set(node, { state: depth > 0 ? 'cut-off' : 'undefined' });
  }
  return targets;
}

function nearest(definitions: readonly FootnoteDefinition[], offset: number): FootnoteDefinition | undefined {
  let low = 0;
  let high = definitions.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((definitions[middle]?.position.start.offset ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return definitions[low];
}
