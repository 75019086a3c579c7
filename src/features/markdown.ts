import type { Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toMarkdown } from 'mdast-util-to-markdown';

/** Markdown of our own words, built as a tree, so that text from a mail can only ever be text in it. */
export const say = {
  text: (value: string): PhrasingContent => ({ type: 'text', value }),
  strong: (value: string): PhrasingContent => ({ type: 'strong', children: [{ type: 'text', value }] }),
  quiet: (value: string): PhrasingContent => ({ type: 'emphasis', children: [{ type: 'text', value }] }),
  link: (label: string, url: string): PhrasingContent => ({
    type: 'link',
    url,
    children: [{ type: 'text', value: label }],
  }),
  /** Words of a mail: one line, and signs that would change how the line reads are shown as what they are. */
  mail: (value: string): PhrasingContent => ({ type: 'text', value: plainLine(value) }),
  paragraph: (...children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children }),
};

/**
 * Writes the tree. Everything that Markdown could take for markup is escaped, and beyond what CommonMark knows also bare web and mail
 * addresses and the editor's `$(icon)`, which are made live by readers of Markdown.
 */
export function markdownOf(children: readonly RootContent[]): string {
  const root: Nodes = { type: 'root', children: [...children] };
  return toMarkdown(root, {
    unsafe: [
      { character: ':', before: '[ps]', after: '\\/', inConstruct: 'phrasing' },
      { character: '.', before: '[Ww]', after: '[\\-.\\w]', inConstruct: 'phrasing' },
      { character: '@', before: '[+\\-.\\w]', after: '[\\-.\\w]', inConstruct: 'phrasing' },
      { character: '$', after: '\\(', inConstruct: 'phrasing' },
      { character: '<', inConstruct: 'phrasing' },
    ],
  }).trim();
}

/** Line ends as spaces; control, bidirectional and invisible signs by their code point, so that nothing hides. */
export function plainLine(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(
      /[\p{Cc}\p{Cf}]/gu,
      (sign) => `\u27e8U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
    )
    .trim();
}
