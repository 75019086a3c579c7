import type { Span } from '#mailast';
import { entityAt } from './entities.ts';
import { HtmlElements } from './html-elements.ts';
import { attributeOf, type HtmlToken, HtmlTokens } from './html-tokens.ts';
import type { Rewriting } from './rewriting.ts';

export interface HtmlOptions {
  /** The text begins inside a `<pre>`: white space counts. */
  preformatted?: boolean;
  /** The text is the value of a field: it has no line end behind it. */
  field?: boolean;
  /** Whether the address of a link is shown behind its text, where the text is another. */
  addresses?: boolean;
}

/**
 * Reads HTML as a text of lines, as mail would have it: `<blockquote>` as `> `, lists with their marks, `<pre>` as it is. Nothing is
 * rendered, fetched or run; scripts and styles are left out, what cannot be read stays. Linear for any input.
 */
export function htmlText(html: string, into: Rewriting, options: HtmlOptions = {}): void {
  new HtmlReader(html, into, options).run();
}

const RULE = '-'.repeat(40);
/** Written for white space that stays; a text of lines has no other use for it. */
const NO_BREAK = '\u00a0';
const MOST_LINK_UNITS = 2000;

class HtmlReader {
  #html: string;
  #into: Rewriting;
  #addresses: boolean;
  #field: boolean;
  #elements: HtmlElements;
  /** The units of this line that are no marks; three tell whether it is `--`. */
  #line = '';
  /** Line ends that stand before the next character, and the tag or line end that asks for them. */
  #ends = 0;
  #place: Span = { start: 0, end: 0 };
  #begun = false;
  /** White space that is one space if text follows on the line. */
  #space: Span | undefined;
  /** What stands before the first text of a list item. */
  #bullet: string | undefined;
  #lineDepth = 0;
  /** Up to here the source is written. */
  #done = 0;
  #link: { href: string; text: string } | undefined;

  constructor(html: string, into: Rewriting, { preformatted, addresses, field }: HtmlOptions) {
    this.#html = html;
    this.#into = into;
    this.#addresses = addresses ?? false;
    this.#field = field ?? false;
    this.#elements = new HtmlElements(preformatted ?? false);
  }

  run(): void {
    const tokens = new HtmlTokens(this.#html);
    for (let token = tokens.next(); token; token = tokens.next()) {
      if (token.kind === 'text') this.#text(token.start, token.end, true);
      else if (token.kind === 'verbatim') this.#text(token.start + 9, token.end - 3, false);
      else if (token.kind !== 'comment') this.#tag(token);
    }
    this.#signatureSpace();
    const { length } = this.#html;
    if (this.#begun && !this.#field && this.#done < length) this.#into.put('\n', this.#done, length);
  }

  #tag(tag: HtmlToken): void {
    const open = tag.kind === 'open';
    const breaks = HtmlElements.breaks(tag.name);
    if (breaks > 0) this.#end(breaks, tag);
    if (tag.name === 'br') this.#lineEnd(tag);
    else if (tag.name === 'hr' && open) this.#rule(tag);
    else if (tag.name === 'img' && open) this.#picture(tag);
    else if (tag.name === 'a') this.#anchor(tag, open);
    else if (tag.name === 'td' || tag.name === 'th') this.#space ??= tag;
    if (tag.name === 'li') this.#bullet = undefined;
    if (open) this.#bullet = this.#elements.open(tag, this.#html) ?? this.#bullet;
    else this.#elements.close(tag.name);
    if (open && tag.name === 'pre') this.#elements.passLineEnd(this.#html, tag.end);
  }

  /** At least `count` line ends stand before what follows, if anything stands before it. */
  #end(count: number, place: Span): void {
    this.#signatureSpace();
    this.#space = undefined;
    if (this.#begun && this.#ends >= count) return;
    this.#place = place;
    if (this.#begun) this.#ends = count;
  }

  #lineEnd(place: Span): void {
    this.#signatureSpace();
    this.#space = undefined;
    this.#place = place;
    if (this.#begun) this.#ends++;
  }

  /** The space of a signature separator (`-- `) is the one that counts at the end of a line. */
  #signatureSpace(): void {
    if (this.#line === '--' && this.#ends === 0 && this.#space) this.#written(' ', this.#space.start, this.#space.end);
    if (this.#ends === 0) this.#line = '';
  }

  /** The last two units of the tag stand for the line end behind the rule. */
  #rule(tag: Span): void {
    const behind = tag.end - 2;
    const apart = !this.#begun || this.#ends > 0;
    if (apart) this.#begin();
    else this.#ends = 1;
    this.#written((apart ? '' : this.#lineStart()) + RULE, tag.start, behind);
    this.#end(1, { start: behind, end: tag.end });
  }

  #picture(tag: HtmlToken): void {
    const words = attributeOf(this.#html, tag, 'alt')?.trim() ?? '';
    if (words === '') return;
    this.#begin();
    this.#put(`[${words}]`, tag);
  }

  #anchor(tag: HtmlToken, open: boolean): void {
    const link = this.#link;
    this.#link = undefined;
    if (open) {
      const href = this.#addresses ? plain(attributeOf(this.#html, tag, 'href') ?? '') : '';
      if (/^https?:\/\//i.test(href) && href.length < MOST_LINK_UNITS) this.#link = { href, text: '' };
    } else if (link && link.text.trim() !== '' && !sameAddress(link.text.trim(), link.href)) {
      this.#begin();
      this.#written(` <${link.href}>`, tag.start, tag.end);
    }
  }

  #text(start: number, end: number, references: boolean): void {
    for (let at = start; at < end; ) {
      const sign = this.#html.charAt(at);
      const entity = references && sign === '&' ? entityAt(this.#html, at) : undefined;
      if (isSpace(sign)) at = this.#elements.preformatted ? this.#keptSpace(at, end) : this.#collapsed(at, end);
      else if (entity) {
        this.#begin();
        this.#put(entity.text === NO_BREAK ? ' ' : entity.text, { start: at, end: entity.end });
        at = entity.end;
      } else if (sign === NO_BREAK) {
        this.#begin();
        this.#put(' ', { start: at, end: ++at });
      } else {
        const from = at++;
        while (at < end && !endsRun(this.#html.charAt(at))) at++;
        this.#begin();
        this.#keep(from, at);
      }
    }
  }

  #collapsed(start: number, limit: number): number {
    let end = start;
    while (end < limit && isSpace(this.#html.charAt(end))) end++;
    this.#space ??= { start, end };
    return end;
  }

  /** White space that counts. A line end straight behind `<pre>` is none. */
  #keptSpace(start: number, limit: number): number {
    const sign = this.#html.charAt(start);
    const pair = sign === '\r' && this.#html.charAt(start + 1) === '\n';
    const end = pair ? start + 2 : start + 1;
    if (sign === '\n' || pair) {
      if (!this.#elements.passes(start)) this.#lineEnd({ start, end });
      return Math.min(end, limit);
    }
    let last = start;
    while (last < limit && isSpace(this.#html.charAt(last)) && this.#html.charAt(last) !== '\n') last++;
    if (this.#html.charAt(last) === '\n' && this.#html.charAt(last - 1) === '\r') last--;
    if (last === start) last = start + 1;
    this.#begin();
    this.#keep(start, last);
    return last;
  }

  /** Writes what stands before a character: line ends and quote marks, a list mark, a space. */
  #begin(): void {
    if (!this.#begun || this.#ends > 0) this.#written(this.#lineStart(), this.#place.start, this.#place.end);
    else if (this.#space) this.#put(' ', this.#space);
    this.#space = undefined;
  }

  /** Line ends, and the marks of the line that begins here. */
  #lineStart(): string {
    const { depth } = this.#elements;
    const empty = `${'> '.repeat(Math.min(depth, this.#lineDepth)).trimEnd()}\n`;
    const ends = this.#ends > 0 ? `\n${empty.repeat(this.#ends - 1)}` : '';
    const bullet = this.#bullet ?? '';
    this.#begun = true;
    this.#ends = 0;
    this.#line = '';
    this.#lineDepth = depth;
    this.#bullet = undefined;
    return ends + '> '.repeat(depth) + bullet;
  }

  #written(text: string, start: number, end: number): void {
    this.#into.put(text, start, end);
    this.#done = end;
  }

  #put(text: string, { start, end }: Span): void {
    this.#written(text, start, end);
    this.#remember(text);
  }

  #keep(start: number, end: number): void {
    this.#into.keep(start, end);
    this.#done = end;
    if (this.#line.length < 3 || this.#link) this.#remember(this.#html.slice(start, end));
  }

  #remember(text: string): void {
    if (this.#line.length < 3) this.#line += text;
    if (this.#link && this.#link.text.length < MOST_LINK_UNITS) this.#link.text += text;
  }
}

function isSpace(sign: string): boolean {
  return sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r' || sign === '\f';
}

function endsRun(sign: string): boolean {
  return sign === '&' || sign === NO_BREAK || isSpace(sign);
}

/** An attribute with its character references read. */
function plain(value: string): string {
  return value.replace(/&[#\w]{1,40};?/g, (written) => {
    const entity = entityAt(written, 0);
    return entity === undefined ? written : entity.text + written.slice(entity.end);
  });
}

function sameAddress(text: string, href: string): boolean {
  const bare = (address: string): string => address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return bare(text) === bare(href);
}
