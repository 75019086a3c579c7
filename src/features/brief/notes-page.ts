import type { NoteText } from '#annotations';
import { ourGlossary } from '../packs.ts';
import type { BriefNote, BriefNotes, FaintNote, UnplacedNote } from './brief-notes.ts';
import { escaped } from './escaped.ts';
import { noteHtml } from './note-html.ts';
import { noteTree } from './note-tree.ts';
import { faintWords, noteHead, noteName, othersWords, saidBy, whyUnplaced } from './note-words.ts';

/** The notes of a reader as parts of a page. Terms that they lead to are added to those that the page explains. */
export class NotesPage {
  readonly #notes: BriefNotes;
  readonly #hasTerm: (concept: string) => boolean;

  constructor(notes: BriefNotes, terms: Set<string>) {
    this.#notes = notes;
    this.#hasTerm = (concept) => ourGlossary().byId.has(concept) && terms.add(concept).has(concept);
  }

  /** The notes about a whole mail. */
  whole(key: string): string {
    const notes = this.#notes.placed.get(key) ?? [];
    return notes.map((one) => (one.place === undefined ? this.#aside(one) : '')).join('');
  }

  /** What goes under the lines of a mail, by their numbers from 1. */
  beside(key: string): Map<number, string> {
    const under = new Map<number, string>();
    const add = (line: number, html: string) => under.set(line, (under.get(line) ?? '') + html);
    for (const one of this.#notes.placed.get(key) ?? []) if (one.place) add(one.place.endLine, this.#aside(one));
    for (const one of this.#notes.faint.get(key) ?? []) add(one.line, faintLine(one));
    return under;
  }

  unplaced(): string {
    const { unplaced, others } = this.#notes;
    const more = othersWords(others);
    const rest = more === '' ? '' : `<p>${escaped(more)}</p>\n`;
    if (unplaced.length === 0) return rest;
    return `<section>\n<h1>Notes without a place</h1>\n${unplaced.map((one) => this.#lost(one)).join('')}${rest}</section>\n`;
  }

  #aside({ number, note, quote, remark }: BriefNote): string {
    const said = remark === undefined ? '' : `<p><em>${escaped(remark)}</em></p>`;
    return `<aside class="${note.kind}" id="n${number}">${headHtml(noteHead(note), note.tags)}${said}${quoteHtml(quote)}${this.#texts(note.texts, note.replies)}</aside>\n`;
  }

  #lost(one: UnplacedNote): string {
    const { note, quote, candidates } = one;
    const places = candidates.map(
      ({ key, line }) => `<li><a href="#m${escaped(key)}">${escaped(`${key}, line ${line}`)}</a></li>`,
    );
    const list = places.length === 0 ? '' : `<ul>${places.join('')}</ul>`;
    return `<aside class="${note.kind}">${headHtml(noteHead(note), note.tags)}<p>${escaped(whyUnplaced(one))}</p>${list}${quoteHtml(quote)}${this.#texts(note.texts, note.replies)}</aside>\n`;
  }

  #texts(texts: readonly NoteText[], replies: readonly NoteText[]): string {
    const answers = replies.map((reply) => {
      const said = saidBy(reply);
      const head = `<p class="head"><b>Answer</b>${said === '' ? '' : escaped(` ${said}`)}</p>`;
      return `<div class="answer">${head}${noteHtml(noteTree(reply.value), this.#hasTerm)}</div>`;
    });
    return texts.map(({ value }) => noteHtml(noteTree(value), this.#hasTerm)).join('') + answers.join('');
  }
}

function headHtml(head: string, tags: readonly string[]): string {
  const [kind = '', ...rest] = head.split(', ');
  const more = rest.length === 0 ? '' : `, ${rest.join(', ')}`;
  const marks = tags.map((tag) => ` <span class="tag">${escaped(tag)}</span>`).join('');
  return `<p class="head"><b>${escaped(kind)}</b>${escaped(more)}${marks}</p>`;
}

/** Words of the mail, line by line. */
function quoteHtml(quote: string): string {
  const lines = quote.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? '' : `<blockquote class="words">${lines.map(escaped).join('<br>')}</blockquote>`;
}

function faintLine(one: FaintNote): string {
  const { number, note } = one.of;
  return `<p class="faint">${escaped(faintWords(one))}: <a href="#n${number}">${escaped(noteName(note))}</a></p>\n`;
}
