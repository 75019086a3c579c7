/** Node and web workers both have it. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

/** Random bytes from the host, two hexadecimal digits each. */
export function randomHex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A random UUID (version 4) as a name; `crypto.randomUUID` is missing in hosts that are not served securely. */
export function uuidName(): string {
  const hex = randomHex(16);
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const fields = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20),
  ];
  return `urn:uuid:${fields.join('-')}`;
}
