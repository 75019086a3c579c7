import { type Annotation, kindOf, type NoteText, readNote, targetOf } from '../annotation.ts';
import { formatJson, isObject, type Json, member } from '../json.ts';
import { type Reference, referenceOf } from '../reference.ts';

/** Before and behind the note itself in the file, for reading it back; nothing in the JSON can end the comment. */
const OPEN = '<!-- patchgloss:annotation ';
const CLOSE = ' -->';

/**
 * The notes as a text to read and to send: what was quoted, where it stands, what was written and answered. The note itself
 * is in a comment behind it, so that the file can be imported. `base` is the address of an archive, to which Message-IDs are
 * added.
 */
export function toMarkdown(annotations: readonly Annotation[], base: string): string {
  const lines = ['# Notes', ''];
  let above: string | undefined;
  for (const annotation of annotations) {
    const reference = referenceOf(annotation);
    const heading = headingOf(annotation, reference, base);
    if (heading !== above) lines.push(heading, '');
    above = heading;
    lines.push(...noteLines(annotation, reference), '');
  }
  return lines.join('\n');
}

function headingOf(annotation: Annotation, { messageId, path }: Reference, base: string): string {
  const target = targetOf(annotation);
  const subject = target !== undefined && isObject(target) ? member(target, 'patchgloss:subject') : undefined;
  const name = inLine(typeof subject === 'string' ? subject : (messageId ?? path ?? 'A message'));
  if (messageId === undefined) return `## ${name}`;
  return `## ${name}\n\n<${base}${encodeURIComponent(messageId).replaceAll('%40', '@')}/>`;
}

function noteLines(annotation: Annotation, { quote }: Reference): string[] {
  const note = readNote(annotation);
  const [first, ...further] = note.texts;
  const title = [kindOf(annotation), note.status === 'resolved' ? 'resolved' : undefined, said(note)];
  const tags = note.tags.map((tag) => `\`${tag.replaceAll('`', "'").replace(/\s+/g, ' ')}\``);
  return [
    `### ${title.filter((one) => one !== undefined).join(', ')}`,
    '',
    ...(quote === undefined ? [] : [...fenced(quote.exact), '']),
    first?.value ?? '',
    ...(tags.length === 0 ? [] : ['', `Tags: ${tags.join(', ')}`]),
    ...[...further, ...note.replies].flatMap((reply) => ['', ...replyLines(reply)]),
    '',
    `${OPEN}${formatJson(annotation).replace(/\n\s*/g, ' ').replaceAll('-', '\\u002d')}${CLOSE}`,
  ];
}

function said({ creator, created }: Pick<NoteText, 'creator' | 'created'>): string | undefined {
  const parts = [creator === undefined ? undefined : inLine(creator), created?.slice(0, 10)];
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join(', ');
}

function replyLines(reply: NoteText): string[] {
  return [`> **${said(reply) ?? 'Reply'}**`, '>', ...reply.value.split('\n').map((line) => `> ${line}`.trimEnd())];
}

/** Words of a mail are a stranger's: they stand in a fence that none of their lines can close. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...text.split(/\r?\n/), fence];
}

/** On one line, and no Markdown. */
function inLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#&|~]/g, '\\$&');
}

/** The entries that the comments of such a text hold; a comment that is no JSON is passed over and counted. */
export function fromMarkdown(text: string): { entries: Json[]; damaged: number } {
  const entries: Json[] = [];
  let damaged = 0;
  for (let at = text.indexOf(OPEN); at !== -1; at = text.indexOf(OPEN, at + 1)) {
    const end = text.indexOf(CLOSE, at);
    try {
      entries.push(JSON.parse(text.slice(at + OPEN.length, end === -1 ? undefined : end)));
    } catch {
      damaged++;
    }
  }
  return { entries, damaged };
}
