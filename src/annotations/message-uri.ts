/** `mid:` addresses of messages, RFC 2392. */

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The `mid:` address of a Message-ID, given with or without its angle brackets. */
export function midUri(messageId: string): string {
  const encoded = encodeURIComponent(bareMessageId(messageId).replace(LONE_SURROGATE, '\ufffd'));
  return `mid:${encoded.replaceAll('%40', '@').replaceAll('%24', '$').replaceAll('%2B', '+').replaceAll('%3D', '=')}`;
}

/**
 * The Message-ID of a `mid:` address, without angle brackets; a content-id behind a slash is left out. Also that of a page of
 * an archive whose address has it as a part of its path, as lore's have.
 */
export function messageIdOf(uri: string): string | undefined {
  if (/^https?:/i.test(uri)) return messageIdInPath(uri);
  if (!/^mid:/i.test(uri)) return undefined;
  const [encoded = ''] = uri.slice(4).split('/', 1);
  const messageId = bareMessageId(decoded(encoded));
  return messageId === '' ? undefined : messageId;
}

function messageIdInPath(url: string): string | undefined {
  const [, , , ...parts] = (url.split(/[?#]/, 1)[0] ?? '').split('/');
  return parts.map(decoded).find((part) => /^[^@\s]+@[^@\s]+$/.test(part));
}

/** A relative reference for a file's label, `/` between its parts; the way back is `pathOf`. */
export function pathUri(path: string): string {
  const parts = plainPath(path).replace(LONE_SURROGATE, '\ufffd').split('/');
  return parts.map((part) => encodeURIComponent(part)).join('/');
}

export function pathOf(uri: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:/i.test(uri) ? undefined : plainPath(decoded(uri));
}

/** One spelling of a file's label: `/` between its parts, no `./` before it. */
export function plainPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return slashed.startsWith('./') ? slashed.slice(2) : slashed;
}

export function bareMessageId(messageId: string): string {
  const trimmed = messageId.trim();
  return trimmed.startsWith('<') && trimmed.endsWith('>') ? trimmed.slice(1, -1) : trimmed;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing: the text as it stands is the best reading.
    return text;
  }
}
