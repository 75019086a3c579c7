export interface SubjectOptions {
  /** The subject as it is written. */
  keep?: boolean;
  /** Only brackets that hold the word PATCH are taken off. */
  keepOtherBrackets?: boolean;
}

/**
 * The title of the commit: `Re:`, colons and everything in brackets are taken off the front, as git does. `Aw:` stays: git knows no other
 * language's reply.
 *
 *     Re: [RFC] [PATCH 1/2] tea: warm [the] pot    tea: warm [the] pot
 */
export function commitSubject(subject: string, options: SubjectOptions = {}): string {
  if (options.keep) return subject;
  let kept = '';
  let at = 0;
  while (at < subject.length) {
    const sign = subject.charAt(at);
    if (/[ \t:]/.test(sign)) at++;
    else if (/^re:/i.test(subject.slice(at, at + 3)) && subject.length > at + 3) at += 3;
    else {
      const close = sign === '[' ? subject.indexOf(']', at) : -1;
      if (close === -1) break;
      const bracket = subject.slice(at, close + 1);
      at = close + 1;
      if (options.keepOtherBrackets && !bracket.includes('PATCH')) {
        kept += bracket;
        if (/\s/.test(subject.charAt(at))) kept += ' ';
      }
    }
  }
  return `${kept}${subject.slice(at)}`.replace(/\s+/g, ' ').trim();
}
