import { createHash } from 'node:crypto';
import {
  LEDGER_HEAD,
  type LedgerAnswer,
  type LedgerCell,
  ledgerRows,
  type MessageAnswer,
  ourGlossary,
} from '#features';
import { markedLines, type Stretch } from './marked.ts';
import { addressText } from './read-text.ts';
import { visible } from './visible.ts';

const STYLE = `:root{color-scheme:light dark}
body{margin:0 auto;max-width:52rem;padding:1rem 1.5rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.25rem;line-height:1.3}
header p,footer{opacity:.8;margin:.1rem 0}
pre{font:.9rem/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
pre span{display:block;min-height:1lh}
.quoted{border-left:3px solid;padding-left:.5rem;opacity:.85}
.d1{border-color:#2a7fb8}.d2{border-color:#8a5fb0}.d3{border-color:#b07a1c}
.added{background:#2da04426}.removed{background:#d1242f26}
.hunk,.diff-header,.attribution,.signature{opacity:.75}
.term{text-decoration:underline dotted;color:inherit}
article+article{border-top:1px solid #8888;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
dt{font-weight:600}dd{margin:0 0 .8rem}`;

/** The style stands in the page; its hash in the policy lets in this one and no other. Nothing is loaded and nothing runs. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function pageStart(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
`;
}

export function pageMessage(message: MessageAnswer, path: string): string {
  const facts = [
    message.from && `From: ${addressText(message.from)}`,
    message.date && `Date: ${message.date}`,
    `File: ${path} (${message.key}, ${message.kind})`,
  ];
  const header = facts.flatMap((fact) => (fact ? [`<p>${escaped(fact)}</p>`] : [])).join('');
  const lines = markedLines(message).map((stretches, index) => lineMarkup(message, index, stretches));
  const care = message.complaints.map(({ reason }) => `<p>${escaped(reason)}</p>`).join('');
  return `<article id="m${escaped(message.key)}">
<header><h1>${escaped(message.subject ?? '(no subject)')}</h1>${header}</header>
<pre>${lines.join('')}</pre>
${care === '' ? '' : `<footer>${care}</footer>\n`}</article>
`;
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
  const silent = alone.map(({ key, subject: name }) => `<li>${escaped(name)} ${leadTo(key)}</li>`);
  const rest =
    silent.length === 0 ? '' : `<p>Nobody but the author says anything about:</p><ul>${silent.join('')}</ul>\n`;
  return `<section><h2>Where it stands: ${escaped(subject)}</h2>\n${patches.join('')}${rest}</section>\n`;
}

function cellMarkup(parts: LedgerCell): string {
  return `<td>${parts.map(({ text, at }) => `${escaped(text)}${at ? ` ${leadTo(at.key, at.line)}` : ''}`).join('; ')}</td>`;
}

function leadTo(key: string, line?: number): string {
  return `<a href="#m${escaped(key)}">${escaped(line === undefined ? key : `${key}, line ${line}`)}</a>`;
}

/** The notes on all terms, where the terms in the text lead. */
export function pageEnd(terms: ReadonlySet<string>): string {
  const { byId } = ourGlossary();
  const notes = [...terms].flatMap((id) => {
    const concept = byId.get(id);
    if (!concept) return [];
    const name = concept.expansion === undefined ? concept.title : `${concept.title}, ${concept.expansion}`;
    return [`<dt id="note-${escaped(id)}">${escaped(name)}</dt><dd>${escaped(concept.summary)}</dd>\n`];
  });
  const section = notes.length === 0 ? '' : `<section>\n<h1>Terms</h1>\n<dl>\n${notes.join('')}</dl>\n</section>\n`;
  return `${section}</body>\n</html>\n`;
}

function lineMarkup(message: MessageAnswer, index: number, stretches: readonly Stretch[]): string {
  const line = message.lines[index];
  const depth = line?.depth ?? 0;
  const quoted = depth > 0 ? ` quoted d${((depth - 1) % 3) + 1}` : '';
  return `<span class="${line?.kind ?? 'text'}${quoted}">${stretches.map(stretchMarkup).join('')}</span>`;
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

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
