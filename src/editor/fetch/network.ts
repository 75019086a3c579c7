import * as vscode from 'vscode';
import { type Network, PATIENCE } from '#archive/fetch';

/** The network of the editor's host, which is Node or a browser. A browser names itself, and goes where servers send on to. */
export function hostNetwork(context: vscode.ExtensionContext): Network {
  const inNode = typeof process === 'object';
  const version = String(Reflect.get(context.extension.packageJSON, 'version'));
  return {
    fetch,
    clock: {
      now: () => Date.now(),
      after(milliseconds, run) {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    redirects: inNode ? 'shown' : 'followed',
    ...(inNode ? { agent: `patchgloss/${version} (fetches one thread when its reader asks for it)` } : {}),
    patience: PATIENCE,
  };
}

const running = new Set<AbortController>();

/** Does something that asks servers, with the editor's button and *Cancel Fetch* to stop it. */
export async function whileFetching<Result>(
  title: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  running.add(stop);
  await tellFetching();
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    return await vscode.window.withProgress(options, (_progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      return work(stop.signal);
    });
  } finally {
    running.delete(stop);
    await tellFetching();
  }
}

/** Stops whatever asks servers now. */
export function cancelFetch(): void {
  for (const stop of running) stop.abort();
}

/** The command to cancel is in the palette only while there is something to cancel. */
async function tellFetching(): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'patchgloss.fetching', running.size > 0);
}
