import type { ThreadMail } from './thread-mail.ts';

/**
 * What the answers of a thread are about, by the key of the answer: the first mail above it that is none, a patch, a cover letter, or whatever
 * began the thread. The mail that it answers is the one that `In-Reply-To` names, else the nearest of `References` that is there.
 */
export function targetsOf(mails: readonly ThreadMail[]): ReadonlyMap<string, ThreadMail> {
  const byId = new Map<string, ThreadMail>();
  for (const mail of mails)
    if (mail.messageId !== undefined && !byId.has(mail.messageId)) byId.set(mail.messageId, mail);
  const targets = new Map<string, ThreadMail | undefined>();
  for (const mail of mails) if (mail.kind === 'reply') climb(mail, byId, targets);
  return new Map([...targets].flatMap(([key, target]) => (target ? [[key, target]] : [])));
}

/** Each mail is passed once: what is found holds for all on the way. Headers that go round in a circle end it. */
function climb(
  from: ThreadMail,
  byId: ReadonlyMap<string, ThreadMail>,
  targets: Map<string, ThreadMail | undefined>,
): void {
  const path = new Set<string>();
  let at: ThreadMail | undefined = from;
  while (at?.kind === 'reply' && !path.has(at.key) && !targets.has(at.key)) {
    path.add(at.key);
    at = answeredBy(at, byId);
  }
  const target = at === undefined ? undefined : at.kind === 'reply' ? targets.get(at.key) : at;
  for (const key of path) targets.set(key, target);
}

/** The mail that another one answers. */
export function answeredBy(
  { answers, messageId }: ThreadMail,
  byId: ReadonlyMap<string, ThreadMail>,
): ThreadMail | undefined {
  for (const id of answers) {
    const mail = id === messageId ? undefined : byId.get(id);
    if (mail) return mail;
  }
  return undefined;
}
