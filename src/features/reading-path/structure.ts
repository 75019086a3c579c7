/** How lines of a path are told apart; the writer and the reader of the file agree by it. */

export const STOP = /^##[ \t]+(?:\d{1,4}\.[ \t]+)?(.*)$/;
export const PLACE = /^```json place[ \t]*$/;
export const SIMULATOR = /^\[[^\]]{0,200}\]\(simulator:([\w./?=&%-]{1,1000})\)[ \t]*$/;
export const QUESTION = /^\*\*Question:\*\*[ \t]*(.*)$/;
export const ANSWER = /^<details><summary>Answer<\/summary>[ \t]*$/;
export const ANSWER_END = /^<\/details>[ \t]*$/;

const ALL = [STOP, PLACE, SIMULATOR, QUESTION, ANSWER, ANSWER_END];

/** Whether a line would begin or end something; so would one that is kept from it by a backslash. */
export function isStructural(line: string): boolean {
  const plain = line.replace(/^\\{1,100}/, '');
  return ALL.some((form) => form.test(plain));
}

/** The mark of a fence that a line opens, or that closes the one that is open; absent for any other line. */
export function opensFence(line: string, open: string | undefined): string | undefined {
  const [, mark = '', rest = ''] = /^ {0,3}(`{3,100}|~{3,100})(.*)$/.exec(line) ?? [];
  if (mark === '') return undefined;
  if (open === undefined) return mark.startsWith('`') && rest.includes('`') ? undefined : mark;
  return mark.startsWith(open) && rest.trim() === '' ? mark : undefined;
}
