import type { ExtensionContext } from 'vscode';

/** The editor loads this file while it starts, so it holds nothing; what is registered is evaluated here and not before. */
export async function activate(context: ExtensionContext): Promise<void> {
  const { start } = await import('./editor/activate.ts');
  start(context);
}
