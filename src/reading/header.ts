import type { Header, Message } from '#mailast';

export interface Address {
  name?: string;
  address?: string;
}

/** The header fields of a message by lower-case name; a field that comes twice has two values. */
export function fieldsOf(tree: Message): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  const header = tree.children.find((child): child is Header => child.type === 'header');
  for (const field of header?.children ?? []) {
    const name = field.name.toLowerCase();
    const known = fields.get(name);
    if (known) known.push(field.value);
    else fields.set(name, [field.value]);
  }
  return fields;
}

/** `Ada Example <ada@example.org>, ben@example.org`. Commas in quotes and comments do not part addresses. */
export function addressesOf(value: string): Address[] {
  return joinNames(splitAddresses(value)).flatMap((one) => {
    const address = oneAddress(one.trim());
    return address ? [address] : [];
  });
}

/** A comma in an encoded word is no longer quoted when the word is decoded: `Example, Ada <ada@example.org>` is one address. */
function joinNames(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const opens = before !== undefined && before.trim() !== '' && !/[@<:;]/.test(before);
    if (opens && before.length < 200 && /^[^@<>]{0,200}<[^<>]{0,400}@/.test(piece))
      joined[joined.length - 1] = `${before},${piece}`;
    else joined.push(piece);
  }
  return joined;
}

function splitAddresses(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at];
    if (sign === '\\') at++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '(') depth++;
    else if (!quoted && sign === ')') depth = Math.max(0, depth - 1);
    else if (sign === ',' && !quoted && depth === 0) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}

function oneAddress(text: string): Address | undefined {
  const open = text.lastIndexOf('<');
  if (open !== -1) {
    const close = text.indexOf('>', open);
    const address = unmasked(text.slice(open + 1, close === -1 ? undefined : close).trim());
    const behind = close === -1 ? undefined : withoutComment(text.slice(close + 1)).comment;
    const name = unquoted(text.slice(0, open).trim()) || behind;
    return { ...(name ? { name } : {}), ...(address ? { address } : {}) };
  }
  const bare = withoutComment(unmasked(text));
  if (bare.rest === '') return bare.comment === undefined ? undefined : { name: bare.comment };
  if (!/^\S+@\S+$/.test(bare.rest)) return nameAndAddress(bare) ?? { name: unquoted(text) };
  return { ...(bare.comment ? { name: bare.comment } : {}), address: bare.rest };
}

const LONGEST_MASKED = 1000;

/** How archives write addresses: `ada at example.org` (pipermail), `ada () example ! org` (marc). */
function unmasked(text: string): string {
  if (text.length > LONGEST_MASKED || !/ (?:at|\(\)) /.test(text)) return text;
  return text
    .replace(
      /([\w.+=-]{1,200}) \(\) ([\w-]{1,100}(?: ! [\w-]{1,100}){1,20})/,
      (_, user: string, host: string) => `${user}@${host.replaceAll(' ! ', '.')}`,
    )
    .replace(/(^|\s)([\w.+=-]{1,200}) at ([\w-]{1,100}(?:\.[\w-]{1,100}){1,20})(?=$|[\s)])/, '$1$2@$3');
}

/** `Ada Example (ada@example.org)` of hypermail, and `Ada Example ada@example.org` of pipermail. */
function nameAndAddress({ rest, comment }: { rest: string; comment?: string }): Address | undefined {
  if (comment !== undefined && /^\S+@\S+$/.test(comment)) return { name: unquoted(rest), address: comment };
  const [, name, address] = /^(.{1,200}) (\S{1,200}@\S{1,200})$/.exec(rest) ?? [];
  return name === undefined || address === undefined ? undefined : { name: unquoted(name), address };
}

/** `ada@example.org (Ada Example)`, the old form: the comment at the end is the name. */
function withoutComment(text: string): { rest: string; comment?: string } {
  const open = text.indexOf('(');
  if (open === -1 || !text.endsWith(')')) return { rest: text };
  return { rest: text.slice(0, open).trim(), comment: text.slice(open + 1, -1).trim() };
}

/** Quotes stand around a name or a part of it; a backslash in them says that the next sign is meant as it is. */
function unquoted(text: string): string {
  return text
    .replace(/"((?:[^"\\]|\\.){0,1000})"/gs, '$1')
    .replace(/\\(.)/gs, '$1')
    .trim();
}

/** Message-IDs between angle brackets, without them, in order. Pages of archives leave the brackets out: then the one word of the value is meant. */
export function messageIdsOf(value: string): string[] {
  const bare = /^[^\s<>@]{1,450}@[^\s<>@]{1,450}$/.exec(unmasked(value.trim()))?.[0];
  if (bare !== undefined) return [bare];
  return [...value.matchAll(/<([^<>\s]{1,900})>/g)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
}
