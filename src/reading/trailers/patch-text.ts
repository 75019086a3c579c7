import { type Message, walk } from '#mailast';

/**
 * What a patch changes, without where: file names, how many lines each hunk has, and its lines. Two patches with the same text make the same
 * change, wherever the lines have moved to.
 */
export function patchText(tree: Message): string {
  const pieces: string[] = [];
  walk(tree, (node) => {
    if (node.type === 'header' || node.type === 'quote') return 'skip';
    if (node.type === 'diffFile') pieces.push(`--- ${node.before ?? ''}`, `+++ ${node.after ?? ''}`);
    if (node.type === 'hunk') pieces.push(`@@ -${node.beforeLines ?? 0} +${node.afterLines ?? 0} @@`);
    if (node.type === 'hunkLine' && node.change !== 'note') pieces.push(`${MARKS[node.change]}${node.value}`);
    return undefined;
  });
  return pieces.join('\n');
}

const MARKS = { context: ' ', removed: '-', added: '+' } as const;
