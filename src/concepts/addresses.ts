/** Where words mean nothing: `user@host`, `https://...`, `mm/gup.c`, `git-show-get-message-id`. */
import { chunkEnd, classOf, isWordCode, joint, letter, suspect, wordBits } from './words.ts';

const hyphen = 45;
/** Words of prose are joined by fewer: `guest-host-communication`. More make a name: of a branch, of a function in Lisp. */
const mostHyphens = 3;

/** Knows the addresses and paths of a text around the places that were asked for. */
export class Addresses {
  private readonly text: string;
  /** The chunk that was read last. Questions go from left to right, so that each chunk is read a few times at most. */
  private from = 0;
  private to = 0;
  private runs: readonly [number, number][] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Does the character at this offset belong to an address or a path? */
  hold(offset: number): boolean {
    if (offset < this.from || offset >= this.to) this.readChunk(offset);
    return this.runs.some(([start, end]) => start <= offset && offset < end);
  }

  private readChunk(offset: number): void {
    const { text } = this;
    let isSuspect = false;
    let hyphens = 0;
    let from = offset;
    // What was read before ends where a chunk ends.
    const least = offset >= this.to ? this.to : 0;
    while (from > least && !isChunkEnd(text, from - 1)) {
      from -= 1;
      isSuspect ||= isSuspectAt(text, from);
      hyphens += text.charCodeAt(from) === hyphen ? 1 : 0;
    }
    let to = offset;
    for (; to < text.length && !isChunkEnd(text, to); to += 1) {
      isSuspect ||= isSuspectAt(text, to);
      hyphens += text.charCodeAt(to) === hyphen ? 1 : 0;
    }
    [this.from, this.to] = [from, to];
    this.runs = isSuspect || hyphens > mostHyphens ? opaqueRuns(text, from, to) : [];
  }
}

function isChunkEnd(text: string, at: number): boolean {
  return (classOf(text.charCodeAt(at)) & chunkEnd) !== 0;
}

function isSuspectAt(text: string, at: number): boolean {
  return (classOf(text.charCodeAt(at)) & suspect) !== 0 || endsFileName(text, at);
}

const FILE_ENDING = /\.(?:[chSo]|ko|rst|txt|py|sh|ya?ml|dtsi?)(?!\w)/y;

/** Whether the ending of a source file stands at this offset: `vgic-sys-reg-v3.o` names a file, and not what it is about. */
function endsFileName(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 46) return false;
  FILE_ENDING.lastIndex = at;
  return FILE_ENDING.test(text);
}

function opaqueRuns(text: string, from: number, to: number): [number, number][] {
  const runs: [number, number][] = [];
  let at = from;
  while (at < to) {
    const start = at;
    while (at < to && (classOf(text.charCodeAt(at)) & (wordBits | joint)) !== 0) at += 1;
    if (at === start) {
      at += 1;
      continue;
    }
    if (text.startsWith('://', at)) {
      runs.push([start, to]);
      return runs;
    }
    if (isOpaque(text, start, at)) runs.push([start, at]);
  }
  return runs;
}

/**
 * A mail address has an `@` between words. A path has a slash and a dot before a letter (`mm/gup.c`, a host name and
 * its path), or two slashes and no capital (`arch/x86/kvm`), or starts at the root. `SEV/SEV-ES` and `x86/tip` are words.
 * Many words joined by single hyphens are a name, and so are a few with the ending of a source file. A long run of digits and letters of both sizes around slashes is base64.
 */
function isOpaque(text: string, from: number, end: number): boolean {
  // A comment in C++ begins so; no path does.
  const start = text.startsWith('//', from) ? from + 2 : from;
  let [slashes, capitals, joins, dotted] = [0, 0, 0, false];
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const inside = at > start && at + 1 < end;
    if (code === 64 && inside && isWordCode(text.charCodeAt(at + 1))) return true;
    if (code === 47) slashes += 1;
    if (code === hyphen && inside && isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at + 1)))
      joins += 1;
    if (code >= 65 && code <= 90) capitals += 1;
    dotted ||= code === 46 && inside && isLetter(text, at + 1) && isWordCode(text.charCodeAt(at - 1));
  }
  if (joins > mostHyphens) return true;
  if (slashes === 0) return joins > 0 && namesFile(text, start, end);
  if (end - start >= shortestBase64 && isMixed(text, start, end)) return true;
  return dotted || (slashes > 1 && (capitals === 0 || text.charCodeAt(start) === 47));
}

/** A full stop behind the name belongs to the sentence. */
function namesFile(text: string, from: number, end: number): boolean {
  const last = text.lastIndexOf('.', text.charCodeAt(end - 1) === 46 ? end - 2 : end - 1);
  return last > from && endsFileName(text, last) && !/\w/.test(text.slice(last + 1, end).replace(/^\w+/, ''));
}

/** In characters: lines of base64 have 60 to 76; names joined by slashes have fewer, or no digits. */
const shortestBase64 = 48;

/** At least three each of digits, capitals and small letters. */
function isMixed(text: string, start: number, end: number): boolean {
  let [digits, capitals, smalls] = [0, 0, 0];
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code >= 65 && code <= 90) capitals += 1;
    else if (code >= 97 && code <= 122) smalls += 1;
  }
  return Math.min(digits, capitals, smalls) >= 3;
}

function isLetter(text: string, at: number): boolean {
  return (classOf(text.charCodeAt(at)) & letter) !== 0;
}
