/** What the 128 bytes from 0x80 on mean in windows-1252. Some platforms map half of 0x80..0x9f to control characters. */
export const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178' +
  Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join('');

/** ISO-8859-16 from 0xa0 on, which Node does not know. */
const ISO_8859_16 =
  '\u00a0\u0104\u0105\u0141\u20ac\u201e\u0160\u00a7\u0161\u00a9\u0218\u00ab\u0179\u00ad\u017a\u017b\u00b0\u00b1\u010c\u0142\u017d\u201d\u00b6\u00b7\u017e\u010d\u0219\u00bb\u0152\u0153\u0178\u017c' +
  '\u00c0\u00c1\u00c2\u0102\u00c4\u0106\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb\u00cc\u00cd\u00ce\u00cf\u0110\u0143\u00d2\u00d3\u00d4\u0150\u00d6\u015a\u0170\u00d9\u00da\u00db\u00dc\u0118\u021a\u00df' +
  '\u00e0\u00e1\u00e2\u0103\u00e4\u0107\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed\u00ee\u00ef\u0111\u0144\u00f2\u00f3\u00f4\u0151\u00f6\u015b\u0171\u00f9\u00fa\u00fb\u00fc\u0119\u021b\u00ff';

/** A decoder that the platform has. */
export interface PlatformDecoder {
  /** The name of the Encoding Standard. */
  readonly encoding: string;
  decode(bytes: Uint8Array): string;
}

/** Bytes that Node and browsers read differently; here as the Encoding Standard has them. */
const AGREED: Readonly<Record<string, readonly (readonly [byte: number, character: string])[]>> = {
  'koi8-u': [
    [0xae, '\u045e'],
    [0xbe, '\u040e'],
  ],
  'windows-1253': [[0xaa, '\ufffd']],
  'windows-1255': [[0xca, '\u05ba']],
};

/**
 * The characters of the bytes 0x80 to 0xff in a charset that takes one byte for each, by the name of the Encoding Standard; U+FFFD where a
 * byte means nothing. Absent for a charset of another kind.
 */
export function singleByteTable(name: string, decoder: PlatformDecoder | undefined): string | undefined {
  if (name === 'windows-1252') return WINDOWS_1252;
  if (name === 'iso-8859-16') {
    return Array.from({ length: 32 }, (_, index) => String.fromCharCode(0x80 + index)).join('') + ISO_8859_16;
  }
  if (!decoder || !/^(?:windows|iso-8859|koi8|ibm|mac|x-mac)/.test(name)) return undefined;
  const units = Array.from({ length: 128 }, (_, index) => decoder.decode(Uint8Array.of(0x80 + index)).charAt(0));
  for (const [byte, character] of AGREED[name] ?? []) units[byte - 0x80] = character;
  return units.map((unit) => (name === 'windows-874' && isPrivate(unit) ? '\ufffd' : unit)).join('');
}

/** A private character, by which a platform says that it has none. */
export function isPrivate(character: string): boolean {
  return character >= '\ue000' && character <= '\uf8ff';
}
