/** A piece of HTML. Text goes up to the next tag; comments and what they resemble are `comment`. */
export interface HtmlToken {
  kind: 'text' | 'open' | 'close' | 'comment' | 'verbatim';
  /** Of a tag, in small letters. */
  name: string;
  start: number;
  end: number;
}

/** Elements whose content is not text of the page. */
const DROPPED: ReadonlySet<string> = new Set(['script', 'style', 'title', 'iframe', 'noembed', 'noframes']);

const LESS = '<';
const NAME = /[A-Za-z][^\s/>]{0,60}/y;

/**
 * Parts HTML into tokens, in order and without gaps but for dropped elements. Linear for any input: a search that found nothing is never made again.
 * What is opened and never closed (comment, script, quoted attribute) hides nothing behind it.
 */
export class HtmlTokens {
  #html: string;
  #at = 0;
  #lastEnd: number;
  #quotes = true;
  #missing = new Set<string>();

  constructor(html: string) {
    this.#html = html;
    this.#lastEnd = html.lastIndexOf('>');
  }

  next(): HtmlToken | undefined {
    const start = this.#at;
    if (start >= this.#html.length) return undefined;
    const markup = this.#markup(start);
    if (markup) {
      this.#at = markup.end;
      if (markup.kind === 'open' && DROPPED.has(markup.name)) this.#at = this.#behindElement(markup);
      return markup;
    }
    let end = this.#html.indexOf(LESS, start + 1);
    while (end !== -1 && !this.#opens(end)) end = this.#html.indexOf(LESS, end + 1);
    this.#at = end === -1 ? this.#html.length : end;
    return { kind: 'text', name: '', start, end: this.#at };
  }

  /** Whether a tag or a comment may begin at a `<`. Behind the last `>` of the text nothing does. */
  #opens(at: number): boolean {
    return at < this.#lastEnd && /[A-Za-z/!?]/.test(this.#html.charAt(at + 1));
  }

  #markup(start: number): HtmlToken | undefined {
    const html = this.#html;
    if (html.charAt(start) !== LESS || !this.#opens(start)) return undefined;
    const close = html.charAt(start + 1) === '/';
    NAME.lastIndex = start + (close ? 2 : 1);
    const name = NAME.exec(html)?.[0].toLowerCase();
    if (name !== undefined) return { kind: close ? 'close' : 'open', name, start, end: this.#tagEnd(NAME.lastIndex) };
    if (html.startsWith('<!--', start)) return this.#until('-->', start, 'comment', start + 2);
    if (html.startsWith('<![CDATA[', start)) return this.#until(']]>', start, 'verbatim', start + 9);
    return { kind: 'comment', name: '', start, end: html.indexOf('>', start) + 1 };
  }

  /** What ends at `mark`, or at the next `>` where the mark does not come any more. */
  #until(mark: string, start: number, kind: 'comment' | 'verbatim', from: number): HtmlToken {
    const end = this.#find(mark, from);
    if (end !== -1) return { kind, name: '', start, end: end + mark.length };
    return { kind: 'comment', name: '', start, end: this.#html.indexOf('>', start) + 1 };
  }

  #find(mark: string, from: number): number {
    if (this.#missing.has(mark)) return -1;
    const found = this.#html.indexOf(mark, from);
    if (found === -1) this.#missing.add(mark);
    return found;
  }

  /** A `>` in a quoted value ends no tag. When a tag has no end by that rule, no later one has: then the first `>` ends each. */
  #tagEnd(from: number): number {
    const html = this.#html;
    const first = html.indexOf('>', from) + 1;
    let value = false;
    for (let at = from; this.#quotes && at < html.length; at++) {
      const sign = html.charAt(at);
      if (sign === '>') return at + 1;
      if (value && (sign === '"' || sign === "'")) {
        const end = html.indexOf(sign, at + 1);
        if (end === -1) break;
        at = end;
        value = false;
      } else if (!isSpace(sign)) value = sign === '=';
    }
    this.#quotes = false;
    return first;
  }

  /** Behind the end tag of an element that is dropped; where it has none, the element is empty. */
  #behindElement({ name, end }: HtmlToken): number {
    if (this.#missing.has(name)) return end;
    const closing = new RegExp(`</${name}(?=[\\s/>])[^>]{0,1000}>?`, 'gi');
    closing.lastIndex = end;
    if (closing.exec(this.#html)) return closing.lastIndex;
    this.#missing.add(name);
    return end;
  }
}

function isSpace(sign: string): boolean {
  return sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r' || sign === '\f';
}

/** The value of an attribute of the tag [start, end), as it is written; absent when it has none. Looks at 4000 units at most. */
export function attributeOf(html: string, tag: HtmlToken, wanted: string): string | undefined {
  const end = Math.min(tag.end - 1, tag.start + 4000);
  for (let at = tag.start + 1 + tag.name.length; at < end; ) {
    const nameEnd = skip(html, at, end, (sign) => !isSpace(sign) && sign !== '=' && sign !== '/');
    const name = html.slice(at, nameEnd).toLowerCase();
    at = skip(html, nameEnd, end, isSpace);
    if (html.charAt(at) !== '=') {
      at = Math.max(at, nameEnd + 1);
      continue;
    }
    at = skip(html, at + 1, end, isSpace);
    const quote = html.charAt(at);
    const quoted = quote === '"' || quote === "'";
    const from = quoted ? at + 1 : at;
    const to = skip(html, from, end, (sign) => (quoted ? sign !== quote : !isSpace(sign)));
    if (name === wanted) return html.slice(from, to);
    at = to + 1;
  }
  return undefined;
}

function skip(html: string, from: number, end: number, over: (sign: string) => boolean): number {
  let at = from;
  while (at < end && over(html.charAt(at))) at++;
  return at;
}
