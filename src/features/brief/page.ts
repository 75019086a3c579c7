import {
  isOpen,
  LEDGER_HEAD,
  type LedgerAnswer,
  type LedgerCell,
  ledgerRows,
  type MessageAnswer,
  positionsOf,
  positionWords,
} from '../answers/index.ts';
import { ourGlossary } from '../packs.ts';
import { escaped } from './escaped.ts';
import { markedLines, type Stretch } from './marked.ts';
import type { NotesPage } from './notes-page.ts';
import { pagePolicy, STYLE } from './page-style.ts';

export function pageStart(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy()}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
`;
}

/** A mail with the notes of the reader under the lines that they are on. */
export function pageMessage(message: MessageAnswer, path: string, notes: NotesPage): string {
  const facts = [
    message.from && `From: ${addressWords(message.from)}`,
    message.date && `Date: ${message.date}`,
    `File: ${path} (${message.key}, ${message.kind})`,
  ];
  const header = facts.flatMap((fact) => (fact ? [`<p>${escaped(fact)}</p>`] : [])).join('');
  const care = message.complaints.map(({ reason }) => `<p>${escaped(reason)}</p>`).join('');
  return `<article id="m${escaped(message.key)}">
<header><h1>${escaped(message.subject ?? '(no subject)')}</h1>${header}</header>
${notes.whole(message.key)}${textMarkup(message, notes)}
${care === '' ? '' : `<footer>${care}</footer>\n`}</article>
`;
}

/** The lines of a mail; a note parts them, and they go on behind it. */
function textMarkup(message: MessageAnswer, notes: NotesPage): string {
  const beside = notes.beside(message.key);
  const pieces: string[] = ['<pre>'];
  for (const [index, stretches] of markedLines(message).entries()) {
    pieces.push(lineMarkup(message, index, stretches));
    const aside = beside.get(index + 1);
    if (aside !== undefined) pieces.push('</pre>', aside, '<pre>');
  }
  pieces.push('</pre>');
  return pieces.join('').replaceAll('<pre></pre>', '');
}

function addressWords({ name, address }: NonNullable<MessageAnswer['from']>): string {
  if (name === undefined) return address ?? '';
  return address === undefined ? name : `${name} <${address}>`;
}

/** Where the patches of a thread stand: remarks, answers and what came of them. Empty where there is nothing to tell. */
export function pageLedger(subject: string, ledger: readonly LedgerAnswer[]): string {
  const told = ledger.filter(({ remarks, given }) => remarks.length + given.length > 0);
  const alone = ledger.filter(({ unreviewed }) => unreviewed);
  if (told.length === 0) return '';
  const patches = told.map(({ key, subject: name, remarks, given }) => {
    const rows = ledgerRows(remarks).map((cells) => `<tr>${cells.map(cellMarkup).join('')}</tr>`);
    const head = `<tr>${LEDGER_HEAD.map((title) => `<th>${escaped(title)}</th>`).join('')}</tr>`;
    const trailers = given.map(({ token, value, from }) => `<p>${escaped(`${token}: ${value}`)} ${leadTo(from)}</p>`);
    const table = rows.length === 0 ? '' : `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
    return `<h3>${escaped(name)} ${leadTo(key)}</h3>${table}${trailers.join('')}\n`;
  });
  const positions = positionsOf(ledger).map((position) => {
    const { who, first } = position;
    return `<li><b>${escaped(who)}</b>: ${escaped(positionWords(position))}${first ? ` ${leadTo(first.key, first.line)}` : ''}</li>`;
  });
  const open = ledger.flatMap(({ remarks }) =>
    remarks
      .filter(isOpen)
      .map(({ by = 'somebody', text, key, line }) => `<li>${escaped(`${by}: ${text}`)} ${leadTo(key, line)}</li>`),
  );
  const silent = alone.map(({ key, subject: name }) => `<li>${escaped(name)} ${leadTo(key)}</li>`);
  const rest = `${listOf('Asked, and not answered:', open)}${listOf('Nobody but the author says anything about:', silent)}`;
  const title = `<h2>Where it stands: ${escaped(subject)}</h2>`;
  return `<section class="ledger">${title}\n${listOf('Who holds what:', positions)}${patches.join('')}${rest}</section>\n`;
}

function listOf(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `<p>${title}</p><ul>${items.join('')}</ul>\n`;
}

function cellMarkup(parts: LedgerCell): string {
  return `<td>${parts.map(({ text, at }) => `${escaped(text)}${at ? ` ${leadTo(at.key, at.line)}` : ''}`).join('; ')}</td>`;
}

function leadTo(key: string, line?: number): string {
  const target = line === undefined ? `m${key}` : `m${key}-${line}`;
  return `<a href="#${escaped(target)}">${escaped(line === undefined ? key : `${key}, line ${line}`)}</a>`;
}

/** Notes without a place, and the notes on all terms, where the terms in the text lead. */
export function pageEnd(terms: ReadonlySet<string>, unplaced: string): string {
  const { byId } = ourGlossary();
  const notes = [...terms].flatMap((id) => {
    const concept = byId.get(id);
    if (!concept) return [];
    const name = concept.expansion === undefined ? concept.title : `${concept.title}, ${concept.expansion}`;
    return [`<dt id="note-${escaped(id)}">${escaped(name)}</dt><dd>${escaped(concept.summary)}</dd>\n`];
  });
  const section = notes.length === 0 ? '' : `<section>\n<h1>Terms</h1>\n<dl>\n${notes.join('')}</dl>\n</section>\n`;
  return `${unplaced}${section}</main>\n</body>\n</html>\n`;
}

function lineMarkup(message: MessageAnswer, index: number, stretches: readonly Stretch[]): string {
  const line = message.lines[index];
  const depth = line?.depth ?? 0;
  const quoted = depth > 0 ? ` quoted d${((depth - 1) % 3) + 1}` : '';
  const id = line?.kind === 'blank' ? '' : ` id="m${escaped(message.key)}-${index + 1}"`;
  return `<span${id} class="${line?.kind ?? 'text'}${quoted}">${stretches.map(stretchMarkup).join('')}</span>`;
}

function stretchMarkup({ text, concept, url }: Stretch): string {
  const address = url === undefined ? undefined : webAddress(url);
  if (address !== undefined)
    return `<a href="${escaped(address)}" rel="noopener noreferrer nofollow">${escaped(text)}</a>`;
  if (concept === undefined) return escaped(text);
  const summary = ourGlossary().byId.get(concept)?.summary ?? '';
  return `<a class="term" href="#note-${escaped(concept)}" title="${escaped(summary)}">${escaped(text)}</a>`;
}

/** Only what the web uses: a `javascript:` address is text. */
function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  return address.protocol === 'https:' || address.protocol === 'http:' ? address.href : undefined;
}
