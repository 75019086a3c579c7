import type { Spot } from '#annotations';
import type { Page, Reading } from '../reading.ts';
import { BodyText } from './body-text.ts';
import { identityOf } from './candidate.ts';

/**
 * What a note about [start, end) of the source points at; absent when no message is there. `path` is the file's label, for mail
 * without a Message-ID. A selection outside the message's text stands for the nearest text.
 */
export function anchorAt(reading: Reading, start: number, end: number, path?: string): Spot | undefined {
  const index = reading.mailbox.messageAt(start);
  const page = index === undefined ? undefined : reading.page(index);
  if (index === undefined || !page) return undefined;
  const body = new BodyText(page.body);
  const from = readableFrom(page, start);
  const to = Math.max(readableFrom(page, Math.max(end - 1, start)) + (end > start ? 1 : 0), from);
  const speaker = page.speakerAt(Math.max(from, page.message.readable.body.start));
  return {
    ...identityOf(page, path),
    text: body.text,
    start: body.fromReadable(from),
    end: body.fromReadable(to),
    messageIndex: index,
    ...(speaker === undefined ? {} : { speaker }),
    ...diffLineAt(page, body, from),
  };
}

/** A place in the source that is not part of the text (a soft line break, a From_ line) stands for the next one that is. */
function readableFrom(page: Page, offset: number): number {
  const { way, span } = page.message;
  for (let at = offset; at < Math.min(offset + 200, span.end); at++) {
    const readable = way.toReadable(at);
    if (readable !== undefined) return readable;
  }
  return page.message.readable.body.start;
}

function diffLineAt(page: Page, body: BodyText, readable: number): Pick<Spot, 'diff'> {
  const code = page.code.get(body.point(body.fromReadable(readable)).row);
  if (code?.path === undefined) return {};
  const side = code.after === undefined ? 'before' : 'after';
  const line = side === 'after' ? code.after : code.before;
  if (line === undefined) return {};
  return {
    diff: { file: code.path, side, line, ...(code.section === undefined ? {} : { section: code.section }) },
  };
}
