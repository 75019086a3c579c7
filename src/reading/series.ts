/** What a subject says about its place in a series. Prefixes are kept as they are written. */
export interface SeriesPlace {
  prefixes: readonly string[];
  version: number;
  part?: number;
  total?: number;
  /** The subject without `Re:` and without its prefixes. */
  clean: string;
}

/** `Re: [RFC PATCH v2 net-next 03/10] tea: warm the pot`. Absent when the subject has no bracketed prefix. */
export function seriesOf(subject: string): SeriesPlace | undefined {
  let rest = withoutReply(subject);
  const prefixes: string[] = [];
  for (let match = BRACKETS.exec(rest); match && prefixes.length < 20; match = BRACKETS.exec(rest)) {
    prefixes.push(...(match[1] ?? '').split(/[\s,]+/).filter((word) => word !== ''));
    rest = withoutReply(rest.slice(match[0].length));
  }
  if (!prefixes.some((prefix) => /patch|^rfc|^v\d+$|^\d+\/\d+$/i.test(prefix))) return undefined;
  const version = prefixes.map((prefix) => VERSION.exec(prefix)?.[1]).find((found) => found !== undefined);
  const numbers = prefixes.map((prefix) => /^(\d{1,5})\/(\d{1,5})$/.exec(prefix)).find((found) => found !== null);
  return {
    prefixes,
    version: version === undefined ? 1 : Number(version),
    ...(numbers ? { part: Number(numbers[1]), total: Number(numbers[2]) } : {}),
    clean: rest,
  };
}

/** `v2`, `PATCHv2`, `RFC-v3`; `ipv6` is the name of a tree. */
const VERSION = /^(?:[a-z]{0,10}(?:patch|rfc|resend)-?)?v(\d{1,4})$/i;
const BRACKETS = /^\[([^\]]{1,200})\]\s*/;

function withoutReply(subject: string): string {
  let rest = subject.trim();
  for (let count = 0; count < 20 && /^(?:re|aw|sv|fwd?)(?:\[\d{1,3}\])?:/i.test(rest); count++) {
    rest = rest.slice(rest.indexOf(':') + 1).trim();
  }
  return rest;
}

export type MessageKind = 'patch' | 'cover' | 'reply' | 'pull' | 'other';

/** What a message is: by its subject, and by whether it carries a diff of its own (not quoted). */
export function kindOf(subject: string, hasDiff: boolean): MessageKind {
  if (/^\s*(?:re|aw|sv):/i.test(subject)) return 'reply';
  if (/\[[^\]]{0,100}git[ -]pull/i.test(subject)) return 'pull';
  const series = seriesOf(subject);
  if (series?.part === 0 && !hasDiff) return 'cover';
  return hasDiff ? 'patch' : 'other';
}
