import type { TreeData, TreeNode } from './tree.ts';

/** Longer values are shortened: the text shows the shape of a message, `--json` has it whole. */
const MOST_UNITS = 60;

/**
 * A tree as indented text, one node a line: type, where it stands, its fields.
 *
 *     quote 5:1-12:8 depth=1 speaker="Ada Example"
 *       paragraph 5:3-12:8
 */
export function* treeLines(root: TreeNode): Generator<string> {
  const open: { nodes: readonly TreeNode[]; next: number }[] = [{ nodes: [root], next: 0 }];
  while (open.length > 0) {
    const level = open.at(-1);
    const node = level?.nodes[level.next];
    if (!level || !node) {
      open.pop();
      continue;
    }
    level.next++;
    yield '  '.repeat(open.length - 1) + nodeLine(node);
    if (node.children) open.push({ nodes: node.children, next: 0 });
  }
}

/** What could not be read as it stands, one complaint a line. */
export function complaintLines(data: TreeData | undefined): string[] {
  return (data?.complaints ?? []).map(({ ruleId, reason, severity, place }) => {
    const where = place ? ` ${place.start.line}:${place.start.column}` : '';
    return `${severity} ${ruleId}${where} ${reason}`;
  });
}

function nodeLine({ type, position, data, children: _, ...fields }: TreeNode): string {
  const where = position
    ? [`${position.start.line}:${position.start.column}-${position.end.line}:${position.end.column}`]
    : [];
  const told = Object.entries(fields).map(([name, value]) => `${name}=${shown(value)}`);
  return [type, ...where, ...told, ...knownFields(data)].join(' ');
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length <= MOST_UNITS ? value : `${value.slice(0, MOST_UNITS - 1)}\u2026`);
}

function knownFields(data: TreeData | undefined): string[] {
  return [
    ...(data?.key === undefined ? [] : [`key=${data.key}`]),
    ...(data?.dialect === undefined ? [] : [`dialect=${data.dialect}`]),
    ...(data?.speaker === undefined ? [] : [`speaker=${JSON.stringify(data.speaker)}`]),
    ...footnoteField(data),
  ];
}

function footnoteField(data: TreeData | undefined): string[] {
  switch (data?.footnote?.state) {
    case 'defined':
      return [`-> line ${data.footnote.position.start.line}`];
    case 'cut-off':
      return ["-> cut off with its author's text"];
    case 'undefined':
      return ['-> not defined in this message'];
    default:
      return [];
  }
}
