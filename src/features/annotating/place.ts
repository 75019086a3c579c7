import { type Annotation, CandidateIndex, type Placing, placeAll } from '#annotations';
import { keyOf } from '../answers/index.ts';
import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import { type NotedMail, notedMail } from './candidate.ts';

/** A note with the place it has in this reading; `place` is there when it was placed. */
export interface PlacedNote {
  annotation: Annotation;
  placing: Placing;
  place?: Place;
}

/** Places notes again in what is open now. Every note comes back, also those that are ambiguous or lost, with the reason. */
export function placeAnnotations(reading: Reading, annotations: readonly Annotation[], path?: string): PlacedNote[] {
  const mails = notedMails([{ reading, ...(path === undefined ? {} : { path }) }]);
  const placings = placeAll(annotations, candidatesOf(mails));
  return annotations.flatMap((annotation): PlacedNote[] => {
    const placing = placings.get(annotation.id);
    if (!placing) return [];
    if (placing.state !== 'placed') return [{ annotation, placing }];
    const { key, start, end } = placing.where;
    const page = reading.page(Number(key.split(':')[1]));
    const body = mails.get(key)?.body;
    if (!page || !body) return [{ annotation, placing }];
    const place = page.place({ start: body.toReadable(start), end: body.toReadable(end) });
    return [{ annotation, placing, place }];
  });
}

/** A source to look for notes in; `path` is its label. */
export interface NotedFile {
  reading: Reading;
  path?: string;
}

/** The mails of some files by their keys, in order. A file that could not be opened is absent at its index. */
export function notedMails(files: readonly (NotedFile | undefined)[]): Map<string, NotedMail> {
  const mails = new Map<string, NotedMail>();
  for (const [number, file] of files.entries()) {
    for (let index = 0; index < (file?.reading.messages ?? 0); index++) {
      const page = file?.reading.page(index);
      const key = keyOf(number, index);
      if (page) mails.set(key, notedMail(key, page, file?.path));
    }
  }
  return mails;
}

export function candidatesOf(mails: ReadonlyMap<string, NotedMail>): CandidateIndex {
  return new CandidateIndex([...mails.values()].map(({ candidate }) => candidate));
}
