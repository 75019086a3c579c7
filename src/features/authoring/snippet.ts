/** Snippets of an editor: text in which the caret stops. */

/** Text that is put in as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** The place number `at` where the caret stops, with words that are typed over. */
export function stop(at: number, words: string): string {
  return `\${${at}:${escaped(words)}}`;
}
