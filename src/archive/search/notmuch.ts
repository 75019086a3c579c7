import type { FoundMessage } from './found.ts';
import type { Query, Term } from './query.ts';

/** How notmuch calls what a term is looked for in; it does not know the files of a diff. */
const PREFIXES: Readonly<Partial<Record<Term['field'], string>>> = {
  subject: 'subject:',
  author: 'from:',
  text: 'body:',
  id: 'id:',
  list: 'to:',
  any: '',
};

/** The arguments that make notmuch answer a query, as JSON. `wrong` has the terms that it cannot answer. */
export function notmuchArguments(query: Query): { args: string[]; wrong: string[] } {
  const words: string[] = [];
  const wrong = [...query.wrong];
  for (const term of query.terms) {
    const word = wordOf(term);
    if (word === undefined) wrong.push(`dfn:${term.value}`);
    else words.push(term.not ? `not ${word}` : word);
  }
  const args = ['show', '--format=json', '--format-version=4', '--body=false', '--entire-thread=false'];
  return { args: [...args, '--', words.map((word) => `(${word})`).join(' and ') || '*'], wrong };
}

function wordOf({ field, value, from, to }: Term): string | undefined {
  if (field === 'date') return `date:${secondsOf(from)}..${secondsOf(to === undefined ? undefined : to - 1000)}`;
  const prefix = PREFIXES[field];
  return prefix === undefined ? undefined : `${prefix}"${value.replaceAll('"', '')}"`;
}

function secondsOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : `@${Math.floor(milliseconds / 1000)}`;
}

/** Reads what notmuch answered: trees of threads in lists. Absent when it is no JSON. */
export function readNotmuch(text: string): FoundMessage[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found: FoundMessage[] = [];
  // The trees are as deep as threads are: a stack, not a recursion.
  for (const stack = [answer]; stack.length > 0; ) {
    const one = stack.pop();
    if (Array.isArray(one)) for (let at = one.length - 1; at >= 0; at--) stack.push(one[at]);
    else if (typeof one === 'object' && one !== null) found.push(...messageOf(one));
  }
  return found;
}

function messageOf(one: object): FoundMessage[] {
  const id: unknown = Reflect.get(one, 'id');
  const headers: unknown = Reflect.get(one, 'headers');
  if (typeof id !== 'string' || typeof headers !== 'object' || headers === null) return [];
  const header = (name: string): string => String(Reflect.get(headers, name) ?? '');
  const names: unknown = Reflect.get(one, 'filename');
  const file: unknown = Array.isArray(names) ? names[0] : names;
  const seconds: unknown = Reflect.get(one, 'timestamp');
  return [
    {
      messageId: id,
      subject: header('Subject'),
      author: header('From'),
      ...(typeof seconds === 'number' ? { date: seconds * 1000 } : {}),
      ...(typeof file === 'string' ? { file, index: 0 } : {}),
    },
  ];
}
