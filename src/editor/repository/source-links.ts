import * as vscode from 'vscode';
import type { SourceBrowser, SourceName } from '#features';
import { inTurns } from '../argument/turns.ts';
import { features } from '../core.ts';
import { readingOf } from '../documents.ts';
import { log } from '../log.ts';
import { rangeOf } from '../ranges.ts';
import { sourcePlaces } from './source-places.ts';

/** UTF-16 units. The names of a longer mailbox are no links; Go to Definition still knows them. */
const longest = 4 * 1024 * 1024;

/** A name of the source tree: the address it leads to, unless a folder that is open has it. Which it is, is found out by a click. */
class SourceLink extends vscode.DocumentLink {
  readonly named: SourceName;
  readonly address: string;

  constructor(range: vscode.Range, named: SourceName, address: string) {
    super(range);
    this.named = named;
    this.address = address;
    this.tooltip = vscode.l10n.t('In the folder that is open, else {0}', address);
  }
}

/** Files, functions and options of Kconfig lead to the source tree that is open, else to the browser that the reader chose. */
export async function provideSourceLinks(
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<SourceLink[] | undefined> {
  const browser = await chosenBrowser();
  if (!browser) return [];
  if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > longest) return [];
  const { version } = document;
  const [reading, { browserAddress, sourceLinks }] = await Promise.all([readingOf(document), features()]);
  const found = reading && (await inTurns(sourceLinks(reading), token));
  if (!found || document.isClosed || document.version !== version) return undefined;
  return found.flatMap((named) => {
    const address = browserAddress(browser, named);
    return address === undefined ? [] : [new SourceLink(rangeOf(document, named.place), named, address)];
  });
}

export async function resolveSourceLink(
  link: vscode.DocumentLink,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentLink | undefined> {
  if (!(link instanceof SourceLink)) return undefined;
  const [place] = await sourcePlaces(link.named, token);
  link.target = place ? addressInside(place.targetUri, place.targetRange) : vscode.Uri.parse(link.address, true);
  return link;
}

function addressInside(uri: vscode.Uri, { start }: vscode.Range): vscode.Uri {
  return uri.with({ fragment: `L${start.line + 1},${start.character + 1}` });
}

let told = '';

/** The reader's own choice: a workspace does not say where a click leads. Absent when there is none. */
async function chosenBrowser(): Promise<SourceBrowser | undefined> {
  const setting = vscode.workspace.getConfiguration('patchgloss').inspect<unknown>('sourceBrowser');
  const templates = setting?.globalValue ?? setting?.defaultValue;
  if (!Array.isArray(templates) || templates.length === 0) return undefined;
  const { browser, wrong } = (await features()).sourceBrowserOf(templates);
  const [first] = wrong;
  const words =
    wrong.length > 0 ? `patchgloss.sourceBrowser: ${JSON.stringify(first)} is no address that can be used` : '';
  if (words !== '' && words !== told) log().warn(words);
  told = words;
  return browser;
}
