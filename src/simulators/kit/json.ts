import type { Json } from './simulator.ts';

/** The one spelling of a value: members in order of their names, absent members left out. Equal data gives equal text. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonical(member)}`);
  }
  return `{${members.join(',')}}`;
}

// `Array.isArray` alone does not narrow a read-only list.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
