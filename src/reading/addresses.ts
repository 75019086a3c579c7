import { headerText } from '#decode';
import { addressIn, unmasked } from './masked-address.ts';

export interface Address {
  name?: string;
  address?: string;
}

/** The addresses of a field that stand outside of groups, or in one. */
interface AddressGroup {
  name?: string;
  addresses: Address[];
}

/**
 * `Ada Example <ada@example.org>, ben@example.org`, as RFC 5322 has it and as mailers write it: quoted names, comments (which stay part of a
 * name, as git keeps them), groups (whose names are left out, but for an empty one: `Undisclosed recipients:;`), routes, encoded words, addresses as
 * archives mask them. Reads a value that is decoded, and better one that is not, where a comma in an encoded word parts nothing. Linear.
 */
export function addressesOf(value: string): Address[] {
  return addressGroupsOf(value).flatMap(({ name, addresses }) => {
    if (addresses.length > 0) return addresses;
    return name === undefined ? [] : [{ name }];
  });
}

/** The same with its groups: one for each, and one without a name for what stands outside of them. */
export function addressGroupsOf(value: string): AddressGroup[] {
  return new AddressReader(value).run();
}

/** One address as far as it is read. */
class Element {
  /** Its words with comments where they stand, and without them. */
  phrase = '';
  bare = '';
  comments: string[] = [];
  angle: string | undefined;
  #commented = false;

  /** A comment ends a word. */
  word(text: string): void {
    this.phrase += this.#commented && text !== ' ' ? ` ${text}` : text;
    this.bare += text;
    this.#commented = false;
  }

  comment(text: string): void {
    this.comments.push(text);
    const space = this.phrase === '' || /\s$/.test(this.phrase) ? '' : ' ';
    this.phrase += `${space}(${text})`;
    this.#commented = true;
  }

  get isEmpty(): boolean {
    return this.angle === undefined && this.phrase.trim() === '';
  }
}

class AddressReader {
  #text: string;
  #at = 0;
  #element = new Element();
  #elements: Element[] = [];
  #groups: AddressGroup[] = [];
  #name: string | undefined;
  /** Behind these places there is no quote, bracket, semicolon or angle that closes anything. */
  #last: Readonly<Record<'"' | ')' | ';', number>>;

  constructor(text: string) {
    this.#text = text;
    this.#last = { '"': text.lastIndexOf('"'), ')': text.lastIndexOf(')'), ';': text.lastIndexOf(';') };
  }

  run(): AddressGroup[] {
    while (this.#at < this.#text.length) this.#step(this.#text.charAt(this.#at));
    this.#endGroup();
    return this.#groups;
  }

  #step(sign: string): void {
    if (sign === '"' && this.#at < this.#last['"']) this.#element.word(this.#quoted());
    else if (this.#beginsComment(sign)) this.#comment();
    else if (sign === '<') this.#angle();
    else if (sign === ',') this.#endElement();
    else if (sign === ';') this.#endGroup();
    else if (sign === ':' && this.#isGroup()) this.#beginGroup();
    else {
      if (sign === '\\') this.#at++;
      this.#element.word(this.#text.charAt(this.#at));
    }
    this.#at++;
  }

  /** An empty one is none: `ada () example ! org` is an address as marc writes it. */
  #beginsComment(sign: string): boolean {
    return sign === '(' && this.#at < this.#last[')'] && this.#text.charAt(this.#at + 1) !== ')';
  }

  /** Leaves the place at the closing quote. */
  #quoted(): string {
    let text = '';
    for (this.#at++; this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"'; this.#at++) {
      if (this.#text.charAt(this.#at) === '\\') this.#at++;
      text += this.#text.charAt(this.#at);
    }
    return text;
  }

  /** Leaves the place at the closing bracket. */
  #comment(): void {
    let text = '';
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      let sign = this.#text.charAt(this.#at);
      if (sign === ')' && --depth === 0) break;
      if (sign === '(') depth++;
      if (sign === '\\') sign = this.#text.charAt(++this.#at);
      if (depth > 1 || sign !== '(' || text !== '') text += sign;
    }
    this.#element.comment(text);
  }

  /** `mary@example.net`; a later one in the same address counts, and what was between the angles before is part of the name. */
  #angle(): void {
    let content = '';
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text.charAt(this.#at);
      if (sign === '>' || sign === '<') break;
      if (this.#beginsComment(sign)) this.#comment();
      else if (sign === '"' && this.#at < this.#last['"']) content += `"${this.#quoted()}"`;
      else content += sign;
    }
    if (this.#text.charAt(this.#at) === '<') this.#at--;
    const { angle } = this.#element;
    if (angle !== undefined && angle !== '') this.#element.word(` <${angle}>`);
    this.#element.angle = content.trim();
  }

  /** A colon names a group where a semicolon ends one; else it is a sign of a name, or of `mailto:`. */
  #isGroup(): boolean {
    const { angle, bare } = this.#element;
    return (
      this.#at < this.#last[';'] && angle === undefined && bare.trim() !== '' && !/^\s*(?:mailto|https?)$/i.test(bare)
    );
  }

  #beginGroup(): void {
    const name = nameOf(this.#element) ?? '';
    this.#element = new Element();
    this.#endGroup();
    this.#name = name;
  }

  #endElement(): void {
    if (!this.#element.isEmpty) this.#elements.push(this.#element);
    this.#element = new Element();
  }

  #endGroup(): void {
    this.#endElement();
    const addresses = joinNames(this.#elements).flatMap((element) => addressOf(element) ?? []);
    if (this.#name !== undefined) this.#groups.push({ name: this.#name, addresses });
    else if (addresses.length > 0) this.#groups.push({ addresses });
    this.#elements = [];
    this.#name = undefined;
  }
}

const LONGEST_NAME = 200;

/** A comma in an encoded word is no longer quoted when the word is decoded: `Example, Ada <ada@example.org>` is one address. */
function joinNames(elements: readonly Element[]): Element[] {
  const joined: Element[] = [];
  for (const element of elements) {
    const before = joined.at(-1);
    const isName = before !== undefined && before.angle === undefined && !/[@:]/.test(before.phrase);
    if (isName && before.phrase.length < LONGEST_NAME && element.angle?.includes('@')) {
      element.phrase = `${before.phrase},${element.phrase}`;
      element.bare = `${before.bare},${element.bare}`;
      joined.pop();
    }
    joined.push(element);
  }
  return joined;
}

function addressOf(element: Element): Address | undefined {
  const { angle, comments } = element;
  if (angle !== undefined) {
    const address = addrSpec(angle);
    return { ...named(nameOf(element)), ...(address === '' ? {} : { address }) };
  }
  const written = element.phrase.trim();
  const plain = unmasked(written);
  if (plain !== written) return unmaskedAddress(plain);
  const found = addressIn(element.bare.trim());
  const inComment = found === undefined && comments.length === 1 ? addressIn(comments[0] ?? '') : undefined;
  // hypermail: `Ada Example (ada@example.org)`
  if (inComment && inComment.name === undefined) return { ...named(clean(element.bare)), address: inComment.address };
  if (!found) return named(nameOf(element));
  return { ...named(clean(found.name ?? comments.join(' '))), address: found.address };
}

/** `ada@example.org (Ada Example)`, or `Ada Example ada@example.org`. */
function unmaskedAddress(text: string): Address {
  const [, address, comment] = /^(\S{1,400}@\S{1,400})(?: \((.{0,400})\))?$/s.exec(text) ?? [];
  if (address !== undefined) return { ...named(clean(comment ?? '')), address };
  const found = addressIn(text);
  return found ? { ...named(clean(found.name ?? '')), address: found.address } : named(clean(text));
}

function named(name: string | undefined): Address {
  return name === undefined ? {} : { name };
}

/** The words, or where there are none the comments. */
function nameOf({ phrase, bare, comments }: Element): string | undefined {
  return bare.trim() === '' ? clean(comments.join(' ')) : clean(phrase);
}

function clean(phrase: string): string | undefined {
  const name = headerText(phrase)
    .replace(/\s{1,1000}/g, ' ')
    .trim();
  return name === '' ? undefined : name;
}

/** Without the route that old mail had (`@node.example,@x.example:`), and without spaces around its signs. */
function addrSpec(written: string): string {
  const plain = unmasked(written).replace(/^@[^:]{0,1000}:(?=.*@)/, '');
  return plain.includes('"') ? plain : plain.replace(/\s{1,1000}/g, '');
}
