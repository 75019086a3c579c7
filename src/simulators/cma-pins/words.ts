import type { Place } from './state.ts';

/** `1 block`, `2 blocks`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** `block 3 of the area`. */
export function inWords(place: Place): string {
  return `block ${place.block} of ${sideInWords(place)}`;
}

export function sideInWords(place: Place): string {
  return place.side === 'area' ? 'the area' : 'other memory';
}

/** `block 2`, `blocks 2-7`. */
export function run(start: number, length: number): string {
  return length === 1 ? `block ${start}` : `blocks ${start}-${start + length - 1}`;
}

/** `3 of 8 (38 %)`. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '0 of 0' : `${part} of ${whole} (${percent(part, whole)})`;
}

export function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
