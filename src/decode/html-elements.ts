import { attributeOf, type HtmlToken } from './html-tokens.ts';

/** How many line ends an element asks for before and behind it: 2 make an empty line. */
const BREAKS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form header html li main menu nav option pre section summary table tbody tfoot thead tr'
    .split(' ')
    .map((name): [string, number] => [name, 1]),
  ...'h1 h2 h3 h4 h5 h6 ol p ul'.split(' ').map((name): [string, number] => [name, 2]),
]);

/** Elements that have no end tag, and those that say nothing of lines, white space or quotes. */
const NOT_KEPT: ReadonlySet<string> = new Set(
  'area b base basefont bgsound big br code col em embed font frame hr i img input keygen link meta param s small source strike strong sub sup track tt u var wbr'.split(
    ' ',
  ),
);

const MOST_QUOTES = 64;
const MOST_LISTS = 16;
/** How far down an end tag looks for what it ends. */
const FAR = 64;

interface Element {
  name: string;
  preformatted: boolean;
  /** Of a list: the number of its next item, or 0 where items have none. */
  next?: number;
}

/** The elements that are open at a place, as far as they say how text is written: quotes, lists, `<pre>`. */
export class HtmlElements {
  #open: Element[] = [];
  #lists: Element[] = [];
  #quotes = 0;
  #outside: boolean;
  #passed = -1;

  /** @param preformatted whether white space counts outside of all elements */
  constructor(preformatted: boolean) {
    this.#outside = preformatted;
  }

  static breaks(name: string): number {
    return Object.hasOwn(BREAKS, name) ? (BREAKS[name] ?? 0) : 0;
  }

  /** Depth of quotes, at most 64. */
  get depth(): number {
    return Math.min(this.#quotes, MOST_QUOTES);
  }

  get preformatted(): boolean {
    return this.#open.at(-1)?.preformatted ?? this.#outside;
  }

  /** Opens an element. Returns the mark of a list item. */
  open(tag: HtmlToken, html: string): string | undefined {
    const { name } = tag;
    if (NOT_KEPT.has(name)) return undefined;
    if (name === 'p' || name === 'li') this.close(name, 1);
    const element: Element = { name, preformatted: this.#countsSpace(tag, html) };
    this.#open.push(element);
    if (name === 'blockquote') this.#quotes++;
    if (name === 'ul' || name === 'ol') {
      element.next = name === 'ol' ? 1 : 0;
      this.#lists.push(element);
    }
    return name === 'li' ? this.#bullet() : undefined;
  }

  /** Closes the nearest element of a name and all in it, if it is open at most `far` elements down; a quote closes whatever stands in it. */
  close(name: string, far = FAR): void {
    const quote = name === 'blockquote';
    if (quote && this.#quotes === 0) return;
    const lowest = quote ? 0 : Math.max(0, this.#open.length - far);
    for (let at = this.#open.length - 1; at >= lowest; at--) {
      const found = this.#open[at]?.name;
      if (found === name) {
        while (this.#open.length > at) this.#pop();
        return;
      }
      if (found === 'blockquote') return;
    }
  }

  #pop(): void {
    const element = this.#open.pop();
    if (element?.name === 'blockquote') this.#quotes--;
    if (element !== undefined && element === this.#lists.at(-1)) this.#lists.pop();
  }

  #bullet(): string {
    const list = this.#lists.at(-1);
    const indent = '  '.repeat(Math.min(Math.max(this.#lists.length - 1, 0), MOST_LISTS));
    return list?.next ? `${indent}${list.next++}. ` : `${indent}- `;
  }

  #countsSpace(tag: HtmlToken, html: string): boolean {
    if (tag.name === 'pre' || tag.name === 'xmp' || tag.name === 'listing' || tag.name === 'plaintext') return true;
    const style = tag.end - tag.start > 20 ? attributeOf(html, tag, 'style') : undefined;
    const space = style && /white-space\s{0,9}:\s{0,9}(pre|normal|nowrap)/i.exec(style)?.[1];
    return space ? space.toLowerCase() === 'pre' : this.preformatted;
  }

  /** The line end straight behind `<pre>` is no text: remembers where it would stand. */
  passLineEnd(html: string, at: number): void {
    this.#passed = html.charAt(at) === '\n' || html.startsWith('\r\n', at) ? at : -1;
  }

  passes(at: number): boolean {
    return at === this.#passed;
  }
}
