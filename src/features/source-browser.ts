import type { SourceName } from './source-path.ts';

/** Where a browser shows the source tree: one template for each kind of name. */
export interface SourceBrowser {
  path?: string;
  name?: string;
  config?: string;
}

const PLACEHOLDERS = /\{(?:path|name|config|line)\}/g;
const LONGEST = 1000;

/**
 * Reads templates such as `https://example.org/{path}#L{line}`, `https://example.org/ident/{name}` and `https://example.org/option/{config}`; of two for the same kind the first counts.
 * What is no address with `https:`, what lets a mail choose the host, and what names nothing is given back as `wrong`.
 */
export function sourceBrowserOf(templates: readonly unknown[]): { browser: SourceBrowser; wrong: unknown[] } {
  const browser: SourceBrowser = {};
  const wrong: unknown[] = [];
  for (const template of templates) {
    const kind = typeof template === 'string' && isSafe(template) ? kindOf(template) : undefined;
    if (kind === undefined) wrong.push(template);
    else browser[kind] ??= String(template);
  }
  return { browser, wrong };
}

function kindOf(template: string): keyof SourceBrowser | undefined {
  return (['path', 'name', 'config'] as const).find((kind) => template.includes(`{${kind}}`));
}

function isSafe(template: string): boolean {
  if (template.length > LONGEST || !/^https:\/\/[^/{}@\\?#]+\//i.test(template)) return false;
  return URL.canParse(template.replaceAll(PLACEHOLDERS, '1'));
}

/** The address of a name in the browser; absent where no template is for it. Whatever the name is, it stays one part of the address. */
export function browserAddress(browser: SourceBrowser, { path, line, symbol, option }: SourceName): string | undefined {
  if (path) return browser.path && filled(browser.path, { path: path.map(encodeURIComponent).join('/') }, line);
  if (option === undefined) return browser.name && filled(browser.name, { name: encodeURIComponent(symbol ?? '') });
  const config = `CONFIG_${encodeURIComponent(option)}`;
  return browser.config ? filled(browser.config, { config }) : browser.name && filled(browser.name, { name: config });
}

function filled(template: string, values: Readonly<Record<string, string>>, line?: number): string {
  // Without a line the page is shown from its beginning.
  const whole = line === undefined ? template.replace(/#[^#]*\{line\}[^#]*$/, '') : template;
  return whole.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => values[name] ?? (name === 'line' ? String(line ?? 1) : ''),
  );
}
