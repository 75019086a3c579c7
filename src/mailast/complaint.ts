/** What a reader is told about a place that could not be read as it stands. Never an exception. */
export interface Complaint {
  /** Stable and kebab-case: `flattened-lines-restored`. */
  ruleId: string;
  /** One sentence: what was found, and what was done about it. */
  reason: string;
  severity: 'info' | 'warning' | 'error';
  /** UTF-16 offsets in the message's readable text, where the complaint has a place. */
  start?: number;
  end?: number;
}
