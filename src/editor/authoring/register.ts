import * as vscode from 'vscode';
import { ownScheme } from '../documents.ts';
import { authoringRoom } from '../on-demand.ts';

/** Every Markdown document; the providers answer in notes only, and in comments for links. */
const markdown: vscode.DocumentSelector = { language: 'markdown', scheme: '*' };
/** Typed in a note, these bring up what may follow: Markdown is a language in which the editor does not offer anything by itself. */
const triggers = [':', '/', '(', '[', ',', ' '];

/** What helps to write notes. Registers and reads nothing; a Markdown document that is no note costs a look at its path. */
export function authoring(): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      markdown,
      {
        provideCompletionItems: async (document, position, token) =>
          (await authoringRoom()).provideNoteCompletions(document, position, token),
      },
      ...triggers,
    ),
    languages.registerHoverProvider(markdown, {
      provideHover: async (...asked) => (await authoringRoom()).provideNoteHover(...asked),
    }),
    languages.registerDefinitionProvider(markdown, {
      provideDefinition: async (document, position) =>
        (await authoringRoom()).provideNoteDefinition(document, position),
    }),
    languages.registerDocumentLinkProvider(markdown, {
      provideDocumentLinks: async (document) => (await authoringRoom()).provideNoteLinks(document),
    }),
    languages.registerCodeActionsProvider(
      markdown,
      {
        provideCodeActions: async (document, range, context) =>
          (await authoringRoom()).provideNoteFixes(document, range, context),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.commands.registerCommand('patchgloss.newNoteFromSelection', async () =>
      (await authoringRoom()).newNoteFromSelection(),
    ),
    watchForMarkdown(),
  );
}

/** Says what is wrong with notes from the first Markdown document on. */
function watchForMarkdown(): vscode.Disposable {
  let problems: Promise<vscode.Disposable> | undefined;
  const look = ({ languageId, uri }: vscode.TextDocument) => {
    if (problems || languageId !== 'markdown' || uri.scheme === ownScheme || uri.scheme === 'comment') return;
    problems = authoringRoom().then(({ showNoteProblems }) => showNoteProblems());
    opened.dispose();
  };
  const opened = vscode.workspace.onDidOpenTextDocument(look);
  for (const document of vscode.workspace.textDocuments) look(document);
  return vscode.Disposable.from(opened, new vscode.Disposable(() => void problems?.then((shown) => shown.dispose())));
}
