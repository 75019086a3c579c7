import {
  type CancellationToken,
  type DocumentSymbol,
  type Range,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbol,
} from 'vscode-languageserver/node';
import type { OutlineItem } from '#features';
import type { OpenMail } from './open-mail.ts';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  message: SymbolKind.Package,
  quote: SymbolKind.String,
  file: SymbolKind.File,
  hunk: SymbolKind.Function,
  heading: SymbolKind.Key,
  part: SymbolKind.Object,
  trailers: SymbolKind.Property,
};
const MOST_FOUND = 200;

/** Messages, and in them quotes, headings, files and hunks. */
export async function documentSymbols(mail: OpenMail, token: CancellationToken): Promise<DocumentSymbol[]> {
  return (await mail.outline(token)).map((item) => symbolOf(mail, item));
}

/** Calls itself as deep as the outline goes, which features keep to the depth of quotes. */
function symbolOf(mail: OpenMail, item: OutlineItem): DocumentSymbol {
  const range = mail.rangeOf(item.place);
  const nameplate = mail.rangeOf(item.nameplate);
  return {
    name: item.name.trim() || '(no subject)',
    detail: item.detail,
    kind: KINDS[item.kind],
    range,
    selectionRange: isWithin(nameplate, range) ? nameplate : { start: range.start, end: range.start },
    children: item.children.map((child) => symbolOf(mail, child)),
  };
}

/** The same for an editor that knows no tree. */
export function flat(mail: OpenMail, symbols: readonly DocumentSymbol[], container?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    {
      name,
      kind,
      location: { uri: mail.uri, range },
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flat(mail, children ?? [], name),
  ]);
}

/** Messages of the open mails whose subject or author has the words of the query. */
export async function messagesNamed(
  mails: readonly OpenMail[],
  query: string,
  token: CancellationToken,
): Promise<WorkspaceSymbol[]> {
  const words = query.toLowerCase().split(/\s+/);
  const found: WorkspaceSymbol[] = [];
  for (const mail of mails) {
    for (const { name, detail, kind, nameplate } of await mail.outline(token)) {
      const text = `${name} ${detail}`.toLowerCase();
      if (kind !== 'message' || !words.every((word) => text.includes(word))) continue;
      found.push({ name, kind: KINDS.message, containerName: detail, location: mail.locationOf(nameplate) });
      if (found.length === MOST_FOUND) return found;
    }
  }
  return found;
}

function isWithin(inner: Range, outer: Range): boolean {
  return isBefore(outer.start, inner.start) && isBefore(inner.end, outer.end);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character <= other.character);
}
