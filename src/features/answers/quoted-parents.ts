import type { ThreadMember } from '#archive';
import type { Page } from '../reading.ts';

/** What is asked of a mail; its page may be read again each time. */
interface Mail {
  member: ThreadMember;
  page: () => Page | undefined;
}

/** So many words in a row are said again by chance seldom. */
const PASSAGE = 6;
/** What several mails say in the same words tells nothing. */
const SEVERAL = '';

/**
 * What mails that name no message, and found no parent by their subject, answer: the one mail that said the passages which they quote themselves (at depth one). Both by their keys.
 * Nothing where passages of two mails are quoted, or only such as several mails say. Where there is no such mail no other one is read. Linear in the words.
 */
export function parentsByQuotes(
  mails: ReadonlyMap<string, Mail>,
  hasParent: (key: string) => boolean,
): ReadonlyMap<string, string> {
  const passages = new Map<string, readonly string[]>();
  for (const [key, { member, page }] of mails) {
    if (member.references.length + member.inReplyTo.length > 0 || hasParent(key)) continue;
    const read = page();
    const quoted = read ? [...passagesOf(read, 1)] : [];
    if (quoted.length > 0) passages.set(key, quoted);
  }
  const parents = new Map<string, string>();
  if (passages.size === 0 || mails.size < 2) return parents;
  const speakers = speakersOf(new Set([...passages.values()].flat()), mails);
  for (const [key, quoted] of passages) {
    const said = new Set(quoted.map((passage) => speakers.get(passage)).filter((one) => one !== undefined));
    said.delete(SEVERAL);
    const [only, ...others] = said;
    if (only !== undefined && others.length === 0 && mayAnswer(mails.get(key), mails.get(only))) parents.set(key, only);
  }
  return parents;
}

/** Who said each of the passages: the key of a mail. */
function speakersOf(wanted: ReadonlySet<string>, mails: ReadonlyMap<string, Mail>): ReadonlyMap<string, string> {
  const speakers = new Map<string, string>();
  for (const [key, { member, page }] of mails) {
    const read = page();
    if (!read) continue;
    for (const passage of passagesOf(read, 0)) {
      if (!wanted.has(passage)) continue;
      const known = speakers.get(passage) ?? key;
      // One message on two lists is one.
      const same = known === key || (known !== SEVERAL && mails.get(known)?.member.messageId === member.messageId);
      const isOne = same && (known === key || member.messageId !== undefined);
      speakers.set(passage, isOne ? known : SEVERAL);
    }
  }
  return speakers;
}

/** All runs of words of the lines of one depth, over the ends of lines that follow each other. */
function* passagesOf({ body, message: { text } }: Page, depth: number): Generator<string> {
  let words: string[] = [];
  for (const line of body.lines) {
    if (line.depth !== depth || line.kind === 'attribution' || line.kind === 'signature') {
      words = [];
      continue;
    }
    for (const word of text.slice(line.own, line.end).split(/\s+/)) {
      if (word === '') continue;
      words.push(word);
      if (words.length > PASSAGE) words.shift();
      if (words.length === PASSAGE) yield words.join(' ');
    }
  }
}

function mayAnswer(answer: Mail | undefined, original: Mail | undefined): boolean {
  if (answer === original) return false;
  const [later, earlier] = [answer?.member.posting?.date, original?.member.posting?.date];
  return later === undefined || earlier === undefined || later >= earlier;
}
