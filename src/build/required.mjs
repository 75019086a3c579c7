// @ts-check
/** What the bundler's chunks load of each other, and how that is written anew when code moves to another file. */
import { dirname, relative, resolve } from 'node:path';

/** @typedef {{path: string, code: string}} Piece CommonJS, at the path where it will be written */

/** `require("./chunks/x.cjs")` that runs at once; in a lazy place it stands behind an arrow. */
const requires = /(=>[\w$]*\(?)?require\("([.][^"]+)"\)/g;

/**
 * @param {Piece} piece
 * @returns {{path: string, lazy: boolean}[]}
 */
export function requiredBy({ path, code }) {
  return [...code.matchAll(requires)].map(([, lazy, target]) => ({
    path: resolve(dirname(path), target ?? ''),
    lazy: lazy !== undefined,
  }));
}

/**
 * The code of a piece with each `require` of another one as `write` says it. `lazy`: the beginning of the arrow, to be kept.
 * @param {Piece} piece @param {(target: string, lazy: string) => string} write
 */
export function withRequires({ path, code }, write) {
  return code.replace(requires, (_whole, lazy, target) => write(resolve(dirname(path), target), lazy ?? ''));
}

/** How a file names another. @param {string} from @param {string} to */
export function towards(from, to) {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
