import * as vscode from 'vscode';
import type { ThreadsNode } from '#features';
import { fetching, readingViews, searching, threadsRooms } from '../on-demand.ts';
import type { ThreadsRoom } from './room.ts';

/** The Threads view and its commands registered, nothing of them evaluated: the view may say what to open before it is asked for more. */
export function threads(context: vscode.ExtensionContext): vscode.Disposable {
  const changes = new vscode.EventEmitter<ThreadsNode | undefined>();
  let room: Promise<ThreadsRoom> | undefined;
  let made: ThreadsRoom | undefined;
  const tree = vscode.window.createTreeView<ThreadsNode>('patchgloss.threads', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getChildren: (node) => {
        // Asked for the first time, the view is on the screen.
        void open();
        return made?.view.getChildren(node) ?? [];
      },
      getTreeItem: (node) => made?.view.getTreeItem(node) ?? new vscode.TreeItem(''),
      getParent: (node) => made?.view.getParent(node),
    },
  });
  const open = (): Promise<ThreadsRoom> => {
    room ??= threadsRooms().then(async ({ threadsRoom }) => {
      made = await threadsRoom(context, tree, {
        fetch: async (url) => (await fetching()).fetchThread(context, url),
        download: async (server, query) => (await searching()).saveFound(context, server, query),
      });
      context.subscriptions.push(made.view.onDidChangeTreeData((node) => changes.fire(node)));
      return made;
    });
    return room;
  };
  const command = (name: string, run: (room: ThreadsRoom, argument: unknown) => unknown) =>
    vscode.commands.registerCommand(`patchgloss.${name}`, async (argument) => run(await open(), argument));
  return vscode.Disposable.from(
    changes,
    tree,
    command('openMailbox', ({ commands }, asked) => commands.openMailbox(asked)),
    command('searchMail', async ({ commands }, asked) => {
      const search = await (await searching()).searchMail(context, asked);
      if (search) await commands.showSearch(search);
    }),
    command('threads.clearSearch', ({ commands }) => commands.clearSearch()),
    command('threads.downloadFound', ({ commands }) => commands.downloadFound()),
    command('threads.closeMailbox', ({ commands }) => commands.closeMailbox()),
    command('threads.open', ({ commands }, asked) => commands.open(asked)),
    command('threads.linkVersion', ({ commands }, asked) => commands.linkVersion(asked)),
    command('threads.unlinkVersion', ({ commands }, asked) => commands.unlinkVersion(asked)),
    command('threads.filter', ({ commands }) => commands.filter()),
    command('threads.clearFilter', ({ commands }) => commands.clearFilter()),
    command('threads.nextUnread', ({ commands }) => commands.nextUnread(1)),
    command('threads.previousUnread', ({ commands }) => commands.nextUnread(-1)),
    command('threads.markRead', ({ commands }, asked) => commands.mark(asked, true)),
    command('threads.markUnread', ({ commands }, asked) => commands.mark(asked, false)),
    command('threads.markThreadRead', ({ commands }, asked) => commands.markThread(asked, true)),
    vscode.commands.registerCommand('patchgloss.openThreadView', async () => (await readingViews()).openThreadView()),
  );
}
