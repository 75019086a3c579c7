import type { Span } from '#mailast';

/** A page as a browser would show its text, with the way back to its HTML. Only to find things in: what is read is the HTML itself. */
export interface Projection {
  text: string;
  /** The HTML that shows as [start, end) of the text. */
  spanOf(start: number, end: number): Span;
  /** Where in the HTML a body that shows from `start` on begins, and whether that is inside a `<pre>`. */
  bodyFrom(start: number): { start: number; inPre: boolean };
}

const LINES = new Set(
  'address article blockquote body center dd div dl dt footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table tbody tr ul'.split(
    ' ',
  ),
);
/** Elements whose text no page shows as its own. */
const HIDDEN = new Set(['script', 'style', 'title', 'textarea', 'select', 'template', 'svg']);
const ENTITY = /&(?:(lt|gt|amp|quot|apos|nbsp|LT|GT|AMP|QUOT)\b;?|#(\d{1,6});?|#[xX]([0-9a-fA-F]{1,5});?)/y;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

interface Pre {
  /** Where it begins: in the text, and its tag in the HTML. */
  from: number;
  tag: number;
  to: number;
}

/** Shows a page. Linear, whatever it holds. */
export function project(html: string): Projection {
  return new Projecting(html).run();
}

class Projecting {
  #html: string;
  #text: string[] = [];
  #places = new Places();
  #pres: Pre[] = [];
  #open: Pre | undefined;
  #atLineStart = true;
  #space = -1;
  /** From here on no tag ends, or no comment does: looked for once. */
  #noTags: number;
  #noComments: number;

  constructor(html: string) {
    this.#html = html;
    this.#noTags = html.lastIndexOf('>');
    this.#noComments = html.lastIndexOf('-->');
  }

  run(): Projection {
    const html = this.#html;
    for (let at = 0; at < html.length && at < MOST; ) {
      const sign = html.charAt(at);
      at = sign === '<' ? this.#markup(at) : this.#character(at, sign);
    }
    if (this.#open) this.#open.to = this.#text.length;
    return new Shown(this.#text.join(''), this.#places, this.#pres, html.length);
  }

  #markup(at: number): number {
    const html = this.#html;
    if (html.startsWith('<!--', at) && at < this.#noComments) return html.indexOf('-->', at) + 3;
    if (!/[A-Za-z/!?]/.test(html.charAt(at + 1)) || at >= this.#noTags) return this.#character(at, '<');
    const end = this.#tagEnd(at);
    const name = /^<\/?([A-Za-z][A-Za-z0-9]{0,20})/.exec(html.slice(at, at + 24))?.[1]?.toLowerCase() ?? '';
    const closes = html.charAt(at + 1) === '/';
    if (HIDDEN.has(name) && !closes) return this.#behindHidden(name, end);
    if (name === 'br' || name === 'hr') this.#put('\n', at, end);
    else if (LINES.has(name)) this.#lineEnd(at);
    else if (name === 'td' || name === 'th') this.#space = at;
    if (name === 'li' && !closes) this.#bullet(at, end);
    if (name === 'pre') this.#pre(at, closes);
    return end;
  }

  /** Behind the `>` that ends the tag; one in an attribute between quotes does not. */
  #tagEnd(at: number): number {
    const html = this.#html;
    const far = Math.min(html.length, at + LONGEST_TAG);
    let quote = '';
    for (let next = at + 1; next < far; next++) {
      const sign = html.charAt(next);
      if (quote !== '') quote = sign === quote ? '' : quote;
      else if (sign === '>') return next + 1;
      else if ((sign === '"' || sign === "'") && html.charAt(next - 1) === '=') quote = sign;
    }
    return html.indexOf('>', at) + 1;
  }

  #behindHidden(name: string, from: number): number {
    const close = new RegExp(`</${name}`, 'gi');
    close.lastIndex = from;
    const found = close.exec(this.#html);
    return found ? found.index : this.#html.length;
  }

  #character(at: number, sign: string): number {
    const white = /\s/.test(sign);
    if (white && !this.#open) {
      if (this.#space === -1) this.#space = at;
      return at + 1;
    }
    ENTITY.lastIndex = at;
    const entity = sign === '&' ? ENTITY.exec(this.#html) : null;
    if (this.#space !== -1 && !this.#atLineStart && !this.#open) this.#put(' ', this.#space, at);
    this.#space = -1;
    const end = entity ? at + entity[0].length : at + 1;
    this.#put(entity ? entityText(entity) : sign, at, end);
    return end;
  }

  /** A line ends before this tag, which belongs to what follows. */
  #lineEnd(at: number): void {
    if (!this.#atLineStart) this.#put('\n', at, at);
    this.#space = -1;
  }

  #bullet(at: number, end: number): void {
    this.#put('*', at, end);
    this.#put(' ', end, end);
  }

  #pre(at: number, closes: boolean): void {
    if (this.#open) this.#open.to = this.#text.length;
    this.#open = closes ? undefined : { from: this.#text.length, tag: at, to: this.#text.length };
    if (this.#open) this.#pres.push(this.#open);
  }

  #put(sign: string, start: number, end: number): void {
    this.#text.push(sign);
    this.#places.push(start, end);
    this.#atLineStart = sign === '\n';
    if (sign === '\n') this.#space = -1;
  }
}

const LONGEST_TAG = 20_000;
/** Of a larger page only the beginning is searched; the rest belongs to its last message. */
const MOST = 16_000_000;

/** Where each unit of the text stands in the HTML: eight bytes a unit. */
class Places {
  #at = new Uint32Array(4096);
  #count = 0;

  push(start: number, end: number): void {
    if (this.#count === this.#at.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#at);
      this.#at = larger;
    }
    this.#at[this.#count++] = start;
    this.#at[this.#count++] = end;
  }

  start(unit: number): number | undefined {
    return unit * 2 < this.#count ? this.#at[unit * 2] : undefined;
  }

  end(unit: number): number | undefined {
    return unit * 2 < this.#count ? this.#at[unit * 2 + 1] : undefined;
  }
}

function entityText([, name, decimal, hex]: RegExpExecArray): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? ' ';
  const point = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
  return point === 160 ? ' ' : point < 0x10000 && point > 0 ? String.fromCharCode(point) : '\ufffd';
}

class Shown implements Projection {
  readonly text: string;
  #places: Places;
  #pres: readonly Pre[];
  #length: number;

  constructor(text: string, places: Places, pres: readonly Pre[], length: number) {
    this.text = text;
    this.#places = places;
    this.#pres = pres;
    this.#length = length;
  }

  spanOf(start: number, end: number): Span {
    const from = this.#places.start(start) ?? this.#length;
    if (end >= this.text.length) return { start: from, end: this.#length };
    return { start: from, end: end > start ? Math.max(this.#places.end(end - 1) ?? from, from) : from };
  }

  bodyFrom(start: number): { start: number; inPre: boolean } {
    let first = start;
    while (first < this.text.length && /\s/.test(this.text.charAt(first))) first++;
    const pre = this.#preAt(first);
    if (pre && this.text.slice(pre.from, first).trim() === '') return { start: pre.tag, inPre: false };
    if (pre) return { start: this.#places.start(start) ?? this.#length, inPre: true };
    return { start: start > 0 ? (this.#places.end(start - 1) ?? this.#length) : 0, inPre: false };
  }

  /** The last `<pre>` that begins at or before a unit, when it holds it. */
  #preAt(unit: number): Pre | undefined {
    let low = 0;
    let high = this.#pres.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#pres[middle]?.from ?? 0) <= unit) low = middle + 1;
      else high = middle;
    }
    const pre = this.#pres[low - 1];
    return pre && unit < pre.to ? pre : undefined;
  }
}
