import { decodeOctets } from './charset.ts';
import { chooseCharset } from './charset-choice.ts';
import { headerText } from './header-text.ts';
import { octetsOf } from './octets.ts';
import { ReadableText } from './way.ts';

/** A field such as `Content-Type` or `Content-Disposition`: what stands first, and its parameters by their names in small letters. */
export interface FieldParameters {
  value: string;
  parameters: ReadonlyMap<string, string>;
}

/** One `name=value` as it is written. */
interface Written {
  name: string;
  value: string;
}

/**
 * Reads the value of a field with parameters (RFC 2045, 5.1; RFC 2231), as it is written or unfolded. Comments are passed over, quoted strings and
 * encoded words are read, `name*0*=` pieces are joined. Never fails: what is no parameter is passed over.
 */
export function fieldParameters(written: string): FieldParameters {
  const text = written.replace(/\r?\n/g, '');
  const reader = new ParameterReader(text);
  const value = reader.first();
  const found: Written[] = [];
  for (let one = reader.next(); one; one = reader.next()) found.push(one);
  return { value, parameters: joined(found) };
}

class ParameterReader {
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** All up to the first parameter, without spaces and comments. */
  first(): string {
    let value = '';
    for (this.#skip(); this.#more() && this.#sign() !== ';' && !(value !== '' && this.#isName()); this.#skip()) {
      value += this.#run(/[^\s;(]/);
      if (this.#sign() === '(' && !this.#spaceBefore()) value += this.#take();
    }
    return value;
  }

  next(): Written | undefined {
    while (this.#more()) {
      while (this.#more() && (this.#sign() === ';' || isSpace(this.#sign()))) this.#at++;
      this.#skip();
      const name = this.#run(/[^=;]/).trim();
      if (this.#sign() !== '=') continue;
      this.#at++;
      this.#skip();
      const value = this.#sign() === '"' ? this.#quoted() : this.#bare();
      if (name !== '' && value !== '') return { name, value };
    }
    return undefined;
  }

  #quoted(): string {
    let value = '';
    for (this.#at++; this.#more() && this.#sign() !== '"'; ) {
      if (this.#sign() === '\\') this.#at++;
      value += this.#take();
    }
    this.#at++;
    return value;
  }

  /** A value without quotes may hold spaces, whatever the standard says: it ends where a parameter begins, or a comment. */
  #bare(): string {
    let value = '';
    while (this.#more() && this.#sign() !== ';') {
      value += this.#run(/[^\s;]/);
      const end = this.#at;
      this.#skip();
      if (!this.#more() || this.#sign() === ';' || this.#isName()) break;
      value += this.#text.slice(end, this.#at).includes('(') ? ' ' : this.#text.slice(end, this.#at);
    }
    return value;
  }

  /** Whether `name=` stands here; an encoded word is none. */
  #isName(): boolean {
    NAME.lastIndex = this.#at;
    return NAME.test(this.#text);
  }

  #more(): boolean {
    return this.#at < this.#text.length;
  }

  #sign(): string {
    return this.#text.charAt(this.#at);
  }

  #take(): string {
    return this.#text.charAt(this.#at++);
  }

  #spaceBefore(): boolean {
    return this.#at === 0 || isSpace(this.#text.charAt(this.#at - 1));
  }

  #run(sign: RegExp): string {
    const start = this.#at;
    while (this.#more() && sign.test(this.#sign())) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** Over white space and comments, which may hold comments. A bracket in the middle of a word begins none. */
  #skip(): void {
    while (isSpace(this.#sign())) this.#at++;
    while (this.#sign() === '(' && this.#spaceBefore()) {
      let depth = 0;
      for (; this.#more(); this.#at++) {
        const sign = this.#sign();
        if (sign === '\\') this.#at++;
        else if (sign === '(') depth++;
        else if (sign === ')' && --depth === 0) break;
      }
      this.#at++;
      while (isSpace(this.#sign())) this.#at++;
    }
  }
}

const NAME = /[\w!#$%&'*+.^`|~-]{1,60}\s{0,9}=/y;

/** The same signs that end a word in a pattern (`\s`): a reader that stops at one that it does not pass over never comes to an end. */
function isSpace(sign: string): boolean {
  return sign !== '' && sign.trim() === '';
}

/** One piece of a parameter: `name*1*=` is the second one, and its octets are written in hex. */
interface Piece {
  starred: boolean;
  order: number;
  encoded: boolean;
  value: string;
}

function joined(found: readonly Written[]): ReadonlyMap<string, string> {
  const pieces = new Map<string, Piece[]>();
  for (const { name, value } of found) {
    const [, base = '', star, order, encoded] =
      /^([^*\s]{0,60})\s{0,9}(\*?)\s{0,9}(\d{0,9})[^*]{0,60}(\*?)/.exec(name) ?? [];
    if (base === '') continue;
    const known = pieces.get(base.toLowerCase()) ?? [];
    const inHex = encoded === '*' || (star === '*' && order === '');
    known.push({ starred: star === '*', order: Number(order), encoded: inHex, value });
    pieces.set(base.toLowerCase(), known);
  }
  return new Map([...pieces].map(([name, all]) => [name, textOf(all)]));
}

/** A parameter that is there with and without `*` means the one with it (RFC 6266, 4.3); of two without, the first one counts. */
function textOf(pieces: readonly Piece[]): string {
  const starred = pieces.filter((one) => one.starred).sort((a, b) => a.order - b.order);
  const [first] = starred;
  if (!first) return headerText(plainText(pieces[0]?.value ?? ''));
  const [, charset, rest] = (first.encoded && /^([^']{0,60})'[^']{0,60}'(.*)$/s.exec(first.value)) || [];
  const octets = starred.map(({ value, encoded }, index) => {
    const again = charset && value.startsWith(`${charset}'`) ? value.slice(charset.length + 1) : value;
    const piece = index === 0 ? (rest ?? value) : again;
    return encoded ? hexOctets(piece) : piece;
  });
  return first.encoded ? characters(octets.join(''), charset || undefined) : headerText(plainText(octets.join('')));
}

function hexOctets(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Bytes that stand in a header as they are. Text of a document is left alone. */
function plainText(units: string): string {
  return /[\u0080-\u00ff]/.test(units) && !/[\u0100-\uffff]/.test(units) ? characters(units, undefined) : units;
}

function characters(units: string, label: string | undefined): string {
  const into = new ReadableText();
  const { charset } = chooseCharset(label, units, 0, units.length);
  decodeOctets(octetsOf(units, 0, units.length), charset, into);
  return into.finish().text;
}
