import * as vscode from 'vscode';
import { provideOrigins } from '../argument/said.ts';
import { features } from '../core.ts';
import { ask, ownScheme } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { isReadingView } from '../reading-address.ts';
import { sourceOfPosition } from '../reading-view.ts';
import { termsOfThread } from './thread-of-document.ts';

const mostNotes = 3;

/** The page of a note, without a place that it was opened from. */
export function notePage(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: ownScheme, authority: 'concept', path: `/${id}.md` });
}

/** Of a term its note, of a footnote mark the footnote; any other line of a reading view leads to its source. */
export async function provideDefinition(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DefinitionLink[] | undefined> {
  const found = await ask(document, token, ({ termAt, footnoteDefinition }, reading) => {
    const offset = document.offsetAt(position);
    return { term: termAt(reading, offset), footnote: footnoteDefinition(reading, offset) };
  });
  if (found?.term) {
    const span = found.term.spans.map((one) => rangeOf(document, one)).find((range) => range.contains(position));
    const links = await Promise.all(found.term.concepts.slice(0, mostNotes).map((id) => noteLink(id, span)));
    return links.flatMap((link) => link ?? []);
  }
  if (found?.footnote) {
    const targetRange = rangeOf(document, found.footnote.definition);
    return [{ originSelectionRange: rangeOf(document, found.footnote.mark), targetUri: document.uri, targetRange }];
  }
  if (!isReadingView(document.uri)) return undefined;
  // In the view of a thread a quoted line leads to where it was said.
  const origins = await provideOrigins(document, position, token);
  return origins && origins.length > 0 ? undefined : sourceOfPosition(document, position);
}

/** The beginning of the page, up to the end of its first paragraph: what the editor shows with Ctrl held over a term. */
async function noteLink(id: string, origin: vscode.Range | undefined): Promise<vscode.DefinitionLink | undefined> {
  const { conceptPage, packsInUse } = await features();
  const pack = packsInUse().packOf(id);
  if (pack?.own) return ownNoteLink(vscode.Uri.joinPath(vscode.Uri.parse(pack.id, true), `${id}.md`), origin);
  const page = conceptPage(id);
  if (page === undefined) return undefined;
  const lines = page.split('\n');
  // Title, field and the first paragraph, with an empty line after each.
  const gaps = lines.flatMap((line, index) => (line === '' ? [index] : []));
  const last = (gaps[2] ?? lines.length) - 1;
  return {
    ...(origin ? { originSelectionRange: origin } : {}),
    targetUri: notePage(id),
    targetRange: new vscode.Range(0, 0, last, lines[last]?.length ?? 0),
    targetSelectionRange: new vscode.Range(0, 0, 0, lines[0]?.length ?? 0),
  };
}

/** The file of a note of the reader's own, where it can be changed. Its pack is named by its folder. */
function ownNoteLink(file: vscode.Uri, origin: vscode.Range | undefined): vscode.DefinitionLink {
  return {
    ...(origin ? { originSelectionRange: origin } : {}),
    targetUri: file,
    targetRange: new vscode.Range(0, 0, 0, 0),
  };
}

/** Every mention of a term in the thread that its message belongs to, as far as this document holds it. */
export async function provideReferences(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Location[] | undefined> {
  const offset = document.offsetAt(position);
  const concept = (await ask(document, token, ({ termAt }, reading) => termAt(reading, offset)))?.concepts[0];
  const terms = concept === undefined ? undefined : await termsOfThread(document, offset, token);
  const mentions = terms?.explained.find((term) => term.concept === concept)?.mentions;
  return mentions?.flatMap(({ spans: [first] }) =>
    first ? [new vscode.Location(document.uri, rangeOf(document, first))] : [],
  );
}

/** The same term where it is in view. */
export function provideDocumentHighlights(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentHighlight[] | undefined> {
  const offset = document.offsetAt(position);
  return ask(document, token, ({ termAt, mentionsBetween }, reading) => {
    const concept = termAt(reading, offset)?.concepts[0];
    if (concept === undefined) return undefined;
    const shown = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap(({ visibleRanges }) => visibleRanges.flatMap(({ start, end }) => [start, end]))
      .map((place) => document.offsetAt(place));
    const [from, to] = [Math.min(offset, ...shown), Math.max(offset + 1, ...shown)];
    return mentionsBetween(reading, concept, from, to).map(
      (place) => new vscode.DocumentHighlight(rangeOf(document, place)),
    );
  });
}
