/** Half open. */
export type PageRange = { start_pfn: number; end_pfn: number };

export const PAGE_BYTES = 4096;
export const GB_PAGES = 262144;
/** The first MB is never TDX memory: build_tdx_memlist() begins at this page. */
export const FIRST_TDX_PFN = 256;

/** Inside one of them as a whole. Two neighbours that cover it together do not count: the kernel's loop joins nothing. */
export function isInsideOne(range: PageRange, list: readonly PageRange[]): boolean {
  return list.some((each) => range.start_pfn >= each.start_pfn && range.end_pfn <= each.end_pfn);
}

export function pagesOf(range: PageRange): number {
  return range.end_pfn - range.start_pfn;
}

/** The parts of the ranges that lie inside the others, range by range. The others must not overlap each other. */
export function common(ranges: readonly PageRange[], others: readonly PageRange[]): PageRange[] {
  return ranges.flatMap((range) =>
    others
      .map((other) => ({
        start_pfn: Math.max(range.start_pfn, other.start_pfn),
        end_pfn: Math.min(range.end_pfn, other.end_pfn),
      }))
      .filter((part) => part.end_pfn > part.start_pfn),
  );
}

/** Pages of the ranges that lie in none of the others. */
export function pagesOutside(ranges: readonly PageRange[], others: readonly PageRange[]): number {
  return sum(ranges) - sum(common(ranges, others));
}

export function sum(ranges: readonly PageRange[]): number {
  return ranges.reduce((pages, range) => pages + pagesOf(range), 0);
}

/** Without the first MB; what is empty then is left out. */
export function aboveFirstMb(ranges: readonly PageRange[]): PageRange[] {
  return ranges
    .map(({ start_pfn, end_pfn }) => ({ start_pfn: Math.max(start_pfn, FIRST_TDX_PFN), end_pfn }))
    .filter((range) => range.end_pfn > range.start_pfn);
}
