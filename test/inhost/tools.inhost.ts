import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const offered = () =>
  vscode.lm.tools
    .map(({ name }) => name)
    .filter((name) => name.startsWith('patchgloss_'))
    .sort()
    .join(' ');

async function explained(): Promise<string> {
  const asked = { input: { term: 'PAMT' }, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(
    'patchgloss_explain',
    asked,
    new vscode.CancellationTokenSource().token,
  );
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('language models', () => {
  const configuration = () => vscode.workspace.getConfiguration();
  const offer = (value: boolean | undefined) =>
    configuration().update('patchgloss.languageModelTools', value, vscode.ConfigurationTarget.Global);

  afterEach(() => offer(undefined));

  it('are offered nothing until the setting says so, and then what only reads', async () => {
    equal(offered(), '');
    await offer(true);
    await eventually(offered, /explain patchgloss_hunk patchgloss_ledger patchgloss_outline$/);
    matches(await explained(), /Physical Address Metadata Table/);
    await offer(false);
    // This editor goes on listing a tool that it has seen; nobody answers for it any more.
    await eventually(() => explained().catch(() => 'nobody'), /^nobody$/);
  });
});
