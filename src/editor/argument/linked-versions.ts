import * as vscode from 'vscode';

/** A message of a version, and where it was when it was linked: a document, or the file behind a reading view. */
export interface LinkedMail {
  /** Without its angle brackets. */
  messageId: string;
  uri: string;
}

const key = 'patchgloss.linkedVersions';
/** Pairs that are kept; the oldest are forgotten. */
const mostLinks = 200;
/** UTF-16 units of an id or an address. */
const longest = 4096;

type Link = readonly [LinkedMail, LinkedMail];

let kept: vscode.Memento | undefined;
const changes = new vscode.EventEmitter<void>();

/** Fires when versions are linked, or a link is taken away. */
export const onDidChangeLinkedVersions: vscode.Event<void> = changes.event;

/** Versions that a reader linked by hand stay with the workspace. */
export function keepLinkedVersions(state: vscode.Memento): void {
  kept = state;
}

/** What a workspace keeps is read as if anybody had written it. */
function links(): Link[] {
  const read = kept?.get<unknown>(key);
  if (!Array.isArray(read)) return [];
  return read.flatMap((pair: unknown): Link[] => {
    const [one, other]: unknown[] = Array.isArray(pair) ? pair : [];
    return isLinkedMail(one) && isLinkedMail(other) ? [[one, other]] : [];
  });
}

function isLinkedMail(value: unknown): value is LinkedMail {
  if (typeof value !== 'object' || value === null || !('messageId' in value && 'uri' in value)) return false;
  return [value.messageId, value.uri].every((one) => typeof one === 'string' && one !== '' && one.length <= longest);
}

/** The mails that were linked to any of these messages, also by way of others; without these messages themselves. */
export function linkedVersions(messageIds: Iterable<string>): LinkedMail[] {
  const seen = new Set(messageIds);
  const all = links();
  const found: LinkedMail[] = [];
  for (let grown = true; grown; ) {
    grown = false;
    for (const [one, other] of all) {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        if (!seen.has(from.messageId) || seen.has(to.messageId)) continue;
        seen.add(to.messageId);
        found.push(to);
        grown = true;
      }
    }
  }
  return found;
}

export async function linkVersions(one: LinkedMail, other: LinkedMail): Promise<void> {
  if (one.messageId === other.messageId) return;
  await keep([...links().filter((link) => !joins(link, one.messageId, other.messageId)), [one, other]]);
}

/** Takes away what was linked to a message directly. */
export async function unlinkVersions(messageId: string, other: string): Promise<void> {
  await keep(links().filter((link) => !joins(link, messageId, other)));
}

function joins([one, other]: Link, first: string, second: string): boolean {
  return (
    (one.messageId === first && other.messageId === second) || (one.messageId === second && other.messageId === first)
  );
}

async function keep(pairs: readonly Link[]): Promise<void> {
  await kept?.update(key, pairs.slice(-mostLinks));
  changes.fire();
}
