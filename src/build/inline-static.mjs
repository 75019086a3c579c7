// @ts-check
/**
 * Loading a file costs the start of VS Code more than the few hundred bytes in it. The bundler puts what the first chunk and
 * the later ones share into chunks of their own, which the first one then loads at once; here those are put back into it, and
 * the later ones get them from there: when they load, the first one is loaded already.
 */
import { basename } from 'node:path';
import { requiredBy, towards, withRequires } from './required.mjs';

/** @typedef {import('./required.mjs').Piece} Piece */

/**
 * @param {readonly Piece[]} pieces
 * @param {string} first the path of the one that is loaded before the others
 * @param {string} apart the path of one that is loaded without it; what that one needs stays where it is
 * @returns {Piece[]} the first one with all that it loads at once, and the pieces that are left
 */
export function inlineStatic(pieces, first, apart) {
  const entry = pieces.find(({ path }) => path === first);
  if (entry === undefined) return [...pieces];
  const byPath = new Map(pieces.filter((piece) => piece !== entry).map((piece) => [piece.path, piece]));
  const alone = byPath.get(apart);
  const needed = new Set(alone && everything(alone, byPath));
  /** Paths in the order of evaluation: what a chunk loads comes before it. @type {string[]} */
  const order = [];
  visit(entry, byPath, order, needed);
  /** @param {string} path */
  const nameOf = (path) => `$${basename(path, '.cjs').replace(/\W/g, '_')}`;
  const inside = order.map((path) => {
    const code = withRequires({ path, code: byPath.get(path)?.code ?? '' }, (target, lazy) =>
      order.includes(target) ? nameOf(target) : `${lazy}require("${towards(entry.path, target)}")`,
    );
    return `const ${nameOf(path)}=(function(){const module={exports:{}};let exports=module.exports;${code}\nreturn module.exports})();`;
  });
  const main = withRequires(entry, (target, lazy) =>
    order.includes(target) ? `${lazy}${nameOf(target)}` : `${lazy}require("${towards(entry.path, target)}")`,
  );
  const shared = order.map((path) => `module.exports.${nameOf(path)}=${nameOf(path)};`);
  const rest = [...byPath.values()]
    .filter(({ path }) => !order.includes(path))
    .map((chunk) => ({
      path: chunk.path,
      code: withRequires(chunk, (target, lazy) =>
        order.includes(target)
          ? `${lazy}require("${towards(chunk.path, entry.path)}").${nameOf(target)}`
          : `${lazy}require("${towards(chunk.path, target)}")`,
      ),
    }));
  return [{ path: entry.path, code: `${inside.join('')}${main}${shared.join('')}` }, ...rest];
}

/** @param {Piece} piece @param {ReadonlyMap<string, Piece>} byPath @param {string[]} order @param {Set<string>} seen */
function visit(piece, byPath, order, seen) {
  for (const { path, lazy } of requiredBy(piece)) {
    const chunk = byPath.get(path);
    if (lazy || chunk === undefined || seen.has(path)) continue;
    seen.add(path);
    visit(chunk, byPath, order, seen);
    order.push(path);
  }
}

/**
 * The paths of all that a piece may ever load.
 * @param {Piece} piece @param {ReadonlyMap<string, Piece>} byPath
 */
function everything(piece, byPath) {
  const found = [piece.path];
  for (const path of found) {
    const chunk = byPath.get(path);
    if (chunk) for (const { path: next } of requiredBy(chunk)) if (!found.includes(next)) found.push(next);
  }
  return found;
}
