import { type Commit, commitOf, type MessageKind, type PullRequest, type SeriesPlace, seriesOf } from '#reading';
import type { Page } from '../reading.ts';

/** What a message is for, and what it carries as a patch, a cover letter or a pull request. */
export interface PatchAnswer {
  kind: MessageKind;
  series?: SeriesPlace;
  pull?: PullRequest;
  /**
   * What `git mailinfo` would say. Of an answer, a cover letter and a pull request only when it carries a diff of its own; in an answer
   * what stands above scissors is conversation. A mail that only its subject calls an answer is read as git would.
   */
  commit?: Commit;
}

export function patchAnswer(page: Page): PatchAnswer {
  const { kind, carried, subject } = page;
  const series = subject === undefined ? undefined : seriesOf(subject, kind !== 'reply' && kind !== 'other');
  const answers = kind === 'reply' && namesParent(page);
  const isCommit = kind === 'patch' || kind === 'other' || (kind === 'reply' && (carried.diff || !answers));
  return {
    kind,
    ...(series === undefined ? {} : { series }),
    ...(carried.pull === undefined ? {} : { pull: carried.pull }),
    ...(isCommit ? { commit: commitOf(page.message, { scissors: answers }) } : {}),
  };
}

function namesParent({ message }: Page): boolean {
  return message.readable.fields.some(({ name }) => /^(?:in-reply-to|references)$/i.test(name));
}
