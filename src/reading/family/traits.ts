import { type Diff, type Message, walk } from '#mailast';
import { seriesOf } from '../series.ts';

/** What tells of a patch or a cover letter which series it is a version of. */
export interface PostedTraits {
  kind: 'patch' | 'cover';
  /** The subject without prefixes, in small letters. */
  title: string;
  /** The address it was sent from, in small letters. */
  sender?: string;
  /** `6.1`, `5.10`: the tree of an older kernel that it is for. What goes into several of them is no version of itself. */
  tree?: string;
  /** What the author gave the series to be known by: `change-id: ...`. */
  changeId?: string;
  /** The smallest hashes of its changed lines with their files, rising: patches that have many of them in common are alike. */
  sketch: readonly number[];
}

/** So many hashes tell how alike two patches are. */
export const SKETCH = 32;
/** What is shorter without white space stands in any patch. UTF-16 units. */
const TELLING = 4;

/** `from` is the address of the sender. Linear in the mail. */
export function traitsOf(
  kind: PostedTraits['kind'],
  subject: string,
  from: string | undefined,
  tree: Message,
): PostedTraits {
  const { changeId, hashes } = said(tree);
  return {
    ...headerTraits(kind, subject, from),
    ...(changeId === undefined ? {} : { changeId }),
    sketch: [...hashes].sort((one, other) => one - other).slice(0, SKETCH),
  };
}

/** What the header alone tells. */
export function headerTraits(kind: PostedTraits['kind'], subject: string, from: string | undefined): PostedTraits {
  const place = seriesOf(subject, true);
  const target = place?.prefixes.find((prefix) => /^\d{1,2}\.\d{1,3}(?:\.\d{1,4})?(?:\.y)?$/.test(prefix));
  return {
    kind,
    title: (place?.clean ?? subject).toLowerCase().replace(/\s+/g, ' ').trim(),
    ...(from === undefined ? {} : { sender: from.toLowerCase() }),
    ...(target === undefined ? {} : { tree: target }),
    sketch: [],
  };
}

/** What the mail says itself, not what it quotes or holds. */
function said(tree: Message): { changeId?: string; hashes: Set<number> } {
  const hashes = new Set<number>();
  let changeId: string | undefined;
  walk(tree, (node) => {
    if (node.type === 'trailer' && node.token.toLowerCase() === 'change-id') changeId ??= node.value.trim();
    if (node.type === 'diff') addChanges(node, hashes);
    return node === tree || node.type === 'body' || node.type === 'part' || node.type === 'trailers'
      ? undefined
      : 'skip';
  });
  return { ...(changeId === undefined ? {} : { changeId }), hashes };
}

function addChanges({ children }: Diff, hashes: Set<number>): void {
  for (const file of children) {
    const path = file.after ?? file.before ?? '';
    for (const hunk of file.children) {
      if (hunk.type !== 'hunk') continue;
      for (const { change, value } of hunk.children) {
        if (change !== 'added' && change !== 'removed') continue;
        const text = value.replace(/\s+/g, '');
        if (text.length >= TELLING) hashes.add(hashOf(`${path} ${change} ${text}`));
      }
    }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
