import { GB_BYTES, PAGE_BYTES } from './machine.ts';

const MB = 1024 * 1024;

/** A size or an address as a reader writes it: `3 GB`, `28 MB`, `4 GB + 12304 KB`. KB, MB and GB are powers of 1024. */
export function inWords(bytes: number): string {
  if (bytes < GB_BYTES) return belowGb(bytes);
  const rest = bytes % GB_BYTES;
  const whole = `${(bytes - rest) / GB_BYTES} GB`;
  return rest === 0 ? whole : `${whole} + ${belowGb(rest)}`;
}

function belowGb(bytes: number): string {
  if (bytes === 0) return '0';
  return bytes % MB === 0 ? `${bytes / MB} MB` : `${bytes / 1024} KB`;
}

export function rangeInWords(start: number, end: number): string {
  return `[${inWords(start)}, ${inWords(end)})`;
}

export function pagesInWords(range: { start_pfn: number; end_pfn: number }): string {
  return rangeInWords(range.start_pfn * PAGE_BYTES, range.end_pfn * PAGE_BYTES);
}

/** `1 page`, `2 pages`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

export function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** `TDMR 0`, `TDMRs 0 and 1`, `TDMRs 0, 1 and 2`; a long list is cut. */
export function tdmrList(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 6).map(String);
  if (numbers.length > 6) shown.push(`${numbers.length - 6} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? `TDMR ${last}` : `TDMRs ${shown.join(', ')} and ${last}`;
}
