import type * as vscode from 'vscode';

/** Where the source tree has what a mail names. */
export type SourcePlace = Pick<vscode.DefinitionLink, 'targetUri' | 'targetRange'>;
