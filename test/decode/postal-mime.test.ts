import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { contentBytes, openMailbox, type ReadablePart } from '#parse';
import { sent, writing, written } from './mime-arbitrary.ts';

/** What postal-mime keeps of a part; its types do not show it. */
interface PostalNode {
  contentType: { parsed: { value: string | false } };
  contentTransferEncoding: { encoding?: string };
  contentDisposition: { parsed?: { value: string | false } };
  childNodes: PostalNode[];
  content: ArrayBuffer | null;
}

/** One part in few words. */
interface Said {
  depth: number;
  type: string;
  disposition: string;
  encoding: string;
  /** Its bytes, one unit each; empty for what holds parts. */
  content: string;
}

async function theirs(text: string): Promise<Said[]> {
  // Messages in parts stay whole: what is in them is a tree of its own.
  const parser = new PostalMime({ maxRfc822NestingDepth: 0 });
  await parser.parse(Buffer.from(text, 'latin1'));
  const { root } = parser as unknown as { root: PostalNode };
  return postalParts(root, 0);
}

function postalParts(node: PostalNode, depth: number): Said[] {
  const type = node.contentType.parsed.value || 'text/plain';
  const content = node.childNodes.length > 0 || !node.content ? '' : Buffer.from(node.content).toString('latin1');
  // postal-mime gives every line LF, also the last one, which belongs to the boundary behind it.
  const { encoding = '8bit' } = node.contentTransferEncoding;
  const own = encoding === 'base64' ? content : content.replace(/\n$/, '');
  const said = { depth, type, disposition: node.contentDisposition.parsed?.value || '', encoding, content: own };
  return [said, ...node.childNodes.flatMap((child) => postalParts(child, depth + 1))];
}

function ours(text: string): Said[] {
  const source = bytesSource(Buffer.from(text, 'latin1'));
  const { parts } = openMailbox(source).message(0).readable;
  return withoutInner(parts).map((part) => {
    const isContent = part.holds !== 'parts';
    const content = isContent ? Buffer.from(contentBytes(source, part)).toString('latin1') : '';
    const { depth, mediaType: type, disposition = '', encoding = '8bit' } = part;
    return { depth, type, disposition, encoding, content: content.replaceAll('\r\n', '\n') };
  });
}

/** Without what stands in messages in parts. */
function withoutInner(parts: readonly ReadablePart[]): ReadablePart[] {
  let inside = Number.POSITIVE_INFINITY;
  return parts.filter((part) => {
    if (part.depth > inside) return false;
    inside = part.holds === 'message' ? part.depth : Number.POSITIVE_INFINITY;
    return true;
  });
}

/** Where no part is found, we show all that is written, and postal-mime drops the boundary that ends nothing. No rule says what base64 makes of a header. */
function withoutDamage(said: Said): Said {
  return said.type.startsWith('multipart/') || said.encoding === 'base64' ? { ...said, content: '' } : said;
}

/** Takes some of the lines away that part a message, by their numbers. */
function withoutBoundaries(text: string, lineEnd: string, lost: readonly number[]): string {
  const lines = text.split(lineEnd);
  const boundaries = lines.flatMap((line, index) => (/^--b\d/.test(line) ? [index] : []));
  const gone = new Set(lost.map((number) => boundaries[number % boundaries.length]));
  return lines.filter((_, index) => !gone.has(index)).join(lineEnd);
}

function withoutLastLineEnds(said: Said): Said {
  return { ...said, content: said.content.replace(/\n{1,100}$/, '') };
}

describe('postal-mime reads the same parts', { timeout: 120_000 }, () => {
  it('from messages as they were sent', async () => {
    await fc.assert(
      fc.asyncProperty(sent, writing, async (tree, how) => {
        const text = written(tree, how);
        // Where no boundary ends the last part, postal-mime does not tell whether the last line has a line end.
        const same = (parts: Said[]): Said[] => (how.unterminated ? parts.map(withoutLastLineEnds) : parts);
        expect(same(ours(text))).toEqual(same(await theirs(text)));
      }),
      { seed: 5322, numRuns: 400 },
    );
  });

  it('from messages that lost some of their boundaries', async () => {
    await fc.assert(
      fc.asyncProperty(sent, writing, fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }), async (tree, how, lost) => {
        const text = withoutBoundaries(written(tree, how), how.lineEnd, lost);
        const same = (parts: Said[]): Said[] => parts.map(withoutLastLineEnds).map(withoutDamage);
        expect(same(ours(text))).toEqual(same(await theirs(text)));
      }),
      { seed: 5323, numRuns: 400 },
    );
  });
});
