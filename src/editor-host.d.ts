/**
 * What both extension hosts, Node and web worker, have beside `vscode` and web-standards.d.ts. Only tsconfig.editor.json
 * reads this file.
 */

type TimerHandle = { readonly __timer: unique symbol };

declare function setTimeout(callback: () => void, milliseconds?: number): TimerHandle;
declare function clearTimeout(timer: TimerHandle | undefined): void;

/** A text of base64 as a text of one unit a byte; throws where it is none. */
declare function atob(text: string): string;

/** The Node host's own; the web worker has none. */
declare var process: { readonly env: Readonly<Record<string, string | undefined>> } | undefined;
