const TOKEN = /<(\/?)([a-zA-Z][\w-]*)((?: [a-zA-Z][\w:-]*="[^"<]*")*)(\/?)>|([^<]+)/y;
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/;

/** What is wrong with a text as XML, of the simple kind that is written here; `undefined` when it is well-formed. */
export function brokenXml(xml: string): string | undefined {
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(xml);
    if (found === null) return `no token at ${xml.slice(at, at + 40)}`;
    const [, closing, name = '', attributes = '', empty, text] = found;
    if (ENTITY.test(attributes) || ENTITY.test(text ?? '')) return `a bare ampersand near ${at}`;
    if (text !== undefined) continue;
    const names = [...attributes.matchAll(/ ([a-zA-Z][\w:-]*)=/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) return `an attribute twice in ${found[0]}`;
    if (closing === '/') {
      if (open.pop() !== name) return `${name} is closed and was not open`;
    } else if (empty !== '/') open.push(name);
  }
  return open.length === 0 ? undefined : `${open.join(' ')} left open`;
}
