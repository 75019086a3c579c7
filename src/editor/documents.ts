import * as vscode from 'vscode';
import type { Reading } from '#features';
import { cut, type Features, features } from './core.ts';

/** The scheme of our own read-only documents: reading views and concept notes. */
export const ownScheme = 'patchgloss';

const alwaysMail: ReadonlySet<string> = new Set(['mbox', 'eml']);
/** The editor gives saved archive pages and patches these languages, whatever we say; their first lines decide. */
const perhapsMail: ReadonlySet<string> = new Set(['plaintext', 'diff']);
const headLength = 4096;

/** Where our providers are asked. Every scheme: files, untitled and virtual documents are read alike. */
export const selector: vscode.DocumentSelector = [...alwaysMail, ...perhapsMail].map((language) => ({
  scheme: '*',
  language,
}));

interface Kept {
  version: number;
  mail: Promise<boolean>;
  reading?: Promise<Reading>;
}

const kept = new Map<vscode.TextDocument, Kept>();

/** Forgets a document that was closed. */
export function forget(document: vscode.TextDocument): void {
  kept.delete(document);
}

function keptOf(document: vscode.TextDocument): Kept {
  const known = kept.get(document);
  if (known?.version === document.version) return known;
  const made: Kept = { version: document.version, mail: looksLikeMail(document) };
  kept.set(document, made);
  return made;
}

async function looksLikeMail(document: vscode.TextDocument): Promise<boolean> {
  if (alwaysMail.has(document.languageId)) return true;
  if (!perhapsMail.has(document.languageId)) return false;
  const head = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(headLength)));
  return head !== '' && (await cut()).isMail(head);
}

/** Whether this is a document we read. Looks at the first 4 KB at most. */
export function isOurs(document: vscode.TextDocument): Promise<boolean> {
  return keptOf(document).mail;
}

/** The reading of a document as it stands now, made once a version; absent when it is not mail. */
export async function readingOf(document: vscode.TextDocument): Promise<Reading | undefined> {
  const entry = keptOf(document);
  if (!(await entry.mail)) return undefined;
  entry.reading ??= features().then(({ readText }) => readText(document.getText()));
  return entry.reading;
}

/**
 * The reading of a page that was saved as HTML, made once a version; absent when it is none, or shows no mail. Pages are read when somebody asks:
 * nothing looks into every HTML file that is open.
 */
export async function pageReadingOf(document: vscode.TextDocument): Promise<Reading | undefined> {
  if (!isHtml(document)) return undefined;
  const entry = keptOf(document);
  entry.reading ??= features().then(({ readText }) => readText(document.getText()));
  const reading = await entry.reading;
  const isArchivePage = reading.mailbox.dialect === 'html-page';
  return isArchivePage || reading.page(0)?.subject !== undefined ? reading : undefined;
}

export function isHtml(document: vscode.TextDocument): boolean {
  return document.languageId === 'html';
}

/**
 * Asks the features about a document. Absent when the document is not ours, when nobody waits any more, or when the text
 * changed while we looked: its offsets would be wrong.
 */
export async function ask<Answer>(
  document: vscode.TextDocument,
  token: vscode.CancellationToken | undefined,
  question: (features: Features, reading: Reading) => Answer,
): Promise<Answer | undefined> {
  const { version } = document;
  const reading = await readingOf(document);
  const rooms = await features();
  if (reading === undefined || token?.isCancellationRequested || document.isClosed || document.version !== version) {
    return undefined;
  }
  return question(rooms, reading);
}
