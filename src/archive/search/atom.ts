import type { FoundMessage } from './found.ts';

/** More entries than a page of any server has. */
const MOST_ENTRIES = 10_000;

/**
 * Reads the feed that a public-inbox server answers a search with. Knows as much of XML as such a feed has: elements, attributes in double quotes, the five
 * named entities and numbers. Absent when it is no feed, or has a document type, which no feed has.
 */
export function readFeed(text: string): FoundMessage[] | undefined {
  if (!/^\s*<\?xml[^>]{0,200}\?>\s*<feed[\s>]/.test(text) || text.slice(0, 2000).includes('<!DOCTYPE'))
    return undefined;
  const found: FoundMessage[] = [];
  for (let start = text.indexOf('<entry>'); start !== -1 && found.length < MOST_ENTRIES; ) {
    const end = text.indexOf('</entry>', start);
    if (end === -1) break;
    const content = text.indexOf('<content', start);
    const entry = readEntry(text.slice(start, content === -1 ? end : Math.min(content, end)));
    if (entry) found.push(entry);
    start = text.indexOf('<entry>', end);
  }
  return found;
}

/** `<author><name>..</name><email>..</email></author><title>..</title><updated>..</updated><link href=".."/><thr:in-reply-to href=".."/>` */
function readEntry(text: string): FoundMessage | undefined {
  const url = attribute(text, 'link', 'href');
  const messageId = url === undefined ? undefined : idOf(url);
  if (url === undefined || messageId === undefined) return undefined;
  const [name = '', email] = [element(text, 'name'), element(text, 'email')];
  const date = Date.parse(element(text, 'updated') ?? '');
  const parent = attribute(text, 'thr:in-reply-to', 'href');
  const parentId = parent === undefined ? undefined : idOf(parent);
  return {
    messageId,
    subject: element(text, 'title') ?? '',
    author: email === undefined ? name : `${name} <${email}>`.trim(),
    url,
    ...(Number.isNaN(date) ? {} : { date }),
    ...(parentId === undefined ? {} : { parentId }),
  };
}

function element(text: string, name: string): string | undefined {
  const start = text.indexOf(`<${name}`);
  const open = start === -1 ? -1 : text.indexOf('>', start);
  const end = open === -1 ? -1 : text.indexOf(`</${name}>`, open);
  return end === -1 ? undefined : plain(text.slice(open + 1, end));
}

function attribute(text: string, name: string, key: string): string | undefined {
  const start = text.indexOf(`<${name}\n`) === -1 ? text.indexOf(`<${name} `) : text.indexOf(`<${name}\n`);
  const end = start === -1 ? -1 : text.indexOf('>', start);
  const tag = end === -1 ? '' : text.slice(start, end);
  const from = tag.indexOf(`${key}="`);
  const to = from === -1 ? -1 : tag.indexOf('"', from + key.length + 2);
  return to === -1 ? undefined : plain(tag.slice(from + key.length + 2, to));
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function plain(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name = '') => {
      if (decimal === undefined && hex === undefined) return NAMED.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** The last segment of an address. */
function idOf(url: string): string | undefined {
  try {
    const id = decodeURIComponent(
      new URL(url).pathname
        .split('/')
        .filter((segment) => segment !== '')
        .at(-1) ?? '',
    );
    return id === '' ? undefined : id;
  } catch {
    return undefined;
  }
}
