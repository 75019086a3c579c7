import type { FieldCut } from '../message-cut.ts';
import { core, linesWith, namedField, type PageLine, pageLines } from './page.ts';

/** The header of a message on a page of public-inbox, as a browser saved it. */
export interface LoreHeader {
  fields: readonly FieldCut[];
  bodyStart: number;
  indent: number;
  /** No empty line stands behind it, or its folded lines are not set in: the page lost white space. */
  stripped: boolean;
}

const FIELD = /^(From|To|Cc|Subject|Date|Message-ID|X-Alt-Message-ID|In-Reply-To|References): ?/;
/** What the page adds behind the values of these fields. */
const OVERVIEW = /\s{1,20}(?:\[\d{1,4}\])?\[(?:\[\d{1,4}\])?thread overview\b.{0,300}$/;
const RAW = /\s{1,20}\((?:\[\d{1,4}\])?raw\b.{0,300}$/;
const ADDED: Readonly<Record<string, RegExp>> = { Subject: OVERVIEW, Date: OVERVIEW, 'Message-ID': RAW };
/** What the page says above a message. */
const SITE = /\bhelp \/ color \/ mirror\b/;
/** The lines of a site above a message. */
const MOST_ABOVE = 20;
const MOST_LINES = 2000;

/**
 * Reads a header that public-inbox shows; nothing where the text does not begin with one. The words that the page adds behind the date and
 * the Message-ID tell it from other mail.
 *
 *     From: Ada Example <ada@example.org>
 *     Date: Mon, 3 Jul 2023 10:00:00 +0200	[thread overview]
 *     Message-ID: <20230703.1@example.org> (raw)
 */
export function loreHeader(text: string): LoreHeader | undefined {
  const reading = new HeaderReading(text);
  for (const line of pageLines(text, 0, text.length, MOST_LINES)) if (!reading.take(line)) break;
  return reading.finish();
}

class HeaderReading {
  #text: string;
  #fields: FieldCut[] = [];
  #seen = new Set<string>();
  #above = 0;
  #indent = 0;
  #told = false;
  #stripped = false;
  #bodyStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes a line; false where the header ends. */
  take(line: PageLine): boolean {
    this.#bodyStart = line.start;
    const last = this.#fields.at(-1);
    const name = line.bullet ? undefined : FIELD.exec(line.says)?.[1];
    if (!last) {
      if (name !== undefined) this.#begin(line, name);
      else if (line.says !== '') this.#above++;
      this.#told ||= SITE.test(line.says);
      return this.#above <= MOST_ABOVE;
    }
    if (line.says === '') {
      this.#bodyStart = line.next;
      return false;
    }
    if (line.indent > this.#indent) this.#fold(line, last);
    else if (name !== undefined && this.#mayFollow(name)) this.#add(line, name);
    else return this.#unmarked(line, last);
    return true;
  }

  finish(): LoreHeader | undefined {
    if (!this.#told || this.#fields.length === 0) return undefined;
    return { fields: this.#fields, bodyStart: this.#bodyStart, indent: this.#indent, stripped: this.#stripped };
  }

  #begin(line: PageLine, name: string): void {
    this.#indent = line.indent;
    this.#add(line, name);
  }

  #add(line: PageLine, name: string): void {
    const { start, end } = line;
    const written = this.#text.slice(start, Math.min(end, start + 2000));
    const added = ADDED[name]?.exec(written);
    this.#told ||= added != null;
    this.#fields.push(namedField(this.#text, name, { start, end: added ? start + added.index : end }));
    this.#seen.add(name);
    this.#bodyStart = line.next;
  }

  /** A field that comes twice belongs to the text, as does everything but ids behind the Message-ID. */
  #mayFollow(name: string): boolean {
    const isId = /-ID$|^In-Reply-To$|^References$/.test(name);
    return isId || (!this.#seen.has(name) && !this.#seen.has('Message-ID'));
  }

  #fold(line: PageLine, last: FieldCut): void {
    last.end = core(this.#text, line).end;
    this.#bodyStart = line.next;
  }

  /** A line that is neither field nor set in: a folded one that lost its white space, or the text. */
  #unmarked(line: PageLine, last: FieldCut): boolean {
    this.#stripped = true;
    if (!this.#isFolded(line, last)) return false;
    this.#fold(line, last);
    return true;
  }

  #isFolded({ says }: PageLine, last: FieldCut): boolean {
    if (this.#seen.has('Message-ID')) return /^<\S{1,900}>?$/.test(says);
    return last.name === 'Subject' || says.includes('@') || this.#text.charAt(last.end - 1) === ',';
  }
}

/** Where the lines begin that the page puts under a message: the line with `other threads:`. */
export function loreFooter(text: string, from: number): number | undefined {
  let at = text.length;
  for (let count = 0; count < 5; count++) {
    at = text.lastIndexOf('other threads:', at - 1);
    if (at < from) return undefined;
    const start = text.lastIndexOf('\n', at) + 1;
    if (FOOTER.test(text.slice(start, at)) && start >= from) return start;
  }
  return undefined;
}

const FOOTER =
  /^\s{0,12}(?:(?:\[\d{1,4}\])?(?:next|prev|parent|reply|end of thread,|only message in thread,)\s{1,12}){0,6}$/;

/** Attachments as the page shows them: lines of its own between the parts of the text. */
export function attachmentMarks(text: string, from: number, to: number): { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = [];
  for (const line of linesWith(text, '[-- ', from, to)) {
    if (!MARK.test(line.says)) continue;
    const { end } = core(text, line);
    const last = marks.at(-1);
    if (last && text.slice(last.end, line.start).trim() === '') last.end = end;
    else marks.push({ start: line.start, end });
  }
  return marks;
}

const MARK =
  /^\s{0,8}(?:\[\d{1,4}\])?\[-- (?:(?:Attachment #[\d.]{1,20}: )?.{0,300}|Warning: decoded text.{0,80}) --\]$/;
