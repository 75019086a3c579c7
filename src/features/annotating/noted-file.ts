import { CandidateIndex } from '#annotations';
import { keyOf } from '../answers/index.ts';
import type { Reading } from '../reading.ts';
import { type NotedMail, notedMail } from './candidate.ts';

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
