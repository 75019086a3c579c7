import { type Content, contentOf } from '#archive/node';

export type { Content } from '#archive/node';

/** More than so many bytes of content are not read whole: they are held as one text, and a text cannot be longer. */
const MOST_TEXT = 500 * 2 ** 20;

const TOO_LONG = `it is larger than ${MOST_TEXT / 2 ** 20} MB, which is too much to be read at once; patchgloss index reads mailboxes of any size`;

/** Reads a file or, for `-`, standard input. Compressed content (gzip) is known by its first bytes. */
export async function readContent(path: string): Promise<Content> {
  return contentOf(path, MOST_TEXT, TOO_LONG);
}
