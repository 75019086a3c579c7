import type { BlockContent, List, ListItem, Paragraph } from 'mdast';
import type { NoteText } from '#annotations';
import { say } from '../markdown.ts';
import type { BriefNote, FaintNote, UnplacedNote } from './brief-notes.ts';
import { noteTree } from './note-tree.ts';
import { faintWords, noteHead, noteName, saidBy, whyUnplaced } from './note-words.ts';

/** ` in thread.mbox, line 12`, as the brief names places. */
export type PlaceName = (key: string, line: number) => string;

/** The notes of one mail, in the order of its lines, and those that show there faintly. */
export function notesList(notes: readonly BriefNote[], faint: readonly FaintNote[], name: PlaceName): List {
  const items = [
    ...notes.map((one) => ({ line: one.place?.line ?? 0, item: noteItem(one, name) })),
    ...faint.map((one) => ({ line: one.line, item: faintItem(one) })),
  ];
  return list(items.sort((one, other) => one.line - other.line).map(({ item }) => item));
}

function noteItem({ note, place, quote, remark }: BriefNote, name: PlaceName): ListItem {
  const where = place === undefined ? 'about the whole mail' : name(place.key, place.line);
  const head = say.paragraph(
    say.strong(noteHead(note)),
    say.text(`, ${where}`),
    ...tagWords(note.tags),
    ...(remark === undefined ? [] : [say.text('. '), say.quiet(remark)]),
  );
  return item([head, ...quoted(quote), ...textBlocks(note.texts), ...replyBlocks(note.replies)]);
}

function faintItem(one: FaintNote): ListItem {
  return item([say.paragraph(say.quiet(faintWords(one)), say.text(`: ${noteName(one.of.note)}`))]);
}

/** Notes without a place, each with the reason and the places that it may have. */
export function unplacedList(notes: readonly UnplacedNote[], name: PlaceName): List {
  return list(
    notes.map((one) => {
      const { note, quote, candidates } = one;
      const head = say.paragraph(say.strong(noteHead(note)), say.text(`. ${whyUnplaced(one)}`), ...tagWords(note.tags));
      const places = candidates.map(({ key, line }) => item([say.paragraph(say.mail(name(key, line)))]));
      return item([
        head,
        ...(places.length === 0 ? [] : [list(places)]),
        ...quoted(quote),
        ...textBlocks(note.texts),
        ...replyBlocks(note.replies),
      ]);
    }),
  );
}

/** Words of the mail, line by line. */
function quoted(quote: string): BlockContent[] {
  const lines = quote.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return [];
  const children = lines.flatMap((line, at): Paragraph['children'] => [
    ...(at === 0 ? [] : [{ type: 'break' } as const]),
    say.mail(line),
  ]);
  return [{ type: 'blockquote', children: [{ type: 'paragraph', children }] }];
}

function textBlocks(texts: readonly NoteText[]): BlockContent[] {
  return texts.flatMap(({ value }) => noteTree(value));
}

function replyBlocks(replies: readonly NoteText[]): BlockContent[] {
  if (replies.length === 0) return [];
  const items = replies.map((reply) => {
    const said = saidBy(reply);
    return item([say.paragraph(say.text(said === '' ? 'Answer' : `Answer ${said}`)), ...noteTree(reply.value)]);
  });
  return [list(items)];
}

function tagWords(tags: readonly string[]): Paragraph['children'] {
  if (tags.length === 0) return [];
  return [say.text(', tagged '), ...tags.flatMap((tag, at) => [...(at === 0 ? [] : [say.text(', ')]), say.mail(tag)])];
}

function item(children: BlockContent[]): ListItem {
  return { type: 'listItem', spread: children.length > 1, children };
}

function list(children: ListItem[]): List {
  return { type: 'list', ordered: false, spread: children.some(({ spread }) => spread === true), children };
}
