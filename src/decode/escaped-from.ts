const [LF, GREATER] = [10, 62];

/**
 * Whether a line of a mailbox at `at` is escaped: a `>` was put before every line that reads `From `, `>From `, `>>From ` and so on (mboxrd). That happens when
 * a mail is put into the mailbox, so it is taken back before anything else is decoded.
 */
export function isEscapedFrom(text: string, at: number, end: number): boolean {
  if (text.charCodeAt(at) !== GREATER || (at > 0 && text.charCodeAt(at - 1) !== LF)) return false;
  let mark = at + 1;
  while (mark < end && text.charCodeAt(mark) === GREATER) mark++;
  return mark < end && text.startsWith('From ', mark);
}
