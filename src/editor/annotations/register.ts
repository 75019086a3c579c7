import * as vscode from 'vscode';
import type { NotesAt } from '../hover.ts';
import { annotationsRoom } from '../on-demand.ts';
import { noteCommandNames } from './command-names.ts';
import type { NoteNode } from './note-nodes.ts';
import type { AnnotationsRoom } from './room.ts';

/** Notes registered: they are read when the first mail is there, when the view is on the screen, or when a command asks for them. */
export function annotations(context: vscode.ExtensionContext, mail: Promise<void>): { at: NotesAt } {
  const changes = new vscode.EventEmitter<void>();
  let room: AnnotationsRoom | undefined;
  let opening: Promise<AnnotationsRoom> | undefined;
  const tree = vscode.window.createTreeView<NoteNode>('patchgloss.annotations', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getChildren: (node) => {
        // Asked for the first time, the view is on the screen.
        void open();
        return room?.view.getChildren(node) ?? [];
      },
      getTreeItem: (node) => room?.view.getTreeItem(node) ?? new vscode.TreeItem(''),
      getParent: (node) => room?.view.getParent(node),
    },
  });
  const open = (): Promise<AnnotationsRoom> => {
    opening ??= annotationsRoom().then(({ openAnnotations }) => {
      const made = openAnnotations(context, tree);
      room = made;
      context.subscriptions.push(
        made,
        made.view.onDidChangeTreeData(() => changes.fire()),
      );
      return made;
    });
    return opening;
  };
  void mail.then(open);
  context.subscriptions.push(
    changes,
    tree,
    ...noteCommandNames.map((name) =>
      vscode.commands.registerCommand(`patchgloss.${name}`, async (argument: unknown) =>
        (await open()).run(name, argument),
      ),
    ),
  );
  return { at: (document, position) => room?.at(document, position) ?? [] };
}
