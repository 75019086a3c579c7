/**
 * Numbers of a text that are values of a simulator: "a machine with 4 NUMA nodes", "512 GB per node", "on v6.16".
 *
 * A parameter says by patterns how mail speaks of it. A pattern is words with one hole; letters without case, hyphens and line
 * ends count as spaces. What fits no pattern is left alone: a wrong value would be worse than none.
 */
import type { ParameterSpec, ParameterValue, Phrase } from './simulator.ts';

/** A value that stands in a text; offsets in UTF-16 units of the text, `end` exclusive. */
export interface ValueInText {
  name: string;
  value: ParameterValue;
  start: number;
  end: number;
}

interface Token {
  /** In small letters. */
  word: string;
  start: number;
  end: number;
}

/** Longer texts are no paragraph; the rest of one is not looked at. */
const LONGEST = 20_000;

/**
 * The values of `specs` that the text gives, each parameter once. A parameter of which the text gives two different values, or one that its
 * specification does not allow, is left out. Cost: the words of the text times the phrases.
 */
export function valuesInText(specs: readonly ParameterSpec[], text: string): readonly ValueInText[] {
  const tokens = tokensOf(text.slice(0, LONGEST));
  return specs.flatMap((spec) => {
    const found = (spec.inText ?? []).flatMap((phrase) => occurrences(spec, phrase, tokens));
    const first = found[0];
    return first && found.every(({ value }) => value === first.value) ? [first] : [];
  });
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/\d[\d,]{0,20}(?:\.\d{1,4}){0,3}|[a-z_]{1,80}|[^\s\w-]/gi)) {
    tokens.push({ word: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

function occurrences(spec: ParameterSpec, phrase: Phrase, tokens: readonly Token[]): ValueInText[] {
  const words = phrase.says.toLowerCase().match(/\{[a-z]*\}|\d+|[a-z_]+|[^\s\w-]/g) ?? [];
  const found: ValueInText[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const one = occurrence(spec, phrase, words, tokens, at);
    if (one) found.push(one);
  }
  return found;
}

/** The phrase at this token, or nothing. */
function occurrence(
  spec: ParameterSpec,
  phrase: Phrase,
  words: readonly string[],
  tokens: readonly Token[],
  at: number,
): ValueInText | undefined {
  let next = at;
  let value = phrase.value;
  for (const word of words) {
    const hole = HOLES[word];
    if (hole) {
      const filled = hole(spec, tokens, next);
      if (!filled) return undefined;
      value = phrase.from && typeof filled.value === 'number' ? phrase.from(filled.value) : filled.value;
      next = filled.next;
    } else if (tokens[next++]?.word !== word) return undefined;
  }
  const first = tokens[at];
  const last = tokens[next - 1];
  if (!first || !last || value === undefined || !isAllowed(spec, value)) return undefined;
  return { name: spec.name, value, start: first.start, end: last.end };
}

interface Filled {
  value: ParameterValue;
  next: number;
}

const HOLES: Readonly<
  Record<string, (spec: ParameterSpec, tokens: readonly Token[], at: number) => Filled | undefined>
> = {
  '{}': (_spec, tokens, at) => {
    const value = wholeNumber(tokens[at]?.word);
    return value === undefined ? undefined : { value, next: at + 1 };
  },
  '{size}': (spec, tokens, at) => {
    const value = sizeIn(spec, tokens[at]?.word, tokens[at + 1]?.word);
    return value === undefined ? undefined : { value, next: at + 2 };
  },
  '{version}': (spec, tokens, at) => {
    const value = versionOf(spec, tokens[at]?.word);
    return value === undefined ? undefined : { value, next: at + 1 };
  },
};

const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function wholeNumber(word = ''): number | undefined {
  if (/^\d{1,3}(?:,\d{3}){1,4}$|^\d{1,15}$/.test(word)) return Number(word.replaceAll(',', ''));
  const spelled = NUMBER_WORDS.indexOf(word);
  return spelled === -1 ? undefined : spelled;
}

/** Powers of 1024, in MB. */
const MEGABYTES: Readonly<Record<string, number>> = {
  ...{ m: 1, mb: 1, mib: 1 },
  ...{ g: 1024, gb: 1024, gib: 1024 },
  ...{ t: 1024 * 1024, tb: 1024 * 1024, tib: 1024 * 1024 },
};

function sizeIn(spec: ParameterSpec, number: string | undefined, unit = ''): number | undefined {
  const own = spec.kind === 'integer' ? MEGABYTES[spec.unit?.toLowerCase() ?? ''] : undefined;
  const given = MEGABYTES[unit];
  if (own === undefined || given === undefined || !/^\d{1,9}(?:\.\d{1,3})?$/.test(number ?? '')) return undefined;
  return (Number(number) * given) / own;
}

/** Releases of Linux that could be meant, so that "in 2.5 seconds" is none. */
const OLDEST = 5;
const NEWEST = 9;

/** The last choice that is not newer than the version; choices are named by the first version they stand for, oldest first. */
function versionOf(spec: ParameterSpec, word = ''): string | undefined {
  const asked = releaseOf(word);
  if (spec.kind !== 'choice' || !asked || asked.major < OLDEST || asked.major > NEWEST) return undefined;
  let best: string | undefined;
  for (const { value } of spec.choices) {
    const own = releaseOf(value);
    if (own && (own.major < asked.major || (own.major === asked.major && own.minor <= asked.minor))) best = value;
  }
  return best;
}

function releaseOf(word: string): { major: number; minor: number } | undefined {
  const match = /^(\d)\.(\d{1,2})(?:\.\d{1,3})?$/.exec(word);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

function isAllowed(spec: ParameterSpec, value: ParameterValue): boolean {
  if (spec.kind === 'integer') return Number.isInteger(value) && Number(value) >= spec.min && Number(value) <= spec.max;
  if (spec.kind === 'switch') return typeof value === 'boolean';
  return spec.choices.some((choice) => choice.value === value);
}

/** How mail names a kernel version. Words such as "before" do not say which version is meant, and are not here. */
export const KERNEL_PHRASES: readonly Phrase[] = [
  { says: 'v{version}' },
  { says: 'Linux {version}' },
  { says: 'kernel {version}' },
  { says: 'in {version}' },
  { says: 'since {version}' },
  { says: 'as of {version}' },
];
