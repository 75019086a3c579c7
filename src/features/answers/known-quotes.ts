import type { QuoteTraces } from '../provenance.ts';
import type { Page } from '../reading.ts';

/** What provenance knows of the mails of a thread. */
export interface KnownQuotes {
  traces: QuoteTraces;
  pageOf(key: string): Page | undefined;
}
