import { atOnce, type CollectedTrailer, collectInSteps, type ThreadMail, threadMail } from '#reading';
import type { Page } from '../reading.ts';

export interface CollectedAnswer {
  /** Of the patch. */
  key: string;
  version: number;
  /** `from` is the key of the message in which it stands: the patch itself, or an answer. */
  trailers: readonly CollectedTrailerAnswer[];
  /** Trailers of answers that name somebody else than their sender: they do not count. */
  mismatched?: readonly CollectedTrailerAnswer[];
}

export interface CollectedTrailerAnswer {
  token: string;
  value: string;
  from: string;
}

/** The trailers of the patches of one thread, in the order of their versions and numbers. */
export function collectedAnswers(messages: readonly CollectedMail[]): CollectedAnswer[] {
  return atOnce(collectedInSteps(messages));
}

interface CollectedMail {
  member: { key: string };
  page: () => Page | undefined;
}

/** The same; pauses after each mail. */
export function* collectedInSteps(messages: readonly CollectedMail[]): Generator<void, CollectedAnswer[]> {
  const mails: ThreadMail[] = [];
  for (const { member, page: read } of messages) {
    const page = read();
    if (page) mails.push(threadMail(member.key, page.kind, page.message));
    yield;
  }
  const collected = yield* collectInSteps(mails);
  return collected.flatMap(({ version, patches }) =>
    patches.map(({ patch, trailers, mismatched }) => ({
      key: patch.key,
      version,
      trailers: trailers.map(trailerAnswer),
      ...(mismatched.length === 0 ? {} : { mismatched: mismatched.map(trailerAnswer) }),
    })),
  );
}

function trailerAnswer({ trailer, mail }: CollectedTrailer): CollectedTrailerAnswer {
  return { token: trailer.token, value: trailer.value, from: mail.key };
}
