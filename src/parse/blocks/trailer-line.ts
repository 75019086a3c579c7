/** How much of a line is looked at. */
const MOST_UNITS = 400;

/** A line that has the shape of a trailer: `Token: value`. */
export interface TrailerLine {
  /** As written. */
  token: string;
  /** What stands behind the colon on this line, trimmed; empty when the value begins on the next line. */
  value: string;
  /**
   * `sure` says trailer wherever it stands; `likely` needs no prose around it; `possible` needs a sure one in its block, as `Bug: 12` does.
   */
  evidence: 'sure' | 'likely' | 'possible';
}

const SHAPE = /^[ \t]{0,8}([A-Za-z][A-Za-z0-9_-]{1,60})[ \t]{0,2}:(?=[ \t\u00a0]|$)/;
/** Some archives write `<ada at example.org>` or `<ada () example ! org>`. */
const ADDRESS = /[^\s<>]@[^\s<>]|<[^\s<>]{1,100} (?:at|\(\)) [^<>]{1,100}>/;

/** What this line is, if it can be a trailer at all. */
export function trailerLine(line: string): TrailerLine | undefined {
  const colon = line.slice(0, 72).indexOf(':');
  if (colon === -1) return undefined;
  const own = line.slice(0, MOST_UNITS);
  const match = SHAPE.exec(own);
  const token = match?.[1];
  if (!match || token === undefined || isField(token)) return undefined;
  const evidence = evidenceOf(token.toLowerCase(), own.slice(match[0].length).trim(), /^[ \t]/.test(own));
  return evidence && { token, value: line.slice(match[0].length).trim(), evidence };
}

/** Fields of a header, which people paste and in which git reads the author; they come in blocks like trailers do. */
const FIELD =
  /^(?:from|to|sent|date|subject|reply-to|sender|organization|newsgroups|mime-version|content-[a-z-]{1,40})$/i;

function isField(token: string): boolean {
  return FIELD.test(token);
}

/** What people do to a patch, as it stands before `-by`. */
const DEEDS =
  /^(?:(?:co-|originally-|partially-)?(?:signed-off|reviewed|acked|tested|reported|suggested|developed|authored|debugged|requested|diagnosed|bisected|analy[sz]ed|inspired|helped|mentored|nacked|noticed|found|discovered|fixed|triggered|verified|approved|reproduced|spotted|explained|sponsored|improved|based-on-patch|built|reported-and-(?:tested|bisected|suggested|reviewed|acked)|[a-z]{1,12}-and-[a-z]{1,12}))-by$/;

/** Tokens whose values point at something: a commit, a report, a mail, a change. */
const URL_FIRST = /^https?:\/\/\S/;
const REPORT = /^(?:https?:\/\/\S|[#\w/.-]{0,100}\d)/;
const MAIL = /^<\S{3,300}@\S{1,90}>$/;
const MAIL_OR_COMMIT = /^(?:https?:\/\/\S|<?\S{3,200}@\S{3,150}>?$|[0-9a-f]{7,40}\b)/;
const HASH = /^[0-9a-f]{7,64}$/;
const REFERENCES: ReadonlyMap<string, RegExp> = new Map([
  ['fixes', /^(?:commit\s)?[0-9a-f]{7,64}\b|^https?:\/\/\S/i],
  ['link', /^(?:https?:\/\/\S|<?[^\s<>]{1,200}@[^\s<>]{1,150}>?(?:\s|$))/],
  ['links', URL_FIRST],
  ['closes', URL_FIRST],
  ['buglink', REPORT],
  ['bugzilla', REPORT],
  ['references', /^(?:https?:\/\/\S|<\S{1,300}@\S{1,90}>|[\w/.-]{0,100}#\d|[0-9a-f]{7,40}\b)/],
  ['change-id', /^[\w.@-]{8,200}$/],
  ['base-commit', HASH],
  ['prerequisite-patch-id', HASH],
  ['prerequisite-message-id', /^<?\S{3,200}@\S{3,150}>?$/],
  ['prerequisite-change-id', /^[\w.@:-]{8,200}$/],
  ['message-id', MAIL],
  ['in-reply-to', MAIL],
  ['depends-on', MAIL_OR_COMMIT],
  ['based-on', MAIL_OR_COMMIT],
]);

/** `Fixes: #12`, as hubs write it. */
const ISSUE = /^(?:fixes|closes|resolves|implements|see-also) [\w./-]{0,100}#\d{1,9}$/;
const SURE = /^(?:fixes|change-id|base-commit|prerequisite-[a-z]+-id)$/;

function evidenceOf(token: string, value: string, indented: boolean): TrailerLine['evidence'] | undefined {
  const named = ADDRESS.test(value);
  if (token.endsWith('-by')) {
    if (named) return 'sure';
    if (value === '') return 'possible';
    return !indented && DEEDS.test(token) && isName(value) ? 'likely' : 'possible';
  }
  // A block of code or a table has indented lines with colons.
  if (indented && !(token === 'cc' && named)) return undefined;
  if (token === 'cc') return named ? 'likely' : 'possible';
  const reference = REFERENCES.get(token);
  if (reference?.test(value)) return SURE.test(token) ? 'sure' : 'likely';
  if (ISSUE.test(`${token} ${value}`)) return 'likely';
  if (reference) return 'possible';
  return isReference(token, value) ? 'possible' : undefined;
}

/** `kernel test robot`, `Ada Example`: a few words and no sentence. */
function isName(value: string): boolean {
  const words = value.replace(/\s#.*$/, '').split(/\s+/);
  return (
    words.length <= 6 &&
    !/[.?!,;:]$/.test(value) &&
    !/^(?:the|this|that|it|anyone|anybody|nobody|whoever|a|an)$/i.test(words[0] ?? '')
  );
}

/** Words that stand before a colon in prose. */
const PROSE =
  /^(?:note|notes|warning|caution|nb|ps|pps|edit|update|todo|fixme|example|examples|eg|ie|question|answer|hint|tip|reason|result|results|problem|solution|background|summary|changes|changelog|history|v\d{1,3}|also|but|and|so|because|error|bug|actually|well|ok|yes|no|before|after|now|then|here|where|caveat|rationale|impact|testing|tested|currently)$/;

/** A token that nobody knows, with a value that points at something or that no sentence has before it. */
function isReference(token: string, value: string): boolean {
  if (PROSE.test(token) || value === '') return token === 'bug' && /^\S{1,200}$/.test(value);
  if (token.includes('-')) return value.length <= 200;
  return /^(?:\S{1,200}|[0-9a-f]{7,40}\s.{0,200})$/i.test(value) || ADDRESS.test(value);
}
