import type { Header, Message } from '#mailast';
import { unmasked } from './masked-address.ts';

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

/** Message-IDs between angle brackets, without them, in order. Pages of archives leave the brackets out: then the one word of the value is meant. */
export function messageIdsOf(value: string): string[] {
  const bare = /^[^\s<>@]{1,450}@[^\s<>@]{1,450}$/.exec(unmasked(value.trim()))?.[0];
  if (bare !== undefined) return [bare];
  return [...value.matchAll(/<([^<>\s]{1,900})>/g)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
}
