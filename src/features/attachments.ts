import { contentBytes, type ReadablePart, sizeText } from '#reading';
import { plainLine } from './markdown.ts';
import type { Attachment } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** The parts of a message that have a line of their own: what has a name, what is not shown, messages in it. In order. */
export function attachmentsOf(page: Page): Attachment[] {
  return page.message.readable.parts.flatMap((part, index) => {
    const line = part.line && page.place(part.line);
    if (!line) return [];
    return [
      {
        message: page.message.index,
        part: index,
        name: labelOf(part),
        type: part.mediaType,
        size: sizeText(part.size),
        ...(part.omitted === undefined ? {} : { omitted: part.omitted }),
        place: line,
      },
    ];
  });
}

/** The attachments of all messages, in order. */
export function attachments(reading: Reading): Attachment[] {
  const found: Attachment[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page) found.push(...attachmentsOf(page));
  }
  return found;
}

/** An attachment may be this large to be taken out, in bytes; absent content says that it is larger. */
export const LARGEST_ATTACHMENT = 100 * 1024 * 1024;

/** Part `part` of message `message` as a file: a name without folders, and its bytes where it is not too large. Absent when there is no such part. */
export function attachmentFile(
  reading: Reading,
  message: number,
  part: number,
): { name: string; bytes?: Uint8Array } | undefined {
  const found = reading.page(message)?.message.readable.parts[part];
  if (!found || found.holds === 'parts') return undefined;
  const name = fileName(found);
  if (found.body.end - found.body.start > 2 * LARGEST_ATTACHMENT) return { name };
  const bytes = contentBytes(reading.mailbox.source, found);
  return bytes.length > LARGEST_ATTACHMENT ? { name } : { name, bytes };
}

function labelOf(part: ReadablePart): string {
  return plainLine(part.filename ?? '').slice(0, 200) || part.mediaType;
}

/** Names that some systems keep for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The name of a part as one name in a folder: what stands behind the last slash of either kind, without signs that no file system takes or that
 * hide what follows, and not a dot file. Names from strangers are labels.
 */
export function fileName({
  filename = '',
  mediaType,
  holds,
}: Pick<ReadablePart, 'filename' | 'mediaType' | 'holds'>): string {
  const last = filename.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (plain !== '' && !DEVICE.test(plain)) return shortened(plain);
  if (holds === 'message') return 'message.eml';
  return mediaType.startsWith('text/') ? 'attachment.txt' : 'attachment.bin';
}

/** At most 120 characters, the ending kept. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= 120) return name;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return letters.slice(0, 120 - ending.length).join('') + ending;
}
