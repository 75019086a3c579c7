import type { FoundMessage } from './found.ts';
import type { Query, Term } from './query.ts';

/** How lei, which speaks the words of public-inbox, calls what a term is looked for in. */
const PREFIXES: Readonly<Partial<Record<Term['field'], string>>> = {
  subject: 's:',
  author: 'f:',
  text: 'b:',
  id: 'm:',
  list: 'l:',
  file: 'dfn:',
  any: '',
};

/** Signs that Xapian, which lei asks, takes for its own; it reads words between them. */
const OWN_SIGNS = /["'()*:~^\u201c\u201d]+/g;

/**
 * The arguments that make lei answer a query from what it has on this machine, as lines of JSON. Each term is an argument of its own, behind the
 * options. `wrong` has the terms that it cannot answer.
 */
export function leiArguments(query: Query): { args: string[]; wrong: string[] } {
  const words: string[] = [];
  const wrong = [...query.wrong];
  for (const term of query.terms) {
    const word = wordOf(term);
    if (word === undefined) wrong.push(term.value);
    else words.push(...(term.not ? ['NOT', word] : [word]));
  }
  const [first] = words;
  // Everything but something needs something to begin with.
  if (first === undefined || first === 'NOT') words.unshift(ALL);
  const args = ['q', '--no-save', '--no-remote', '--no-color', '--format=jsonl', '--'];
  return { args: [...args, ...words], wrong };
}

const ALL = 'dt:19700101000000..';

/** lei puts quotes around an argument of several words, behind its prefix. Absent where no word is left. */
function wordOf({ field, value, from, to }: Term): string | undefined {
  if (field === 'date') return `dt:${secondsOf(from)}..${secondsOf(to === undefined ? undefined : to - 1000)}`;
  const prefix = PREFIXES[field];
  if (prefix === undefined) return undefined;
  const plain = value
    .replace(field === 'id' ? /["\s]+/g : OWN_SIGNS, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const word = prefix === '' ? plain.replace(/^[-+]+/, '') : plain;
  return word === '' ? undefined : `${prefix}${word}`;
}

/** `20240108100000`, in UTC. */
function secondsOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19).replaceAll(/\D/g, '');
}

/** Reads what lei answered: a message a line. Absent when a line is no JSON. */
export function readLei(text: string): FoundMessage[] | undefined {
  const found: FoundMessage[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      const one: unknown = JSON.parse(line);
      if (typeof one === 'object' && one !== null) found.push(...messageOf(one));
    } catch {
      return undefined;
    }
  }
  return found;
}

/** `{"m": "one@example.org", "s": "tea", "f": [["Ada", "ada@example.org"]], "dt": "2024-01-08T10:00:00Z", "refs": [...]}` */
function messageOf(one: object): FoundMessage[] {
  const member = (name: string): unknown => Reflect.get(one, name);
  const messageId = member('m');
  if (typeof messageId !== 'string') return [];
  const date = Date.parse(String(member('dt')));
  const references = member('refs');
  const parentId: unknown = Array.isArray(references) ? references.at(-1) : undefined;
  return [
    {
      messageId,
      subject: String(member('s') ?? ''),
      author: authorOf(member('f')),
      ...(Number.isNaN(date) ? {} : { date }),
      ...(typeof parentId === 'string' ? { parentId } : {}),
    },
  ];
}

function authorOf(from: unknown): string {
  const first: unknown = Array.isArray(from) ? from[0] : undefined;
  if (!Array.isArray(first)) return '';
  const [name, address]: unknown[] = first;
  const words = typeof name === 'string' && name !== '' ? [name] : [];
  return [...words, ...(typeof address === 'string' ? [`<${address}>`] : [])].join(' ');
}
