import type { MailNode, MailParent } from './nodes.ts';

export function isParent(node: MailNode): node is MailParent {
  return 'children' in node;
}

/**
 * Visits every node in order, parents first, without recursion: mail from strangers nests as deep as it likes.
 * `enter` gets the node and its parents, outermost first; the array is reused, copy what is kept. Returning `'skip'` passes
 * over the children.
 */
export function walk(
  tree: MailNode,
  enter: (node: MailNode, parents: readonly MailParent[]) => 'skip' | undefined,
): void {
  const parents: MailParent[] = [];
  const next: number[] = [];
  if (enter(tree, parents) === 'skip' || !isParent(tree)) return;
  parents.push(tree);
  next.push(0);
  while (parents.length > 0) {
    const depth = parents.length - 1;
    const parent = parents[depth];
    const index = next[depth] ?? 0;
    const child = parent?.children[index];
    if (child === undefined) {
      parents.pop();
      next.pop();
      continue;
    }
    next[depth] = index + 1;
    if (enter(child, parents) !== 'skip' && isParent(child)) {
      parents.push(child);
      next.push(0);
    }
  }
}

/** The nodes that hold `offset`, outermost first; empty when the tree does not hold it. `end` is exclusive. */
export function nodesAt(tree: MailNode, offset: number): MailNode[] {
  const path: MailNode[] = [];
  let node: MailNode | undefined = holds(tree, offset) ? tree : undefined;
  while (node !== undefined) {
    path.push(node);
    node = isParent(node) ? childAt(node.children, offset) : undefined;
  }
  return path;
}

function holds(node: MailNode, offset: number): boolean {
  return node.position.start.offset <= offset && offset < node.position.end.offset;
}

/** Siblings are in order and do not overlap, so a binary search finds the one that holds the offset. */
function childAt(children: readonly MailNode[], offset: number): MailNode | undefined {
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const child = children[middle];
    if (child === undefined) return undefined;
    if (holds(child, offset)) return child;
    if (child.position.start.offset > offset) high = middle - 1;
    else low = middle + 1;
  }
  return undefined;
}
