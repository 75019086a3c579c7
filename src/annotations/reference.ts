import { type Annotation, targetOf } from './annotation.ts';
import { asList, countMember, isObject, type Json, type JsonObject, member, stringMember } from './json.ts';
import { messageIdOf, pathOf } from './message-uri.ts';

/** What singles a quote out in the text it was taken from: its words alone, or its words with those before or behind. */
export type Distinct = 'exact' | 'prefix' | 'suffix';

/** What an annotation says about the place it belongs to. Everything may be missing. */
export interface Reference {
  messageId?: string;
  path?: string;
  bodyHash?: string;
  subject?: string;
  /** What names the changes of the patch that the message brought. */
  patchId?: string;
  /** `prefix` and `suffix` are empty where the text began or ended, and absent where the writer did not say. */
  quote?: { exact: string; prefix?: string; suffix?: string };
  /** Code points, end exclusive. */
  position?: { start: number; end: number };
  /** Quote marks at the head of the line where the quote began. */
  depth?: number;
  distinct?: ReadonlySet<Distinct>;
  /** There was no selector at all: the note is about the whole message. */
  whole: boolean;
}

const STATE = 'patchgloss:BodyState';
const MAIL = 'patchgloss:MailSelector';
const DISTINCT: readonly Distinct[] = ['exact', 'prefix', 'suffix'];

/** Reads the first target, whoever wrote it; never throws. */
export function referenceOf(annotation: Annotation): Reference {
  const target = targetOf(annotation);
  if (typeof target === 'string') return { ...identityOf(target), whole: true };
  if (target === undefined || !isObject(target)) return { whole: false };
  const selectors = asList(member(target, 'selector')).filter(isObject);
  const bodyHash = hashOf(target);
  const subject = stringMember(target, 'patchgloss:subject');
  const patchId = stringMember(target, 'patchgloss:patchId');
  return {
    ...identityOf(sourceOf(target)),
    ...(bodyHash !== undefined && { bodyHash }),
    ...(subject !== undefined && { subject }),
    ...(patchId !== undefined && { patchId }),
    ...quoteOf(selectors.find((selector) => hasType(selector, 'TextQuoteSelector'))),
    ...positionOf(selectors.find((selector) => hasType(selector, 'TextPositionSelector'))),
    ...mailOf(selectors.find((selector) => hasType(selector, MAIL))),
    whole: member(target, 'selector') === undefined,
  };
}

/** The members that `referenceOf` reads, as they are written. */
export function targetFor(reference: Reference, source: string, mail: JsonObject): JsonObject {
  const { bodyHash, subject, patchId, quote, position } = reference;
  return {
    type: 'SpecificResource',
    source,
    ...(subject !== undefined && { 'patchgloss:subject': subject }),
    ...(patchId !== undefined && { 'patchgloss:patchId': patchId }),
    ...(bodyHash !== undefined && { state: { type: STATE, 'patchgloss:sha256': bodyHash } }),
    ...(quote !== undefined &&
      position !== undefined && {
        selector: [
          { type: 'TextQuoteSelector', ...quote },
          { type: 'TextPositionSelector', ...position },
          {
            type: MAIL,
            'patchgloss:quoteDepth': reference.depth ?? 0,
            'patchgloss:distinct': DISTINCT.filter((name) => reference.distinct?.has(name)),
            ...mail,
          },
        ],
      }),
  };
}

function sourceOf(target: JsonObject): string | undefined {
  const source = member(target, 'source');
  if (typeof source === 'string') return source;
  return (isObject(source) ? stringMember(source, 'id') : undefined) ?? stringMember(target, 'id');
}

function identityOf(source: string | undefined): { messageId?: string; path?: string } {
  if (source === undefined || source === '') return {};
  const messageId = messageIdOf(source);
  if (messageId !== undefined) return { messageId };
  const path = pathOf(source);
  return path === undefined ? {} : { path };
}

function hashOf(target: JsonObject): string | undefined {
  for (const state of asList(member(target, 'state'))) {
    if (isObject(state) && hasType(state, STATE)) return stringMember(state, 'patchgloss:sha256')?.toLowerCase();
  }
  return undefined;
}

function hasType(object: JsonObject, type: string): boolean {
  return asList(member(object, 'type')).includes(type);
}

function quoteOf(selector: JsonObject | undefined): Pick<Reference, 'quote'> {
  if (selector === undefined) return {};
  const exact = stringMember(selector, 'exact');
  if (exact === undefined) return {};
  const prefix = member(selector, 'prefix');
  const suffix = member(selector, 'suffix');
  const quote = {
    exact,
    ...(typeof prefix === 'string' && { prefix }),
    ...(typeof suffix === 'string' && { suffix }),
  };
  return { quote };
}

function positionOf(selector: JsonObject | undefined): Pick<Reference, 'position'> {
  if (selector === undefined) return {};
  const start = countMember(selector, 'start');
  const end = countMember(selector, 'end');
  return start === undefined || end === undefined || end < start ? {} : { position: { start, end } };
}

function mailOf(selector: JsonObject | undefined): Pick<Reference, 'depth' | 'distinct'> {
  if (selector === undefined) return {};
  const depth = countMember(selector, 'patchgloss:quoteDepth');
  const named: readonly Json[] = asList(member(selector, 'patchgloss:distinct'));
  const listed = member(selector, 'patchgloss:distinct') !== undefined;
  return {
    ...(depth !== undefined && { depth }),
    ...(listed && { distinct: new Set(DISTINCT.filter((name) => named.includes(name))) }),
  };
}
