import type { ExtensionContext } from 'vscode';
import { start } from './editor/activate.ts';

export function activate(context: ExtensionContext): void {
  start(context);
}
