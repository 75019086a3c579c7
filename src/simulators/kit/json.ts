import type { Json } from './simulator.ts';

/** The one spelling of a value: members in order of their names, absent members left out. Equal data gives equal text. */
export function canonical(value: Json): string {
  return JSON.stringify(ordered(value));
}

function ordered(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(ordered);
  const entries: [string, Json][] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) entries.push([name, ordered(member)]);
  }
  return Object.fromEntries(entries);
}

// `Array.isArray` alone does not narrow a read-only list.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
