/** The Threads view behind its registration. Evaluated when the view is shown, or one of its commands is run. */
import type * as vscode from 'vscode';
import type { ThreadsNode } from '#features';
import { followReading } from './follow-reading.ts';
import { MarksStore } from './marks-store.ts';
import { keepIndexesOf } from './open-mailbox.ts';
import { type Servers, ThreadCommands } from './thread-commands.ts';
import { ThreadsView } from './threads-view.ts';

export interface ThreadsRoom {
  view: ThreadsView;
  commands: ThreadCommands;
}

export async function threadsRoom(
  context: vscode.ExtensionContext,
  tree: vscode.TreeView<ThreadsNode>,
  servers: Servers,
): Promise<ThreadsRoom> {
  keepIndexesOf(context);
  const store = await MarksStore.open(context.globalState);
  const view = new ThreadsView(tree, context.workspaceState, store);
  context.subscriptions.push(store, view, followReading(store));
  return { view, commands: new ThreadCommands(view, store, servers) };
}
