/** Decoders of our own, written after RFC 2045 and no other code of the project: what a byte span of a file really says. */
export function undoQuotedPrintable(text: string): Buffer {
  const bytes: number[] = [];
  const joined = text.replace(/=[ \t]*\r?\n/g, '');
  for (let at = 0; at < joined.length; at++) {
    const code = /^=([0-9A-Fa-f]{2})/.exec(joined.slice(at, at + 3));
    if (code) at += 2;
    bytes.push(code ? Number.parseInt(code[1] ?? '', 16) : joined.charCodeAt(at));
  }
  return Buffer.from(bytes);
}

/** A span of base64 may begin and end inside a group of four; the units before it in its group say where its bytes begin. */
export function undoBase64(body: string, start: number, end: number): Buffer {
  const units = (piece: string): string => piece.replace(/[^A-Za-z0-9+/]/g, '');
  const before = units(body.slice(0, start));
  const inside = units(body.slice(start, end));
  const lead = before.length % 4;
  const group = before.slice(before.length - lead) + inside;
  const bytes = Buffer.from(group, 'base64');
  return bytes.subarray(lead, Math.floor((group.length * 6) / 8));
}
