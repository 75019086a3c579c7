import type { Charset } from './charset.ts';
import { multiByte } from './multi-byte.ts';
import { type PlatformDecoder, singleByteTable, WINDOWS_1252 } from './single-byte.ts';

/** Labels of mail that the Encoding Standard does not have, or means otherwise, each with one that it has. */
const ALIASES: Readonly<Record<string, string>> = Object.fromEntries([
  ['latin-1', 'iso-8859-1'],
  ['latin-9', 'iso-8859-15'],
  ['iso-latin-1', 'iso-8859-1'],
  ['8859-1', 'iso-8859-1'],
  ['iso8859_1', 'iso-8859-1'],
  ['iso_8859_1', 'iso-8859-1'],
  ['windows1252', 'windows-1252'],
  ['win-1251', 'windows-1251'],
  ['cp866', 'ibm866'],
  ['cp874', 'windows-874'],
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['windows-936', 'gbk'],
  ['gb18030-2005', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['ks_c_5601', 'euc-kr'],
  ['ks_c_5601-1992', 'euc-kr'],
  ['cp950', 'big5'],
  ['ms950', 'big5'],
  ['windows-950', 'big5'],
  ['koi8-ru', 'koi8-u'],
  ['mac', 'macintosh'],
  ['macroman', 'macintosh'],
  ['x-mac-roman', 'macintosh'],
  ['utf-8-sig', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['unicode', 'utf-16'],
] as const);

/** Labels that say of a text that it has no characters beyond ASCII. */
const ASCII: ReadonlySet<string> = new Set([
  'us-ascii',
  'ascii',
  'usascii',
  'us_ascii',
  'ansi_x3.4-1968',
  'ansi_x3.4-1986',
  'iso646-us',
  'iso-646-us',
  'iso_646.irv:1991',
  '646',
  'us',
  'cp367',
]);

/** Whether a label promises ASCII and nothing else; a label that is missing does too (RFC 2045, 5.2). */
export function promisesAscii(label: string | undefined): boolean {
  return label === undefined || ASCII.has(label.trim().toLowerCase());
}

/** The charset for a label as mail writes it; absent when nobody knows the label. No label and ASCII mean UTF-8, of which ASCII is a part. */
export function charsetOf(label: string | undefined): Charset | undefined {
  if (promisesAscii(label)) return { kind: 'utf-8' };
  const written = (label ?? '').trim().toLowerCase();
  const name = Object.hasOwn(ALIASES, written) ? (ALIASES[written] ?? written) : written;
  return OWN.get(name) ?? platformCharset(name);
}

/** Escape sequences name charsets that are read anyway. */
const ESCAPES: Charset = {
  kind: 'escapes',
  lend: (label) => {
    const charset = charsetOf(label);
    return charset?.kind === 'multi' ? charset.multi : undefined;
  },
};

/** What is read without asking the platform. */
const OWN: ReadonlyMap<string, Charset> = new Map<string, Charset>([
  ['utf-8', { kind: 'utf-8' }],
  ['utf8', { kind: 'utf-8' }],
  ['iso-8859-1', { kind: 'single', table: WINDOWS_1252 }],
  ['windows-1252', { kind: 'single', table: WINDOWS_1252 }],
  ['utf-7', { kind: 'utf-7' }],
  ['unicode-1-1-utf-7', { kind: 'utf-7' }],
  ['x-unicode-2-0-utf-7', { kind: 'utf-7' }],
  ['utf-16', { kind: 'utf-16' }],
  ['utf-16le', { kind: 'utf-16', bigEndian: false }],
  ['utf-16be', { kind: 'utf-16', bigEndian: true }],
  ['iso-2022-kr', ESCAPES],
]);

/** Labels that were asked for before: a header may hold thousands of words, and asking for an unknown one is slow. */
const asked = new Map<string, Charset | undefined>();
const MOST_ASKED = 200;

function platformCharset(label: string): Charset | undefined {
  if (asked.has(label)) return asked.get(label);
  const charset = /^iso-2022-jp(?:-\w{1,8})?$/.test(label) ? ESCAPES : askPlatform(label);
  if (asked.size >= MOST_ASKED) asked.clear();
  asked.set(label, charset);
  return charset;
}

/** By the Encoding Standard's name, so that all labels of a charset share what is remembered about it. */
function askPlatform(label: string): Charset | undefined {
  const decoder = decoderFor(label === 'gbk' ? 'gb18030' : label);
  const name = decoder?.encoding ?? label;
  if (name === 'utf-8') return { kind: 'utf-8' };
  if (name === 'iso-2022-jp') return ESCAPES;
  // Node has its own way with gbk; gb18030, of which it is a part, is the same everywhere.
  if (decoder && name !== label) return charsetOf(name);
  const table = singleByteTable(name, decoder);
  if (table !== undefined) return { kind: 'single', table };
  const multi = decoder && multiByte(name, decoder);
  return multi && { kind: 'multi', multi };
}

function decoderFor(label: string): PlatformDecoder | undefined {
  try {
    // A byte order mark is the business of whoever asks.
    return new TextDecoder(label, { ignoreBOM: true });
  } catch {
    return undefined;
  }
}
