import { messageIdInUrl } from '../message-url.ts';

/** The value of a trailer in its pieces. */
export interface TrailerValue {
  /** Without the note, and without what a mailer made of the address. */
  text: string;
  /** `# 5.10+`, `#kettle`: what somebody said behind it. */
  note?: string;
  /** Who is named, where somebody is; a name is absent where the address stands alone. */
  person?: { name?: string; address: string };
}

/** `Ada Example <ada@example.org<mailto:ada@example.org>> # the lid` in its pieces. */
export function trailerValue(written: string): TrailerValue {
  const value = written.slice(0, MOST_UNITS);
  const cut = noteStart(value);
  const said = value
    .slice(0, cut)
    .trimEnd()
    .replace(/<([^<>\s]{1,300})<mailto:[^<>\s]{1,300}>>?/i, '<$1>');
  const note = value.slice(cut).trim();
  const person = personIn(said);
  const text = person && person.name === undefined ? person.address : said;
  return { text, ...(note === '' ? {} : { note }), ...(person ? { person } : {}) };
}

const MOST_UNITS = 2000;

/** The last `#` behind white space; one in an address of the web belongs to it, and `#12` alone is a value. */
function noteStart(value: string): number {
  const at = value.lastIndexOf('#');
  return at > 1 && /\s/.test(value.charAt(at - 1)) && value.slice(0, at).trim() !== '' ? at : value.length;
}

function personIn(said: string): TrailerValue['person'] {
  const open = said.lastIndexOf('<');
  const close = said.indexOf('>', open);
  if (open !== -1 && close !== -1) {
    const address = said.slice(open + 1, close).trim();
    if (!ADDRESS.test(address)) return undefined;
    const name = unquoted(said.slice(0, open).trim());
    return name === '' ? { address } : { name, address };
  }
  const bare = /(?:^|\s)(\S{1,200}@\S{1,200})/.exec(said)?.[1];
  if (bare === undefined || !ADDRESS.test(bare)) return undefined;
  const name = unquoted(said.replace(bare, '').trim());
  return name === '' ? { address: bare } : { name, address: bare };
}

const ADDRESS = /^[^\s@<>/]{1,200}@[^\s@<>/]{1,200}$/;

/** Quotes around a whole name are no part of it; `Ada "Tea" Example` has quotes in it. */
function unquoted(name: string): string {
  return /^"[^"]{1,300}"$/.test(name) ? name.slice(1, -1) : name;
}

/** Two trailers with the same key say the same: capitals aside, and wherever a mail is archived. */
export function trailerKey(token: string, value: string): string {
  const { text } = trailerValue(value);
  const id = messageIdInUrl(text);
  return `${token}: ${id === undefined ? text : `mail ${id}`}`.toLowerCase();
}
