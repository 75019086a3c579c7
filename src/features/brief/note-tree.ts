import type { BlockContent, Definition, ListItem, Nodes, PhrasingContent, RootContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { plainLine } from '../markdown.ts';

/** Longer texts stand as they are written: reading Markdown takes time in the square of some of them. */
const LONGEST = 4000;
/** Containers in containers, and marks before a line, that somebody writes. */
const DEEPEST = 12;
/** What a link of a note may lead to; anything else is its words. */
const SAFE =
  /^(?:concept:[a-z0-9-]+|simulator:[a-z0-9-]+(?:\/[a-z0-9.-]+)?(?:\?[\w%.=&-]*)?|https?:\/\/[^\s<>\p{Cc}]+)$/u;

const parser = unified().use(remarkParse);

/**
 * What a reader wrote into a note, as a tree that holds words, emphasis, lists, quotes, code and safe links, and nothing else: HTML is text, a picture
 * is its description, a heading is a line in bold. Notes come with the folders of strangers, too.
 */
export function noteTree(text: string): BlockContent[] {
  if (text.length > LONGEST || text.split('\n').some(isDeep))
    return [{ type: 'code', value: text.split(/\r?\n/).map(visibleCode).join('\n') }];
  const root = parser.parse(text);
  const definitions = new Map<string, Definition>();
  for (const child of root.children) if (child.type === 'definition') definitions.set(child.identifier, child);
  return root.children.flatMap((child) => block(child, definitions, 0));
}

/** Marks of quotes and lists before the words of a line. */
function isDeep(line: string): boolean {
  const mark = /[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
  let marks = 0;
  while (mark.test(line)) if (++marks > DEEPEST) return true;
  return false;
}

/** Words with their line ends and nothing more. */
function plainBlocks(text: string): BlockContent[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .filter((one) => one.trim() !== '')
    .map((one) => ({ type: 'paragraph', children: withBreaks(one.trim().split(/\r?\n/)) }));
}

function withBreaks(lines: readonly string[]): PhrasingContent[] {
  return lines.flatMap((line, at): PhrasingContent[] => {
    const text: PhrasingContent = { type: 'text', value: plainLine(line) };
    return at === 0 ? [text] : [{ type: 'break' }, text];
  });
}

type Definitions = ReadonlyMap<string, Definition>;

function block(node: RootContent, known: Definitions, depth: number): BlockContent[] {
  if (depth > DEEPEST) return [];
  const blocks = (children: readonly RootContent[]) => children.flatMap((child) => block(child, known, depth + 1));
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: phrases(node.children, known, depth) }];
    case 'heading':
      return [{ type: 'paragraph', children: [{ type: 'strong', children: phrases(node.children, known, depth) }] }];
    case 'blockquote':
      return [{ type: 'blockquote', children: blocks(node.children) }];
    case 'list': {
      const items = node.children.map(
        (item): ListItem => ({ type: 'listItem', spread: false, children: blocks(item.children) }),
      );
      const start = node.ordered === true ? { ordered: true, start: node.start ?? 1 } : { ordered: false };
      return [{ type: 'list', spread: false, ...start, children: items }];
    }
    case 'code':
      return [
        {
          type: 'code',
          lang: /^[\w+-]{1,20}$/.exec(node.lang ?? '')?.[0] ?? null,
          value: node.value.split('\n').map(visibleCode).join('\n'),
        },
      ];
    case 'thematicBreak':
      return [{ type: 'thematicBreak' }];
    case 'html':
      return plainBlocks(node.value);
    default:
      return [];
  }
}

/** Columns matter in code: only what hides is replaced. */
function visibleCode(line: string): string {
  return line.replace(/(?!\t)[\p{Cc}\p{Cf}]/gu, (sign) => plainLine(sign));
}

function phrases(children: readonly Nodes[], known: Definitions, depth: number): PhrasingContent[] {
  return depth > DEEPEST ? [] : children.flatMap((child) => phrase(child, known, depth + 1));
}

function phrase(node: Nodes, known: Definitions, depth: number): PhrasingContent[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [{ type: 'text', value: spaced(node.value) }];
    case 'inlineCode':
      return [{ type: 'inlineCode', value: plainLine(node.value) }];
    case 'emphasis':
    case 'strong':
      return [{ type: node.type, children: phrases(node.children, known, depth) }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
      return linked(node.url, phrases(node.children, known, depth));
    case 'linkReference':
      return linked(known.get(node.identifier)?.url ?? '', phrases(node.children, known, depth));
    case 'image':
    case 'imageReference':
      return [{ type: 'text', value: spaced(node.alt ?? '') }];
    default:
      return [];
  }
}

function linked(url: string, children: PhrasingContent[]): PhrasingContent[] {
  if (!SAFE.test(url)) return children;
  if (!/^https?:/.test(url)) return [{ type: 'link', url, children }];
  if (!URL.canParse(url)) return children;
  const address = new URL(url);
  // `https://lore.example@elsewhere.example` leads elsewhere.
  if (address.username !== '' || address.password !== '') return children;
  const link: PhrasingContent = { type: 'link', url: address.href, children };
  const named = hostsIn(wordsOf(children));
  const isHonest = named.every((host) => host === address.hostname);
  return isHonest ? [link] : [link, { type: 'text', value: ` (${address.hostname})` }];
}

/** The hosts that words seem to name, as the web writes them. */
function hostsIn(words: string): string[] {
  return [...words.matchAll(/[^\s/?#()<>@:]{1,253}\.[a-z]{2,24}(?![\w-])/gi)].map(([name]) =>
    URL.canParse(`https://${name}`) ? new URL(`https://${name}`).hostname : name,
  );
}

function wordsOf(children: readonly PhrasingContent[]): string {
  return children.map((one) => ('children' in one ? wordsOf(one.children) : 'value' in one ? one.value : ' ')).join('');
}

/** As `plainLine`, with the spaces at both ends that part it from its neighbours. */
function spaced(text: string): string {
  const [before = ''] = /^\s/.exec(text) ?? [];
  const [after = ''] = /\s$/.exec(text) ?? [];
  const line = plainLine(text);
  return line === '' ? ' ' : `${before && ' '}${line}${after && ' '}`;
}
