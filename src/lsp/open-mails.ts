import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { isMail } from '#features';
import { type Encoding, encodingFor } from './encoding.ts';
import { OpenMail } from './open-mail.ts';

/** What editors call mail: VS Code, Neovim and Helix, Emacs. Of other texts the first lines decide. */
const alwaysMail: ReadonlySet<string> = new Set(['mbox', 'eml', 'mail', 'message', 'rmail', 'vm']);
const HEAD = 4096;
/** UTF-16 units. A longer text is left in peace: VS Code does not even open it as one. */
const LONGEST = 50 * 2 ** 20;

/** The texts that are open, and what was read of them. */
export class OpenMails {
  encoding: Encoding = encodingFor(undefined);
  readonly #kept = new Map<string, { version: number; mail: OpenMail | undefined }>();

  /** How the library makes a document and changes one; positions are those of the encoding that was agreed on. */
  readonly documents = {
    create: TextDocument.create,
    update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument => {
      let changed = document;
      for (const change of changes) changed = TextDocument.update(changed, [this.#inUnits(changed, change)], version);
      return changed;
    },
  };

  #inUnits(document: TextDocument, change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent {
    if (!('range' in change) || this.encoding.name === 'utf-16') return change;
    const at = (position: Range['start']) => document.positionAt(this.encoding.offsetAt(document, position));
    return { text: change.text, range: { start: at(change.range.start), end: at(change.range.end) } };
  }

  /** A document as it stands now, read once a version; absent when it is no mail. */
  read(document: TextDocument | undefined): OpenMail | undefined {
    if (!document) return undefined;
    const known = this.#kept.get(document.uri);
    if (known?.version === document.version) return known.mail;
    const mail = isRead(document) ? new OpenMail(document, this.encoding) : undefined;
    this.#kept.set(document.uri, { version: document.version, mail });
    return mail;
  }

  forget(uri: string): void {
    this.#kept.delete(uri);
  }
}

function isRead(document: TextDocument): boolean {
  const text = document.getText();
  if (text.length > LONGEST) return false;
  return alwaysMail.has(document.languageId) || (text !== '' && isMail(text.slice(0, HEAD)));
}
