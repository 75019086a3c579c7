import { isPrivate, type PlatformDecoder } from './single-byte.ts';

/** A charset in which a character takes one to four bytes, the first one above 0x7f. */
export interface MultiByte {
  /**
   * The character whose first byte stands at `at`, and how many units it takes; `text` is U+FFFD where the bytes are no character, and then an ASCII
   * unit is never one of them.
   */
  read(units: string, at: number): { text: string; length: number };
}

type Shape = 'gb18030' | 'big5' | 'euc-kr' | 'shift_jis' | 'euc-jp';

const SHAPES: Readonly<Record<Shape, (units: string, at: number) => number>> = {
  gb18030(units, at) {
    const [first, second] = [units.charCodeAt(at), units.charCodeAt(at + 1)];
    if (first === 0x80) return 1;
    if (!within(first, 0x81, 0xfe)) return 0;
    if (within(second, 0x40, 0xfe) && second !== 0x7f) return 2;
    const [third, fourth] = [units.charCodeAt(at + 2), units.charCodeAt(at + 3)];
    return within(second, 0x30, 0x39) && within(third, 0x81, 0xfe) && within(fourth, 0x30, 0x39) ? 4 : 0;
  },
  big5(units, at) {
    const second = units.charCodeAt(at + 1);
    const trail = within(second, 0x40, 0x7e) || within(second, 0xa1, 0xfe);
    return within(units.charCodeAt(at), 0x81, 0xfe) && trail ? 2 : 0;
  },
  'euc-kr'(units, at) {
    const second = units.charCodeAt(at + 1);
    const trail = within(second, 0x41, 0x5a) || within(second, 0x61, 0x7a) || within(second, 0x81, 0xfe);
    return within(units.charCodeAt(at), 0x81, 0xfe) && trail ? 2 : 0;
  },
  shift_jis(units, at) {
    const [first, second] = [units.charCodeAt(at), units.charCodeAt(at + 1)];
    if (within(first, 0xa1, 0xdf) || first === 0x80) return 1;
    const lead = within(first, 0x81, 0x9f) || within(first, 0xe0, 0xfc);
    return lead && within(second, 0x40, 0xfc) && second !== 0x7f ? 2 : 0;
  },
  'euc-jp'(units, at) {
    const [first, second, third] = [units.charCodeAt(at), units.charCodeAt(at + 1), units.charCodeAt(at + 2)];
    if (first === 0x8e) return within(second, 0xa1, 0xdf) ? 2 : 0;
    if (first === 0x8f) return within(second, 0xa1, 0xfe) && within(third, 0xa1, 0xfe) ? 3 : 0;
    return within(first, 0xa1, 0xfe) && within(second, 0xa1, 0xfe) ? 2 : 0;
  },
};

function within(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

/** So many characters of a charset are remembered; the platform is asked again for the rest. */
const MOST_KNOWN = 20_000;

/** By the name of the Encoding Standard; absent for a charset of another kind. */
export function multiByte(name: string, decoder: PlatformDecoder): MultiByte | undefined {
  const shape = name === 'gbk' ? 'gb18030' : name;
  if (!isShape(shape)) return undefined;
  const lengthOf = SHAPES[shape];
  const decodeOne = shape === 'euc-kr' ? unifiedHangul(decoder) : (bytes: Uint8Array) => decoder.decode(bytes);
  const known = new Map<number, string>();
  const characterOf = (units: string, at: number, length: number): string => {
    let key = 0;
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index++) {
      bytes[index] = units.charCodeAt(at + index);
      key = key * 256 + units.charCodeAt(at + index);
    }
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = decodeOne(bytes);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, text);
    return text;
  };
  return {
    read(units, at) {
      const length = lengthOf(units, at);
      if (length === 0) return NOTHING;
      const text = characterOf(units, at, length);
      if (!text.includes('\ufffd') && !(shape !== 'gb18030' && isPrivate(text))) return { text, length };
      const ascii = units.charCodeAt(at + length - 1) < 0x80;
      return ascii ? NOTHING : { text: '\ufffd', length };
    },
  };
}

const NOTHING = { text: '\ufffd', length: 1 };

function isShape(name: string): name is Shape {
  return Object.hasOwn(SHAPES, name);
}

/**
 * Korean mail is in code page 949: EUC-KR, and between its rows the 8822 Hangul syllables that it lacks, in the order of Unicode. Node knows EUC-KR
 * alone, so the others are counted out.
 */
function unifiedHangul(decoder: PlatformDecoder): (bytes: Uint8Array) => string {
  let lacking: string[] | undefined;
  return (bytes) => {
    const index = placeAmongLacking(bytes[0] ?? 0, bytes[1] ?? 0);
    if (index === undefined) return decoder.decode(bytes);
    lacking ??= syllablesLackedBy(decoder);
    return lacking[index] ?? '\ufffd';
  };
}

/** Rows 0x81..0xa0 have 178 places, in 0x41..0x5a, 0x61..0x7a and 0x81..0xfe; later rows only those before 0xa1, 84. */
function placeAmongLacking(lead: number, trail: number): number | undefined {
  if (lead > 0xc6 || (lead > 0xa0 && trail > 0xa0)) return undefined;
  const column = trail - (trail < 0x5b ? 0x41 : trail < 0x7b ? 0x47 : 0x4d);
  return lead < 0xa1 ? (lead - 0x81) * 178 + column : 32 * 178 + (lead - 0xa1) * 84 + column;
}

function syllablesLackedBy(decoder: PlatformDecoder): string[] {
  const had = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) had.add(decoder.decode(Uint8Array.of(lead, trail)));
  }
  return Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index)).filter(
    (one) => !had.has(one),
  );
}
