const lineFeed = 10;
const carriageReturn = 13;

/**
 * Line numbers (from 0) of byte offsets, as the editor counts lines: LF, CRLF and a lone CR each end one. For bytes in which
 * ASCII is ASCII (UTF-8 and the 8-bit charsets). The table is made once, on first use.
 */
export function lineOfByte(bytes: Uint8Array): (offset: number) => number {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(bytes);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = 0; at < bytes.length; at++) {
    const endsLine = bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed);
    if (endsLine) starts.push(at + 1);
  }
  return starts;
}
