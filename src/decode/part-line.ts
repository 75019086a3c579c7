import type { PartCut } from './parts.ts';

/**
 * The line that stands for the header of a part, as readers of list mail know it:
 *
 *     [-- Attachment: fix.patch, text/x-patch, 2.1 KB --]
 *     [-- Attachment: pot.gif, image/gif, 3.4 KB, not shown: it is not text --]
 */
export function partLine(text: string, part: PartCut, omitted: string | undefined): string {
  const name = oneLine(part.filename ?? '').slice(0, LONGEST);
  const said = [...(name === '' ? [] : [name]), part.type.mediaType, sizeText(contentSize(text, part))];
  if (omitted !== undefined) said.push(`not shown: ${omitted}`);
  return `[-- ${part.holds === 'message' ? 'Message' : 'Attachment'}: ${said.join(', ')} --]`;
}

const LONGEST = 200;

function oneLine(name: string): string {
  return name.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** How many units the content of a part has, its transfer encoding taken off; of base64 the units of the alphabet count. */
export function contentSize(text: string, { body, encoding }: PartCut): number {
  if (encoding !== 'base64') return body.end - body.start;
  let sixtets = 0;
  for (let at = body.start; at < body.end; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 32 && unit !== 61) sixtets++;
  }
  return Math.floor((sixtets * 3) / 4);
}

/** A size as readers say it; powers of 1024, as the kernel counts. */
export function sizeText(size: number): string {
  if (size < 1024) return size === 1 ? '1 byte' : `${size} bytes`;
  const [value, unit] = size < 1024 * 1024 ? [size / 1024, 'KB'] : [size / 1024 / 1024, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
