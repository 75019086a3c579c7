import { type Parent, type ThreadMember, type Threads, threadsOf } from '#archive';
import { type MessageKind, messageIdsOf, type PostedTraits, postingOf, type Round, roundsOf, seriesOf } from '#reading';
import type { Page, Reading } from '../reading.ts';
import { type CollectedAnswer, collectedAnswers } from './collected.ts';
import { type Families, familiesOfVersions, postedTraits, type VersionOf, versionsIn } from './families.ts';
import type { LedgerAnswer } from './ledger-plain.ts';
import { parentsByQuotes } from './quoted-parents.ts';

/** `FILE-INDEX:MESSAGE-INDEX`, from 0: names a message also where ids are absent or repeated. */
export function keyOf(file: number, message: number): string {
  return `${file}:${message}`;
}

export interface ThreadAnswer {
  root: string;
  messages: readonly string[];
  /** The same as they are read: the root, then by date. Absent where that is the order of `messages`. */
  order?: readonly string[];
  subject?: string;
  /** Where it posts a series that an earlier thread posts too: that thread, and what tells so. */
  versionOf?: VersionOf;
  series?: readonly Round[];
  /** The patches of each version; one that a later version does not send again stands there too. */
  patches?: readonly CollectedAnswer[];
  /** What was said about the patches, where somebody asked for it (`threadLedger`). */
  ledger?: readonly LedgerAnswer[];
}

export interface ThreadsAnswer extends Pick<Threads, 'parents' | 'duplicates'> {
  threads: readonly ThreadAnswer[];
  /** Which of the threads hold versions of one series. */
  families: Families;
}

/** The threads of all messages of some files (`threadsOf`). A file that could not be opened is absent from `files` at its index. */
export function threadsAnswer(files: readonly (Reading | undefined)[]): ThreadsAnswer {
  const mails = new Map<string, Mail>();
  const traits = new Map<string, PostedTraits>();
  for (const [file, reading] of files.entries()) {
    for (let index = 0; index < (reading?.messages ?? 0); index++) {
      const page = reading?.page(index);
      const key = keyOf(file, index);
      if (!page) continue;
      mails.set(
        key,
        mailOf(key, page, () => reading?.page(index)),
      );
      const posted = postedTraits(page);
      if (posted) traits.set(key, posted);
    }
  }
  joinShownTrees(mails);
  const { parents: found, duplicates, threads } = threadsWithQuotes(mails);
  const parents = withoutPlaces(found);
  const versions = versionsIn(threads, traits);
  return {
    parents,
    duplicates,
    families: familiesOfVersions(versions),
    threads: threads.map(({ root, messages, order }) => {
      const subject = mails.get(root)?.subject;
      const all = messages.flatMap((key) => mails.get(key) ?? []);
      const series = roundsIn(all, { parents, duplicates });
      const patches = all.some(({ kind }) => kind === 'patch') ? collectedAnswers(all) : [];
      const versionOf = versions.get(root);
      return {
        root,
        messages,
        ...(order === undefined ? {} : { order }),
        ...(subject === undefined ? {} : { subject }),
        ...(versionOf === undefined ? {} : { versionOf }),
        ...(series.length === 0 ? {} : { series }),
        ...(patches.length === 0 ? {} : { patches }),
      };
    }),
  };
}

/** The versions that the mails of a thread post. A mail that is there twice posts once. */
export function roundsIn(
  mails: readonly Mail[],
  { parents, duplicates }: Pick<Threads, 'parents' | 'duplicates'>,
): Round[] {
  const once = mails.filter(({ member }) => !duplicates.has(member.key));
  return roundsOf(once.flatMap((mail) => patchOf(mail, parents.get(mail.member.key)?.key)));
}

/** Threads by ids and subjects, and, for what is still alone, by what it quotes (`parentsByQuotes`). */
function threadsWithQuotes(mails: Map<string, Mail>): Threads {
  const members = (): ThreadMember[] => [...mails.values()].map(({ member }) => member);
  const found = threadsOf(members());
  const quoting = parentsByQuotes(mails, (key) => found.parents.has(key));
  if (quoting.size === 0) return found;
  for (const [key, said] of quoting) {
    const [mail, parent] = [mails.get(key), mails.get(said)];
    if (mail && parent) nameParent(mail, parent);
  }
  const again = threadsOf(members());
  const parents = new Map<string, Parent>();
  for (const [key, parent] of again.parents) parents.set(key, quoting.has(key) ? { ...parent, by: 'quote' } : parent);
  return { ...again, parents };
}

/** What threads ask of a message. The page is read again when it is asked for: an archive has more of them than fit into memory. */
export interface Mail {
  member: ThreadMember;
  kind: MessageKind;
  subject: string | undefined;
  /** The key of the message that this one answers, where a page shows a tree of replies. */
  answers?: string;
  page: () => Page | undefined;
}

export function mailOf(key: string, page: Page, again: () => Page | undefined): Mail {
  const { answers } = page.message;
  const shown = answers === undefined ? {} : { answers: keyOf(Number(key.split(':')[0]), answers) };
  return { member: memberOf(key, page), kind: page.kind, subject: page.subject, ...shown, page: again };
}

/** Names a message without Message-ID by its key; no id holds a space. */
function placeOf(key: string): string {
  return `at ${key}`;
}

/** Where a page shows a tree of replies, its messages name those they answer as if they had ids. */
export function joinShownTrees(mails: ReadonlyMap<string, Pick<Mail, 'member' | 'answers'>>): void {
  for (const mail of mails.values()) {
    const parent = mails.get(mail.answers ?? '');
    if (!parent || mail.member.references.length + mail.member.inReplyTo.length > 0) continue;
    nameParent(mail, parent);
  }
}

/** As if the header of a mail named the one that it answers. */
function nameParent(mail: Pick<Mail, 'member'>, parent: Pick<Mail, 'member'>): void {
  const messageId = parent.member.messageId ?? placeOf(parent.member.key);
  parent.member = { ...parent.member, messageId };
  mail.member = { ...mail.member, references: [messageId] };
}

function withoutPlaces(parents: Threads['parents']): Threads['parents'] {
  const known = new Map<string, Parent>();
  for (const [key, { messageId, ...parent }] of parents) {
    const named = messageId !== undefined && !messageId.includes(' ');
    known.set(key, named ? { ...parent, messageId } : parent);
  }
  return known;
}

/** What threading needs to know about a message. */
export function memberOf(key: string, page: Page): ThreadMember {
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
function patchOf({ member, kind, subject }: Mail, parent: string | undefined): Parameters<typeof roundsOf>[0] {
  const place = subject === undefined || !(kind === 'patch' || kind === 'cover') ? undefined : seriesOf(subject, true);
  if (!place) return [];
  const { key, posting } = member;
  return [
    {
      key,
      place,
      ...(parent === undefined ? {} : { parent }),
      ...(posting?.date === undefined ? {} : { date: posting.date }),
    },
  ];
}
