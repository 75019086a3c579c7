import type * as vscode from 'vscode';
import type { PathCommand } from './command-names.ts';
import { newReadingPath } from './new-path.ts';
import { openPath } from './open-path.ts';
import { PathWalk } from './walk.ts';

let walk: PathWalk | undefined;

/** What a command about reading paths does. The walk begins with the first path. */
export async function runPathCommand(
  context: vscode.ExtensionContext,
  name: PathCommand,
  asked: unknown,
): Promise<void> {
  if (name === 'newReadingPath') return newReadingPath(context, asked);
  if (name === 'walkReadingPath') {
    const found = await openPath(asked);
    if (found) await walkOf(context).begin(found.path, found.file);
    return;
  }
  const here = walkOf(context);
  switch (name) {
    case 'path.next':
      return here.step(1);
    case 'path.previous':
      return here.step(-1);
    case 'path.end':
      return here.end();
    case 'path.showAnswer':
      return here.showAnswer();
    case 'path.openSimulator':
      return here.openSimulator();
    case 'path.fetch':
      return here.fetch();
  }
}

function walkOf(context: vscode.ExtensionContext): PathWalk {
  if (!walk) {
    walk = new PathWalk();
    context.subscriptions.push(walk);
  }
  return walk;
}
