/** Our own Markdown as plain text: links, emphasis and escapes are taken away. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)\[([^\]]*)\]\(\w+:[^)]*\)/g, '$1')
    .replace(/\\\n/g, '\n')
    .replace(/(^|[^\\])[*_]/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
