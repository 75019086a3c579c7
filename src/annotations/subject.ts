/**
 * A subject without what changes from one mail of a conversation to the next: `Re:` and `Fwd:`, bracketed prefixes with
 * their version and number, case and white space. Only for comparing; it is never shown.
 */
export function subjectKey(subject: string): string {
  let rest = subject.trim();
  for (let shorter = withoutPrefix(rest); shorter !== rest; shorter = withoutPrefix(rest)) rest = shorter;
  return rest.split(/\s+/).join(' ').toLowerCase();
}

function withoutPrefix(subject: string): string {
  const reply = /^(?:re|fwd?|aw|sv)\s?:/i.exec(subject);
  if (reply !== null) return subject.slice(reply[0].length).trimStart();
  if (!subject.startsWith('[')) return subject;
  const end = subject.indexOf(']');
  return end === -1 || end === subject.length - 1 ? subject : subject.slice(end + 1).trimStart();
}
