import { FIRST_TDX_PFN, GB_PAGES, PAGE_BYTES, type PageRange, pagesOf } from './ranges.ts';

const MB_PAGES = FIRST_TDX_PFN;

/** A size or an address as a reader writes it: `8 GB`, `3 GB less 1 MB`. KB, MB and GB are powers of 1024. */
export function inWords(pages: number): string {
  if (pages === 0) return '0';
  if (pages % GB_PAGES === 0) return `${pages / GB_PAGES} GB`;
  if ((pages + MB_PAGES) % GB_PAGES === 0) return `${(pages + MB_PAGES) / GB_PAGES} GB less 1 MB`;
  if (pages % MB_PAGES === 0) return `${pages / MB_PAGES} MB`;
  return `${(pages * PAGE_BYTES) / 1024} KB`;
}

export function rangeInWords(range: PageRange): string {
  return `[${addressInWords(range.start_pfn)}, ${addressInWords(range.end_pfn)})`;
}

export function addressInWords(pfn: number): string {
  const rest = pfn % GB_PAGES;
  if (rest === 0 || pfn < GB_PAGES) return inWords(pfn);
  return `${(pfn - rest) / GB_PAGES} GB + ${inWords(rest)}`;
}

/** `the DIMM of 8 GB at [17 GB, 25 GB)`. */
export function memoryInWords(memory: PageRange & { name: string }): string {
  return `the ${memory.name} of ${inWords(pagesOf(memory))} at ${rangeInWords(memory)}`;
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** `1 entry`, `2 entries`. */
export function entries(number: number): string {
  return number === 1 ? '1 entry' : `${number} entries`;
}
