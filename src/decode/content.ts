/** What `Content-Type` says, as far as it is needed to read a body. */
export interface ContentType {
  mediaType: string;
  charset?: string;
}

/** `text/plain; charset="utf-8"`. What is missing or cannot be read is plain text (RFC 2045, 5.2). */
export function contentType(value: string | undefined): ContentType {
  const mediaType = /^\s*([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(value ?? '')?.[1]?.toLowerCase() ?? 'text/plain';
  const charset = /;\s{0,20}charset\s{0,20}=\s{0,20}"?([^\s";]{1,60})/i.exec(value ?? '')?.[1];
  return charset === undefined ? { mediaType } : { mediaType, charset };
}
