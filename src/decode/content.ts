import { fieldParameters } from './parameters.ts';

/** What `Content-Type` says, as far as it is needed to read a body. */
export interface ContentType {
  mediaType: string;
  charset?: string;
  /** Lines that end in a space go on in the next one (RFC 3676). */
  flowed?: { delSp: boolean };
}

/** `text/plain; charset="utf-8"`. What is missing or cannot be read is plain text (RFC 2045, 5.2). */
export function contentType(value: string | undefined): ContentType {
  const { value: written, parameters } = fieldParameters(value ?? '');
  const mediaType = /^[\w.+-]{1,80}\/[\w.+-]{1,80}/.exec(written)?.[0].toLowerCase() ?? 'text/plain';
  const charset = parameters.get('charset');
  const flowed = mediaType === 'text/plain' && parameters.get('format')?.toLowerCase() === 'flowed';
  return {
    mediaType,
    ...(charset === undefined ? {} : { charset }),
    ...(flowed ? { flowed: { delSp: parameters.get('delsp')?.toLowerCase() === 'yes' } } : {}),
  };
}
