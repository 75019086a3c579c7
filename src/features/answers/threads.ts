import { type ThreadMember, type Threads, threadsOf } from '#archive';
import { messageIdsOf, type Round, roundsOf, seriesOf } from '#reading';
import type { Page, Reading } from '../reading.ts';

/** `FILE-INDEX:MESSAGE-INDEX`, from 0: names a message also where ids are absent or repeated. */
export function keyOf(file: number, message: number): string {
  return `${file}:${message}`;
}

export interface ThreadAnswer {
  root: string;
  messages: readonly string[];
  subject?: string;
  series?: readonly Round[];
}

export interface ThreadsAnswer {
  parents: Threads['parents'];
  threads: readonly ThreadAnswer[];
}

/** The threads of all messages of some files, by ids. A file that could not be opened is absent from `files` at its index. */
export function threadsAnswer(files: readonly (Reading | undefined)[]): ThreadsAnswer {
  const pages = new Map<string, Page>();
  for (const [file, reading] of files.entries()) {
    for (let index = 0; index < (reading?.messages ?? 0); index++) {
      const page = reading?.page(index);
      if (page) pages.set(keyOf(file, index), page);
    }
  }
  const { parents, threads } = threadsOf([...pages].map(([key, page]) => memberOf(key, page)));
  return {
    parents,
    threads: threads.map(({ root, messages }) => {
      const subject = pages.get(root)?.subject;
      const series = roundsOf(messages.flatMap((key) => patchOf(key, pages.get(key))));
      return {
        root,
        messages,
        ...(subject === undefined ? {} : { subject }),
        ...(series.length === 0 ? {} : { series }),
      };
    }),
  };
}

function memberOf(key: string, page: Page): ThreadMember {
  const ids = (name: string): string[] => (page.fields.get(name) ?? []).flatMap(messageIdsOf);
  const messageId = ids('message-id')[0];
  return {
    key,
    ...(messageId === undefined ? {} : { messageId }),
    references: ids('references'),
    inReplyTo: ids('in-reply-to'),
  };
}

/** A patch or a cover letter of a series; a reply to one is none, whatever its subject repeats. */
function patchOf(key: string, page: Page | undefined): Parameters<typeof roundsOf>[0] {
  const subject = page?.subject;
  if (!page || subject === undefined || !(page.kind === 'patch' || page.kind === 'cover')) return [];
  const place = seriesOf(subject, true);
  return place ? [{ key, place }] : [];
}
