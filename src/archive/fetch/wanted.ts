import { isLoopback } from './servers.ts';

/**
 * What a reader asked for: a message by its id, perhaps with the archive whose address was given; something that a Patchwork server knows the id of;
 * or nothing that can be asked for, and why.
 */
export type Wanted = WantedMessage | { question: string } | { wrong: string };

export interface WantedMessage {
  messageId: string;
  /** The archive of the address, which is asked first. */
  server?: string;
}

/** Longer ones are no Message-IDs: a line of a header ends there. */
const LONGEST_ID = 998;
/** What stands behind the id in the addresses of one message: its thread, nested or flat, its source, its feed. */
const VIEWS: ReadonlySet<string> = new Set(['T', 't', 't.mbox.gz', 't.atom', 'raw', 'R', 'mbox']);

/** Reads a Message-ID, a line of a header with one, or the address of a message at a public-inbox server, a redirector or Patchwork. */
export function readWanted(text: string): Wanted {
  const written = text.trim();
  if (/^https?:\/\//i.test(written)) return URL.canParse(written) ? ofAddress(new URL(written)) : noAddress(written);
  const inBrackets = /^(?:[A-Za-z-]{1,40}:\s?)?<([^<>\s]+)>$/.exec(written)?.[1];
  const bare = inBrackets ?? /^(?:mid:)?([^<>\s:/]+@[^<>\s]+)$/i.exec(written)?.[1] ?? idWithSigns(written);
  return bare !== undefined && isMessageId(bare) ? { messageId: bare } : noId(written);
}

/** An id whose left side has a slash or a colon in it. */
function idWithSigns(text: string): string | undefined {
  return /^[^<>\s@]+@[^<>\s@]+$/.test(text) ? text : undefined;
}

/** Whether an id can be asked for: no spaces, no control signs, not too long. */
export function isMessageId(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_ID && /^[^\p{Cc}\p{Zs}<>]+$/u.test(text);
}

function noId(text: string): Wanted {
  return { wrong: `"${shortened(text)}" is no Message-ID and no address of a message` };
}

function noAddress(text: string): Wanted {
  return { wrong: `"${shortened(text)}" is no web address` };
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}

function ofAddress(url: URL): Wanted {
  if (url.username !== '' || url.password !== '')
    return { wrong: `"${shortened(url.href)}" holds a name in front of its host ${url.host}; write it without` };
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const wanted = ofPatchwork(url, segments) ?? ofRedirector(url, segments) ?? ofArchive(url, segments);
  return wanted ?? { wrong: `"${shortened(url.href)}" is no address of a message: it has no Message-ID in it` };
}

/** `/project/kvm/patch/ID/`, `/patch/12/`, `/series/12/mbox/`, `/project/kvm/list/?series=12`; what stands in front is where it is installed. */
function ofPatchwork(url: URL, segments: readonly string[]): Wanted | undefined {
  const project = segments.indexOf('project');
  const at = segments.findIndex((segment, index) => index >= project && KINDS.has(segment));
  const root = safeOrigin(url) + prefix(segments.slice(0, project === -1 ? Math.max(at, 0) : project));
  const listed = /[?&]series=(\d{1,12})(?:&|$)/.exec(url.search)?.[1];
  if (project !== -1 && listed !== undefined) return { question: `${root}/api/series/${listed}/` };
  const [kind = '', id = ''] = at === -1 ? [] : segments.slice(at, at + 2);
  if (/^\d{1,12}$/.test(id)) return { question: `${root}/api/${KINDS.get(kind) ?? kind}/${id}/` };
  return project !== -1 || url.hostname.startsWith('patchwork.') ? messageIn(id) : undefined;
}

/** The kinds of things in Patchwork's addresses, and how its interface for programs calls them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['patch', 'patches'],
  ['cover', 'covers'],
  ['series', 'series'],
]);

/** `https://lore.kernel.org/r/ID`, `https://lkml.kernel.org/r/ID`, `https://patch.msgid.link/ID`: they have no mail themselves. */
function ofRedirector(url: URL, segments: readonly string[]): Wanted | undefined {
  const [first = '', second = ''] = segments;
  if (first === 'r' && segments.length <= 3) return messageIn(second);
  return /(?:^|\.)msgid\.link$/.test(url.hostname) ? messageIn(first) : undefined;
}

/** `https://HOST/ARCHIVE/ID/`, and the views of it. */
function ofArchive(url: URL, segments: readonly string[]): Wanted | undefined {
  const rest = VIEWS.has(segments.at(-1) ?? '') ? segments.slice(0, -1) : segments;
  const found = messageIn(rest.at(-1) ?? '');
  if (found === undefined) return undefined;
  return rest.length > 1 ? { ...found, server: safeOrigin(url) + prefix(rest.slice(0, -1)) } : found;
}

function messageIn(segment: string): WantedMessage | undefined {
  try {
    const messageId = decodeURIComponent(segment);
    return messageId.includes('@') && isMessageId(messageId) ? { messageId } : undefined;
  } catch {
    return undefined;
  }
}

/** Old links say http; nothing but this machine is asked that way. */
function safeOrigin({ hostname, origin }: URL): string {
  return isLoopback(hostname) ? origin : origin.replace(/^http:/, 'https:');
}

function prefix(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment}`).join('');
}
