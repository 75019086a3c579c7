/** Author and address as git takes them from a `From:` value. Either is empty where the value gives none. */
export interface CommitAuthor {
  author: string;
  email: string;
}

/** Longer names are no names for git, in bytes of UTF-8. */
const MOST_BYTES = 60;

/**
 * The address is what stands around the first `@`; the rest is the name, comments and all. A name that cannot be one is replaced by the
 * address.
 *
 *     Ada (tea) Example <ada@example.org> (Kettle)    Ada (tea) Example (Kettle)
 *     ada@example.org (Ada Example)                   Ada Example
 */
export function commitAuthor(from: string): CommitAuthor {
  const value = from.replace(/\s+/g, ' ');
  const plain = withoutQuotes(value);
  const sign = plain.indexOf('@');
  if (sign === -1) return bogusAuthor(value);
  let start = sign;
  while (start > 0 && !/[\s<]/.test(plain.charAt(start - 1))) start--;
  const bracket = start > 0 && plain.charAt(start - 1) === '<';
  const stop = /[\s>]/.exec(plain.slice(start));
  const end = stop ? start + stop.index : plain.length;
  const email = plain.slice(start, end);
  const name = `${plain.slice(0, bracket ? start - 1 : start)} ${plain.slice(end + 1)}`.replace(/\s+/g, ' ').trim();
  const bare = name.startsWith('(') && name.endsWith(')') ? name.slice(1, -1) : name;
  return { author: saneName(bare, email), email };
}

/** `Ada Example <ada>`: no address, but something in its place. */
function bogusAuthor(value: string): CommitAuthor {
  const open = value.indexOf('<');
  const close = value.indexOf('>', open);
  if (open === -1 || close === -1) return { author: '', email: '' };
  const email = value.slice(open + 1, close);
  return { author: saneName(value.slice(0, open).trim(), email), email };
}

function saneName(name: string, email: string): string {
  const bytes = name.length > MOST_BYTES ? name.length : new TextEncoder().encode(name).length;
  return name === '' || bytes > MOST_BYTES || /[@<>]/.test(name) ? email : name;
}

/** Quotes are taken off and what is escaped in them is meant as it is; brackets of comments stay. */
function withoutQuotes(value: string): string {
  let plain = '';
  let quoted = false;
  let comments = 0;
  for (let at = 0; at < value.length; at++) {
    const sign = value.charAt(at);
    if ((quoted || comments > 0) && sign === '\\') {
      at++;
      plain += value.charAt(at);
    } else if (sign === '"' && comments === 0) quoted = !quoted;
    else {
      if (!quoted && sign === '(') comments++;
      if (!quoted && sign === ')' && comments > 0) comments--;
      plain += sign;
    }
  }
  return plain;
}
