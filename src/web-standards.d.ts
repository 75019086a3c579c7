/**
 * What Node and browsers both have, and the core rooms use. They know no more of the world around them: neither
 * `document` nor `process` is a word here. Only tsconfig.core.json reads this file.
 */

interface TextDecoderOptions {
  fatal?: boolean;
  ignoreBOM?: boolean;
}

declare class TextDecoder {
  /** Throws a RangeError for a label that the host does not know. */
  constructor(label?: string, options?: TextDecoderOptions);
  readonly encoding: string;
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare class URL {
  constructor(url: string, base?: string | URL);
  static canParse(url: string, base?: string): boolean;
  readonly href: string;
  readonly origin: string;
  readonly username: string;
  readonly password: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

declare function structuredClone<Value>(value: Value): Value;

declare class AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

interface ReadableStreamDefaultReader {
  read(): Promise<{ done: boolean; value?: Uint8Array }>;
  cancel(): Promise<void>;
}

interface WritableStreamDefaultWriter {
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

declare class DecompressionStream {
  constructor(format: 'gzip');
  readonly readable: { getReader(): ReadableStreamDefaultReader };
  readonly writable: { getWriter(): WritableStreamDefaultWriter };
}

interface Response {
  readonly status: number;
  /** Where the answer came from, after the host followed redirects; empty where the host does not say. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): ReadableStreamDefaultReader } | null;
}

interface RequestInit {
  method?: string;
  headers?: Record<string, string>;
  redirect?: 'manual' | 'follow';
  credentials?: 'omit';
  signal?: AbortSignal;
}

/** Rejects when there is no answer, and when the signal aborts. */
declare function fetch(url: string, init?: RequestInit): Promise<Response>;
