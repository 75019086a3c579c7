import { type Address, addressesOf } from '#reading';
import { addressField, textField } from './fields.ts';
import { isAddress } from './names.ts';
import { MOST_OCTETS } from './problems.ts';

const ADDRESSES = new Set(['from', 'to', 'cc', 'bcc', 'reply-to', 'mail-followup-to']);
/** How the body is written is said anew. */
const OWN = new Set(['mime-version', 'content-type', 'content-transfer-encoding']);

/**
 * A draft as the file that a mail program sends: UTF-8 with LF line ends, what is not ASCII in the header encoded, the body as it stands (8bit) or,
 * where one of its lines is longer than a mail may have, quoted-printable. Names and addresses that were written by hand are put right as far as they can be.
 */
export function sendableText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.indexOf('');
  const head = end === -1 ? lines : lines.slice(0, end);
  const body = end === -1 ? [''] : lines.slice(end + 1);
  while (body.length > 1 && body.at(-1) === '' && body.at(-2) === '') body.pop();
  if (body.at(-1) !== '') body.push('');
  const isWide = body.some((line) => new TextEncoder().encode(line).length > MOST_OCTETS || line.includes('\0'));
  const fields = unfolded(head).flatMap(({ name, value }) =>
    OWN.has(name.toLowerCase()) ? [] : [fieldText(name, value)],
  );
  const mime = [
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${isWide ? 'quoted-printable' : '8bit'}`,
  ];
  return [...fields, ...mime, '', (isWide ? body.flatMap(quotedPrintable) : body).join('\n')].join('\n');
}

interface WrittenField {
  name: string;
  /** With its line ends. */
  value: string;
}

/** A line that is neither a field nor goes on with one is no part of a header, and is left out. */
function unfolded(head: readonly string[]): WrittenField[] {
  const fields: WrittenField[] = [];
  for (const line of head) {
    const last = fields.at(-1);
    const [, name, value = ''] = /^([!-9;-~]{1,100}):(.*)$/s.exec(line) ?? [];
    if (name !== undefined) fields.push({ name, value });
    else if (last && /^[ \t]/.test(line)) last.value += `\n${line}`;
  }
  return fields;
}

function fieldText(name: string, value: string): string {
  if (/^[\t\n -~]*$/.test(value)) return `${name}:${value}`;
  const words = value.replace(/\s+/g, ' ').trim();
  if (!ADDRESSES.has(name.toLowerCase())) return textField(name, words);
  const isWritten = (one: Address): boolean => one.address !== undefined && isAddress(one.address);
  return addressField(name, addressesOf(words).filter(isWritten));
}

/** One line of quoted-printable (RFC 2045, 6.7), in pieces of at most 76 columns; nothing is left open at their ends. */
function quotedPrintable(line: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  const bytes = new TextEncoder().encode(line);
  for (const [at, byte] of bytes.entries()) {
    const isLast = at === bytes.length - 1;
    const isPlain = (byte > 32 && byte < 127 && byte !== 61) || ((byte === 32 || byte === 9) && !isLast);
    const written = isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (piece.length + written.length > 75) {
      pieces.push(`${piece}=`);
      piece = '';
    }
    piece += written;
  }
  return [...pieces, piece];
}
