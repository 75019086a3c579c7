import { type CollectedTrailer, collectTrailers, threadMail } from '#reading';
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
export function collectedAnswers(messages: readonly { key: string; page: Page }[]): CollectedAnswer[] {
  const mails = messages.map(({ key, page }) => threadMail(key, page.kind, page.message));
  return collectTrailers(mails).flatMap(({ version, patches }) =>
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
