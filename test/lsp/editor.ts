import { spawn } from 'node:child_process';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { program } from './program.ts';

export interface Position {
  line: number;
  character: number;
}

interface Published {
  uri: string;
  version?: number;
  diagnostics: { message: string; code: string }[];
}

/** An editor with one server, as far as the protocol goes. */
export class Editor {
  readonly child = spawn(process.execPath, [program, 'lsp', '--stdio']);
  readonly connection: ProtocolConnection;
  readonly published: Published[] = [];
  #opened = 0;

  constructor() {
    const { stdin, stdout } = this.child;
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      (said: Published) => void this.published.push(said),
    );
    this.connection.listen();
  }

  async start(capabilities: object = {}): Promise<{ capabilities: Record<string, unknown> }> {
    const asked = { processId: process.pid, rootUri: null, capabilities };
    const ended = this.ended().then((status) => {
      throw new Error(`The server ended with ${status}.`);
    });
    const answering = this.connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', asked);
    const answer = await Promise.race([answering, ended]);
    await this.connection.sendNotification('initialized', {});
    return answer;
  }

  async open(text: string, languageId = 'mail'): Promise<OpenText> {
    const uri = `file:///mail/${++this.#opened}.mbox`;
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return new OpenText(this, uri);
  }

  /** Ends the server as the protocol wants it; gives its exit status. */
  async stop(): Promise<number | null> {
    const ended = this.ended();
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return ended;
  }

  ended(): Promise<number | null> {
    return new Promise((resolve) => this.child.on('exit', resolve));
  }
}

/** A text that is open in an editor. */
export class OpenText {
  readonly uri: string;
  readonly #editor: Editor;
  #version = 1;

  constructor(editor: Editor, uri: string) {
    this.#editor = editor;
    this.uri = uri;
  }

  change(...contentChanges: { range?: { start: Position; end: Position }; text: string }[]): Promise<void> {
    const textDocument = { uri: this.uri, version: ++this.#version };
    return this.#editor.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  close(): Promise<void> {
    return this.#editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri } });
  }

  /** `textDocument/METHOD` of this text. */
  ask<Answer>(method: string, params: object = {}): Promise<Answer> {
    const asked = { textDocument: { uri: this.uri }, ...params };
    return this.#editor.connection.sendRequest(`textDocument/${method}`, asked);
  }

  async hover(position: Position): Promise<string> {
    const answer = await this.ask<{ contents: { value: string } } | null>('hover', { position });
    return answer?.contents.value ?? '';
  }

  /** What was last said to be wrong with it. */
  get diagnostics(): readonly { message: string; code: string }[] | undefined {
    return this.#editor.published.findLast(({ uri }) => uri === this.uri)?.diagnostics;
  }
}
