import type { Readable, Writable } from 'node:stream';
import {
  type CancellationToken,
  type Connection,
  createConnection,
  MarkupKind,
  type TextDocumentPositionParams,
  TextDocuments,
} from 'vscode-languageserver/node';
import { Announcements } from './announce.ts';
import { type Client, capabilities, clientOf } from './capabilities.ts';
import { type Around, definitionAt, referencesAt } from './definition.ts';
import { encodingFor } from './encoding.ts';
import { foldingRanges } from './folding.ts';
import { highlightsAt } from './highlights.ts';
import { hoverAt } from './hover.ts';
import { documentLinks } from './links.ts';
import { NoteFiles } from './note-files.ts';
import type { OpenMail } from './open-mail.ts';
import { OpenMails } from './open-mails.ts';
import { selectionRanges } from './selection.ts';
import { documentSymbols, flat, messagesNamed } from './symbols.ts';
import { semanticTokens } from './tokens.ts';

/**
 * Answers an editor over a pair of streams until it says `exit` or hangs up, which ends the process. Nothing else may write to `output`. Asks
 * nothing of any network, and reads no file but notes.
 */
export function serve(input: Readable, output: Writable): Promise<never> {
  const connection = createConnection(input, output);
  const mails = new OpenMails();
  const texts = new TextDocuments(mails.documents);
  const client: Client = { markdown: false, tree: false };
  connection.onInitialize((params) => {
    Object.assign(client, clientOf(params));
    mails.encoding = encodingFor(params.capabilities.general?.positionEncodings);
    return capabilities(mails.encoding);
  });

  const announcements = new Announcements(connection, mails);
  texts.onDidChangeContent(({ document }) => announcements.later(document));
  texts.onDidClose(({ document: { uri } }) => {
    mails.forget(uri);
    announcements.drop(uri);
  });

  const mailOf = (uri: string) => mails.read(texts.get(uri));
  const open = () => texts.all().flatMap((document) => mails.read(document) ?? []);
  answerAtPlaces(connection, mailOf, client, { notes: new NoteFiles(), open });
  answerOfTexts(connection, mailOf, client);
  connection.onWorkspaceSymbol(({ query }, token) => messagesNamed(open(), query, token));
  texts.listen(connection);
  connection.listen();
  return new Promise(() => undefined);
}

type MailOf = (uri: string) => OpenMail | undefined;

/** Asks about a mail; of a text that is none, or is not open, there is nothing to say. */
function about<Params extends { textDocument: { uri: string } }, Answer>(
  mailOf: MailOf,
  question: (mail: OpenMail, params: Params, token: CancellationToken) => Answer,
) {
  return (params: Params, token: CancellationToken): Answer | null => {
    const mail = mailOf(params.textDocument.uri);
    return mail ? question(mail, params, token) : null;
  };
}

function answerAtPlaces(connection: Connection, mailOf: MailOf, client: Client, around: Around): void {
  connection.onHover(
    about(mailOf, (mail, { position }: TextDocumentPositionParams, token) => {
      const kind = client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
      return hoverAt(mail, position, kind, token);
    }),
  );
  connection.onDefinition(about(mailOf, (mail, { position }, token) => definitionAt(mail, position, around, token)));
  connection.onReferences(about(mailOf, (mail, { position }, token) => referencesAt(mail, position, token)));
  connection.onSelectionRanges(about(mailOf, (mail, { positions }) => selectionRanges(mail, positions)));
  connection.onDocumentHighlight(about(mailOf, (mail, { position }) => highlightsAt(mail, position)));
}

function answerOfTexts(connection: Connection, mailOf: MailOf, client: Client): void {
  connection.onDocumentSymbol(
    about(mailOf, async (mail, _params, token) => {
      const symbols = await documentSymbols(mail, token);
      return client.tree ? symbols : flat(mail, symbols);
    }),
  );
  connection.onFoldingRanges(about(mailOf, (mail, _params, token) => foldingRanges(mail, token)));
  connection.onDocumentLinks(about(mailOf, (mail, _params, token) => documentLinks(mail, token)));
  const { semanticTokens: tokens } = connection.languages;
  const none = { data: [] };
  tokens.on(
    async ({ textDocument }, token) =>
      (await about(mailOf, (mail) => semanticTokens(mail, undefined, token))({ textDocument }, token)) ?? none,
  );
  tokens.onRange(
    async (params, token) =>
      (await about(mailOf, (mail, { range }: typeof params) => semanticTokens(mail, range, token))(params, token)) ??
      none,
  );
}
