/** An element as plain data; texts are raw here and escaped when written. */
export interface MarkupNode {
  tag: string;
  attributes: Readonly<Record<string, string | number>>;
  children: readonly (MarkupNode | string)[];
}

export function node(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly (MarkupNode | string)[] = [],
): MarkupNode {
  return { tag, attributes, children };
}

/** XML text of a tree. Trees of the kit are a handful of levels deep, whatever the scene is. */
export function markupText(tree: MarkupNode): string {
  const attributes = Object.entries(tree.attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  if (tree.children.length === 0) return `<${tree.tag}${attributes}/>`;
  const inner = tree.children.map((child) => (typeof child === 'string' ? escaped(child) : markupText(child))).join('');
  return `<${tree.tag}${attributes}>${inner}</${tree.tag}>`;
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML 1.0 cannot hold at all, and halves of a pair, become the replacement character. */
function escaped(content: string): string {
  return content
    .replace(LONE_HALF, '\uFFFD')
    .replace(UNWRITABLE, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITY[character] ?? character);
}

const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
