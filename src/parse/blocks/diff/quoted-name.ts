const PLAIN_ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * `"tea/caf\303\251.c"`: git quotes names with the escapes of C, in which octal numbers are bytes, mostly of UTF-8; bytes that are none are
 * read as latin-1, so that a name is always readable. A name that is not quoted is given back.
 */
export function unquoted(name: string | undefined): string | undefined {
  if (name === undefined || name.length < 2 || !name.startsWith('"') || !name.endsWith('"')) return name;
  const bytes: number[] = [];
  for (const match of name.slice(1, -1).matchAll(/\\([0-7]{1,3}|.)|[^\\]/gsu)) {
    const code = match[1];
    if (code === undefined) bytes.push(...new TextEncoder().encode(match[0]));
    else if (/^[0-7]/.test(code)) bytes.push(Number.parseInt(code, 8) & 0xff);
    else bytes.push(...(code in PLAIN_ESCAPES ? [PLAIN_ESCAPES[code] ?? 0] : new TextEncoder().encode(code)));
  }
  return textOf(new Uint8Array(bytes));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
