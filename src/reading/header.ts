import { bareIds, mendedId } from '#archive';
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

/**
 * Message-IDs between angle brackets, without them, in order; also those that lost a bracket, or were folded. Pages of archives and some programs leave the brackets out:
 * then every word of the value is one.
 */
export function messageIdsOf(value: string): string[] {
  const bare = value.includes('<') ? [] : bareIds(unmasked(value));
  if (bare.length > 0) return bare;
  return [...value.matchAll(/<([^<>]*)(>?)/g)].flatMap(([, inner = '', close = '']) => {
    if (close !== '' && /^[^\s]{1,900}$/.test(inner)) return [inner];
    return mendedId(inner.slice(0, 900), close !== '') ?? [];
  });
}
