// @ts-check
/**
 * The bundler makes a chunk of every few functions that two others share. A reader's disk need not hold sixty files for that:
 * the small ones are put into one file, where each stands in a function of its own and is evaluated when it is asked for.
 */
import { basename, join } from 'node:path';
import { towards, withRequires } from './required.mjs';

/** @typedef {import('./required.mjs').Piece} Piece */

/** UTF-16 units of the largest chunk that is put with others. */
const SMALL = 40_000;

/**
 * @param {readonly Piece[]} pieces
 * @param {ReadonlySet<string>} alone paths of those that hosts load by their names
 * @param {string} folder of the chunks
 * @returns {Piece[]}
 */
export function gatherChunks(pieces, alone, folder) {
  const small = pieces.filter(({ path, code }) => !alone.has(path) && code.length < SMALL);
  const paths = new Set(small.map(({ path }) => path));
  const file = join(folder, 'small.cjs');
  /** @param {string} path */
  const nameOf = (path) => basename(path, '.cjs');
  const functions = small.map((chunk) => {
    const code = withRequires(chunk, (target, lazy) =>
      paths.has(target) ? `${lazy}$part("${nameOf(target)}")` : `${lazy}require("${towards(file, target)}")`,
    );
    return `"${nameOf(chunk.path)}":function(module,exports){${code}\n}`;
  });
  const gathered = `const parts={${functions.join(',\n')}},made={};
function $part(name){let module=made[name];if(module===undefined){module=made[name]={exports:{}};parts[name](module,module.exports)}return module.exports}
module.exports=$part;`;
  const rest = pieces
    .filter(({ path }) => !paths.has(path))
    .map((piece) => ({
      path: piece.path,
      code: withRequires(piece, (target, lazy) =>
        paths.has(target)
          ? `${lazy}require("${towards(piece.path, file)}")("${nameOf(target)}")`
          : `${lazy}require("${towards(piece.path, target)}")`,
      ),
    }));
  return [...rest, { path: file, code: gathered }];
}
