import type { BlockContent, ListItem, PhrasingContent } from 'mdast';
import { escaped } from './escaped.ts';

/** HTML of the tree of a note (`noteTree`): elements without attributes, but for where links lead. `hasTerm` says which notes on terms the page has. */
export function noteHtml(blocks: readonly BlockContent[], hasTerm: (concept: string) => boolean): string {
  return blocks.map((one) => blockHtml(one, hasTerm)).join('');
}

type HasTerm = (concept: string) => boolean;

function blockHtml(node: BlockContent, hasTerm: HasTerm): string {
  switch (node.type) {
    case 'paragraph':
      return `<p>${phrasesHtml(node.children, hasTerm)}</p>`;
    case 'blockquote':
      return `<blockquote>${childrenHtml(node.children, hasTerm)}</blockquote>`;
    case 'list': {
      const items = node.children.map((item) => itemHtml(item, hasTerm)).join('');
      return node.ordered === true ? `<ol start="${node.start ?? 1}">${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'code':
      return `<pre>${escaped(node.value)}</pre>`;
    case 'thematicBreak':
      return '<hr>';
    default:
      return '';
  }
}

/** A list that is not spread out has its words without paragraphs. */
function itemHtml({ children }: ListItem, hasTerm: HasTerm): string {
  const [first, ...rest] = children;
  const head =
    first?.type === 'paragraph' ? phrasesHtml(first.children, hasTerm) : childrenHtml(first ? [first] : [], hasTerm);
  return `<li>${head}${childrenHtml(rest, hasTerm)}</li>`;
}

function childrenHtml(children: ListItem['children'], hasTerm: HasTerm): string {
  return children.map((one) => (one.type === 'definition' ? '' : blockHtml(one as BlockContent, hasTerm))).join('');
}

function phrasesHtml(children: readonly PhrasingContent[], hasTerm: HasTerm): string {
  return children.map((one) => phraseHtml(one, hasTerm)).join('');
}

function phraseHtml(node: PhrasingContent, hasTerm: HasTerm): string {
  switch (node.type) {
    case 'text':
      return escaped(node.value);
    case 'inlineCode':
      return `<code>${escaped(node.value)}</code>`;
    case 'emphasis':
      return `<em>${phrasesHtml(node.children, hasTerm)}</em>`;
    case 'strong':
      return `<strong>${phrasesHtml(node.children, hasTerm)}</strong>`;
    case 'break':
      return '<br>';
    case 'link':
      return linkHtml(node.url, phrasesHtml(node.children, hasTerm), hasTerm);
    default:
      return '';
  }
}

/** A page has no simulators: their links say what to open. */
function linkHtml(url: string, words: string, hasTerm: HasTerm): string {
  const [, concept] = /^concept:(.*)$/.exec(url) ?? [];
  if (concept !== undefined)
    return hasTerm(concept) ? `<a class="term" href="#note-${escaped(concept)}">${words}</a>` : words;
  if (url.startsWith('simulator:')) return `${words} <code>${escaped(url.slice('simulator:'.length))}</code>`;
  return `<a href="${escaped(url)}" rel="noopener noreferrer nofollow">${words}</a>`;
}
