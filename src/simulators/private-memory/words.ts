export const PAGE_BYTES = 4096;

/** `1 page`, `2 pages`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** `page 6`, `pages 6-7`: guest pages by number. */
export function pagesInWords(from: number, many: number): string {
  return many === 1 ? `page ${from}` : `pages ${from}-${from + many - 1}`;
}

/** `Page 6`, at the start of a sentence. */
export function atStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `is` or `are`, `goes` or `go`, as the number asks. */
export function verb(number: number, one: string, more: string): string {
  return number === 1 ? one : more;
}

/** Pages of 4 KB as memory. */
export function sizeInWords(pages: number): string {
  return `${(pages * PAGE_BYTES) / 1024} KB`;
}

/** The guest physical address of a page, as KVM writes it into an exit. */
export function gpaInWords(page: number): string {
  return `0x${(page * PAGE_BYTES).toString(16)}`;
}
