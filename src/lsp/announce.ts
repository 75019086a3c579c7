import { CancellationTokenSource, type Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticsOf } from './diagnostics.ts';
import type { OpenMails } from './open-mails.ts';

/** After an edit, how long a text must rest (ms) before what is said about it is said anew. */
const REST = 400;

/** Tells the editor what is wrong with the mails that are open, each time one rests. */
export class Announcements {
  readonly #connection: Connection;
  readonly #mails: OpenMails;
  readonly #waiting = new Map<string, { timer: NodeJS.Timeout; running: CancellationTokenSource }>();

  constructor(connection: Connection, mails: OpenMails) {
    this.#connection = connection;
    this.#mails = mails;
  }

  later(document: TextDocument): void {
    this.#stop(document.uri);
    const running = new CancellationTokenSource();
    const timer = setTimeout(() => void this.#announce(document, running), document.version <= 1 ? 0 : REST);
    this.#waiting.set(document.uri, { timer, running });
  }

  drop(uri: string): void {
    this.#stop(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #stop(uri: string): void {
    const known = this.#waiting.get(uri);
    clearTimeout(known?.timer);
    known?.running.cancel();
    this.#waiting.delete(uri);
  }

  async #announce(document: TextDocument, { token }: CancellationTokenSource): Promise<void> {
    const { uri, version } = document;
    try {
      const mail = this.#mails.read(document);
      const diagnostics = mail ? await diagnosticsOf(mail, token) : [];
      await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    } catch (error) {
      // Cancelled, or the text was changed: then it is looked at again.
      if (!token.isCancellationRequested && document.version === version) this.#connection.console.error(String(error));
    }
  }
}
