import * as vscode from 'vscode';
import { toolRoom } from '../on-demand.ts';
import { type ToolName, toolNames } from './names.ts';

const setting = 'patchgloss.languageModelTools';

/** Offers what Patchgloss knows to language models of the editor while the setting says so; off, nothing is registered. The tools only read. */
export function languageModelTools(): vscode.Disposable {
  let offered: vscode.Disposable | undefined;
  const follow = () => {
    const wanted =
      vscode.workspace.getConfiguration().get(setting) === true && typeof vscode.lm?.registerTool === 'function';
    if (wanted) offered ??= vscode.Disposable.from(...toolNames.map(offer));
    else {
      offered?.dispose();
      offered = undefined;
    }
  };
  follow();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) follow();
    }),
    { dispose: () => offered?.dispose() },
  );
}

function offer(name: ToolName): vscode.Disposable {
  return vscode.lm.registerTool<Record<string, unknown>>(`patchgloss_${name}`, {
    invoke: async ({ input }) => {
      const text = await (await toolRoom()).answerTool(name, input);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  });
}
