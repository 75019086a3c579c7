import type { Annotation } from './annotation.ts';
import { asList, isArray, isDeeperThan, isObject, type Json, type JsonObject, member, stringMember } from './json.ts';

/** Levels an entry may be nested; W3C's own examples need eight. Deeper ones would overflow tools that recurse. */
const MOST_LEVELS = 64;

const DATES = ['created', 'modified'] as const;

/** Reads one entry of a page: the annotation, or why it is none. */
export function readEntry(raw: Json): { annotation: Annotation } | { reason: string } {
  if (!isObject(raw)) return { reason: `It is ${nounOf(raw)}, not an object.` };
  if (isDeeperThan(raw, MOST_LEVELS)) return { reason: `It is nested deeper than ${MOST_LEVELS} levels.` };
  if (!asList(member(raw, 'type')).includes('Annotation')) return { reason: 'Its type is not Annotation.' };
  if (!hasId(raw)) return { reason: 'It has no id.' };
  const fault = faultOf(raw);
  return fault === undefined ? { annotation: raw } : { reason: fault };
}

function hasId(raw: JsonObject): raw is Annotation {
  return stringMember(raw, 'id') !== undefined;
}

/** Members in a form no verb could read. What is merely unknown is no fault. */
function faultOf(raw: JsonObject): string | undefined {
  const target = member(raw, 'target');
  if (target === undefined) return 'It has no target.';
  const targets = asList(target);
  if (targets.length === 0 || !targets.every(isResource)) return 'Its target is neither an address nor an object.';
  if (!asList(member(raw, 'body')).every(isResource)) return 'Its body is neither text nor an object.';
  for (const name of DATES) {
    const date = member(raw, name);
    if (date !== undefined && (typeof date !== 'string' || Number.isNaN(Date.parse(date)))) {
      return `Its member ${name} is not a date.`;
    }
  }
  return undefined;
}

function isResource(value: Json): boolean {
  return typeof value === 'string' || isObject(value);
}

function nounOf(value: Json): string {
  if (value === null) return 'null';
  return isArray(value) ? 'a list' : `a ${typeof value}`;
}
