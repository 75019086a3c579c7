import { nodesAt } from '#mailast';
import type { Page, Reading } from './reading.ts';
import { namesOnRow, type SourceName } from './source-path.ts';

/** Endings of files of a source tree, and files that have none. */
const FILE =
  /^(?:[\w.+-]+\.(?:awk|c|cc|cocci|config|cpp|dts|dtsi|dtso|h|json|l|lds|mk|pl|py|rs|rst|S|sh|tbl|toml|txt|uc|y|yaml|yml)|(?:Kconfig|Makefile)(?:\.[\w.-]+)?|Kbuild|MAINTAINERS|README|CREDITS)$/;

/** Nodes that lead elsewhere, or whose words are those of people. */
const TAKEN: ReadonlySet<string> = new Set([
  'link',
  'trailer',
  'attribution',
  'signature',
  'messageReference',
  'commitReference',
]);

/**
 * Names of the source tree that stand in running text, as a reader would click them: `mm/memory.c:42`, `make_tea()`, `CONFIG_TEA`. Not the words of code, where all is
 * names, and not the terms that a note may explain. Linear in the text; pauses after each message.
 */
export function* sourceLinks(reading: Reading): Generator<void, SourceName[]> {
  const found: SourceName[] = [];
  const terms = new Map<string, boolean>();
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page) addLinks(page, terms, found);
    yield;
  }
  return found;
}

function addLinks(page: Page, terms: Map<string, boolean>, found: SourceName[]): void {
  for (const row of page.body.lines.keys()) {
    if (page.code.has(row) || isOldName(page, row)) continue;
    const shown: { start: number; end: number }[] = [];
    for (const { start, end, name } of namesOnRow(page, row)) {
      const text = page.message.text.slice(start, end);
      // What lies within a path is a part of it.
      if (!isShown(name, text) || shown.some((one) => start < one.end && one.start < end)) continue;
      shown.push({ start, end });
      if (!isTaken(page, start) && (name.path || !isTerm(page, text, terms)))
        found.push({ place: page.place({ start, end }), ...name });
    }
  }
}

/** A diff says the name of its file four times; one link is enough: that of the new file. */
function isOldName({ body, message }: Page, row: number): boolean {
  const line = body.lines[row];
  return line !== undefined && /^(?:diff --git |--- )/.test(message.text.slice(line.own, line.own + 12));
}

/** `read/write` is no file and `gfp_mask` may be anything. */
function isShown({ path, line, option }: Omit<SourceName, 'place'>, text: string): boolean {
  if (path) return line !== undefined || FILE.test(path.at(-1) ?? '');
  return option !== undefined || text.endsWith('()');
}

function isTaken(page: Page, readable: number): boolean {
  return nodesAt(page.message.tree, readable).some(({ type }) => TAKEN.has(type));
}

function isTerm({ glossary }: Page, text: string, terms: Map<string, boolean>): boolean {
  const known = terms.get(text) ?? glossary.lexicon.matches(text).length > 0;
  terms.set(text, known);
  return known;
}
