import { type ThreadMember, type Threads, threadsOf } from '#archive';
import { messageIdsOf, postingOf, type Round, roundsOf, seriesOf } from '#reading';
import type { Page, Reading } from '../reading.ts';
import { type CollectedAnswer, collectedAnswers } from './collected.ts';

/** `FILE-INDEX:MESSAGE-INDEX`, from 0: names a message also where ids are absent or repeated. */
export function keyOf(file: number, message: number): string {
  return `${file}:${message}`;
}

export interface ThreadAnswer {
  root: string;
  messages: readonly string[];
  subject?: string;
  series?: readonly Round[];
  /** The patches of each version; one that a later version does not send again stands there too. */
  patches?: readonly CollectedAnswer[];
}

export interface ThreadsAnswer {
  parents: Threads['parents'];
  threads: readonly ThreadAnswer[];
}

/** The threads of all messages of some files (`threadsOf`). A file that could not be opened is absent from `files` at its index. */
export function threadsAnswer(files: readonly (Reading | undefined)[]): ThreadsAnswer {
  const pages = new Map<string, Page>();
  for (const [file, reading] of files.entries()) {
    for (let index = 0; index < (reading?.messages ?? 0); index++) {
      const page = reading?.page(index);
      if (page) pages.set(keyOf(file, index), page);
    }
  }
  const members = new Map([...pages].map(([key, page]) => [key, memberOf(key, page)]));
  const { parents, threads } = threadsOf([...members.values()]);
  return {
    parents,
    threads: threads.map(({ root, messages }) => {
      const subject = pages.get(root)?.subject;
      const series = roundsOf(
        messages.flatMap((key) => patchOf(pages.get(key), members.get(key), parents.get(key)?.key)),
      );
      const patches = collectedAnswers(messages, pages);
      return {
        root,
        messages,
        ...(subject === undefined ? {} : { subject }),
        ...(series.length === 0 ? {} : { series }),
        ...(patches.length === 0 ? {} : { patches }),
      };
    }),
  };
}

function memberOf(key: string, page: Page): ThreadMember {
  const ids = (name: string): string[] => (page.fields.get(name) ?? []).flatMap(messageIdsOf);
  const messageId = ids('message-id')[0];
  const from = page.fields.get('from')?.[0];
  const date = page.fields.get('date')?.[0];
  const posting = postingOf({
    ...(page.subject === undefined ? {} : { subject: page.subject }),
    ...(from === undefined ? {} : { from }),
    ...(date === undefined ? {} : { date }),
  });
  return {
    key,
    ...(messageId === undefined ? {} : { messageId }),
    references: ids('references'),
    inReplyTo: ids('in-reply-to'),
    ...(posting === undefined ? {} : { posting }),
  };
}

/** A patch or a cover letter of a series; a reply to one is none, whatever its subject repeats. */
function patchOf(
  page: Page | undefined,
  member: ThreadMember | undefined,
  parent: string | undefined,
): Parameters<typeof roundsOf>[0] {
  const subject = page?.subject;
  if (!page || !member || subject === undefined || !(page.kind === 'patch' || page.kind === 'cover')) return [];
  const place = seriesOf(subject, true);
  if (!place) return [];
  const date = member.posting?.date;
  return [
    {
      key: member.key,
      place,
      ...(parent === undefined ? {} : { parent }),
      ...(date === undefined ? {} : { date }),
    },
  ];
}
