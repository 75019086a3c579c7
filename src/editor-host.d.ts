/**
 * What both extension hosts, Node and web worker, have beside `vscode` and web-standards.d.ts. Only tsconfig.editor.json
 * reads this file.
 */

type TimerHandle = { readonly __timer: unique symbol };

declare function setTimeout(callback: () => void, milliseconds?: number): TimerHandle;
declare function clearTimeout(timer: TimerHandle | undefined): void;
