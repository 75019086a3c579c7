import type * as vscode from 'vscode';
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

/** A signal that follows the editor's button. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  token.onCancellationRequested(() => stop.abort());
  return stop.signal;
}
