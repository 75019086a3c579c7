import type { FieldCut } from '../message-cut.ts';

/** What a header says about where its message ends. */
export interface HeaderEnd {
  /** Where the body begins, in source units. */
  bodyStart: number;
  /** The number of units in the body that Content-Length claims. */
  contentLength?: number;
  /** The boundary of its parts, where it has some. */
  boundary?: string;
}

/** `fields` are those of `text`; `moved` is where `text` begins in the source. */
export function headerEndOf(text: string, fields: readonly FieldCut[], bodyStart: number, moved: number): HeaderEnd {
  const counted = fieldValue(text, fields, 'content-length');
  const type = fieldValue(text, fields, 'content-type') ?? '';
  const boundary = /^multipart\//i.test(type) ? BOUNDARY.exec(type) : null;
  const name = boundary?.[1] ?? boundary?.[2];
  return {
    bodyStart: bodyStart + moved,
    ...(counted !== undefined && /^\d{1,15}$/.test(counted) ? { contentLength: Number(counted) } : {}),
    ...(name === undefined ? {} : { boundary: name }),
  };
}

const BOUNDARY = /\bboundary ?= ?(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i;

/** The value of the first field of a name in small letters, at most 1000 units of it. */
export function fieldValue(text: string, fields: readonly FieldCut[], name: string): string | undefined {
  const field = fields.find((one) => one.name.length === name.length && one.name.toLowerCase() === name);
  return field && text.slice(field.valueStart, Math.min(field.end, field.valueStart + 1000)).trim();
}
