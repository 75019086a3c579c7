import type { FieldCut } from '#cut';
import { type ContentType, contentType } from './content.ts';
import { fieldParameters } from './parameters.ts';

/** What the header of a part says about its body. */
export interface PartContent {
  type: ContentType;
  /** The transfer encoding in small letters. */
  encoding?: string;
  boundary?: string;
  filename?: string;
  /** `inline`, `attachment` and the like, in small letters. */
  disposition?: string;
}

/** Reads what the fields of a part say; `otherwise` is the type when they say none. */
export function partContent(text: string, fields: readonly FieldCut[], otherwise: string): PartContent {
  const written = rawValue(text, fields, 'content-type');
  const type = contentType(written ?? otherwise);
  const disposed = fieldParameters(rawValue(text, fields, 'content-disposition') ?? '');
  const { parameters } = fieldParameters(written ?? '');
  const boundary = parameters.get('boundary');
  // Comments may stand behind the word.
  const encoding = /^[^\s;()"]{1,60}/
    .exec(rawValue(text, fields, 'content-transfer-encoding') ?? '')?.[0]
    .toLowerCase();
  const disposition = /^[\w-]{1,60}/.exec(disposed.value)?.[0].toLowerCase();
  const filename = disposed.parameters.get('filename') ?? parameters.get('name');
  return {
    type,
    ...(encoding === undefined ? {} : { encoding }),
    ...(boundary === undefined ? {} : { boundary }),
    ...(filename === undefined ? {} : { filename }),
    ...(disposition === undefined ? {} : { disposition }),
  };
}

/** What a field says, not decoded, at most 2000 units of it. The first field of a name counts; `name` is in small letters. */
function rawValue(text: string, fields: readonly FieldCut[], name: string): string | undefined {
  const field = fields.find((one) => one.name.length === name.length && one.name.toLowerCase() === name);
  return field && unfold(text.slice(field.valueStart, Math.min(field.end, field.valueStart + 2000)));
}

/** The lines of a field as one: a line end and the white space behind it is one space, and white space before it stays (RFC 5322, 2.2.3). */
export function unfold(value: string): string {
  return value.replace(/\r?\n[ \t]{0,1000}/g, ' ').trim();
}
