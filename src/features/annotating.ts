import { type Annotation, type Candidate, type Placing, placeAll, type Spot } from '#annotations';
import { nodesAt } from '#mailast';
import { messageIdsOf } from '#reading';
import type { Place } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/**
 * What a note about [start, end) of the source points at; absent when no message is there. `path` is the file's label, for mail
 * without a Message-ID. A selection outside the message's text stands for the nearest text.
 */
export function anchorAt(reading: Reading, start: number, end: number, path?: string): Spot | undefined {
  const index = reading.mailbox.messageAt(start);
  const page = index === undefined ? undefined : reading.page(index);
  if (index === undefined || !page) return undefined;
  const { body } = page.message.readable;
  const from = Math.max(readableFrom(page, start), body.start);
  const to = Math.max(readableFrom(page, Math.max(end - 1, start)) + (end > start ? 1 : 0), from);
  const speaker = page.speakerAt(from);
  return {
    ...identityOf(page, path),
    text: bodyText(page),
    start: from - body.start,
    end: to - body.start,
    messageIndex: index,
    ...(speaker === undefined ? {} : { speaker }),
    ...diffLineAt(page, from),
  };
}

/** A note with the place it has in this reading; `place` is there when it was placed. */
export interface PlacedNote {
  annotation: Annotation;
  placing: Placing;
  place?: Place;
}

/** Places notes again in what is open now. Every note comes back, also those that are ambiguous or lost, with the reason. */
export function placeAnnotations(reading: Reading, annotations: readonly Annotation[], path?: string): PlacedNote[] {
  const candidates: Candidate[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page)
      candidates.push({
        key: String(index),
        ...identityOf(page, path),
        references: referencesOf(page),
        text: bodyText(page),
      });
  }
  const placings = placeAll(annotations, candidates);
  return annotations.flatMap((annotation) => {
    const placing = placings.get(annotation.id);
    if (!placing) return [];
    const page = placing.state === 'placed' ? reading.page(Number(placing.where.key)) : undefined;
    if (placing.state !== 'placed' || !page) return [{ annotation, placing }];
    const { body } = page.message.readable;
    const place = page.place({ start: body.start + placing.where.start, end: body.start + placing.where.end });
    return [{ annotation, placing, place }];
  });
}

function identityOf(page: Page, path: string | undefined): Pick<Spot, 'messageId' | 'path' | 'subject'> {
  const messageId = messageIdsOf(page.fields.get('message-id')?.[0] ?? '')[0];
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(path === undefined ? {} : { path }),
    ...(page.subject === undefined ? {} : { subject: page.subject }),
  };
}

function referencesOf(page: Page): string[] {
  return ['references', 'in-reply-to'].flatMap((name) => (page.fields.get(name) ?? []).flatMap(messageIdsOf));
}

function bodyText(page: Page): string {
  const { text, readable } = page.message;
  return text.slice(readable.body.start, readable.body.end);
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

function diffLineAt(page: Page, readable: number): Pick<Spot, 'diff'> {
  const path = nodesAt(page.message.tree, readable);
  const file = path.find((node) => node.type === 'diffFile');
  const line = path.find((node) => node.type === 'hunkLine');
  if (!file || !line) return {};
  const side = line.afterNumber === undefined ? 'before' : 'after';
  const number = side === 'after' ? line.afterNumber : line.beforeNumber;
  const name = side === 'after' ? file.after : file.before;
  return number === undefined || name === undefined ? {} : { diff: { file: name, side, line: number } };
}
