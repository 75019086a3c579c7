// @ts-check
/**
 * Loading a file costs the start of VS Code more than the few hundred bytes in it. The bundler puts what the first chunk and
 * the later ones share into chunks of their own, which the first one then loads at once; here those are put back into it, and
 * the later ones get them from there: when they load, the first one is loaded already.
 */
import { basename, dirname, relative, resolve } from 'node:path';

/** @typedef {{path: string, code: string}} Piece CommonJS, at the path where it will be written */

/** `require("./chunks/x.cjs")` that runs at once; in a lazy place it stands behind an arrow. */
const requires = /(=>[\w$]*\(?)?require\("([.][^"]+)"\)/g;

/**
 * @param {readonly Piece[]} pieces
 * @param {string} first the path of the one that is loaded before the others
 * @returns {Piece[]} the first one with all that it loads at once, and the pieces that are left
 */
export function inlineStatic(pieces, first) {
  const entry = pieces.find(({ path }) => path === first);
  if (entry === undefined) return [...pieces];
  const chunks = pieces.filter((piece) => piece !== entry);
  const byPath = new Map(chunks.map((chunk) => [chunk.path, chunk]));
  /** Paths in the order of evaluation: what a chunk loads comes before it. @type {string[]} */
  const order = [];
  visit(entry, byPath, order, new Set());
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
  const rest = chunks
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
  for (const [, lazy, target] of piece.code.matchAll(requires)) {
    const path = resolve(dirname(piece.path), target ?? '');
    const chunk = byPath.get(path);
    if (lazy !== undefined || chunk === undefined || seen.has(path)) continue;
    seen.add(path);
    visit(chunk, byPath, order, seen);
    order.push(path);
  }
}

/** @param {Piece} piece @param {(target: string, lazy: string) => string} write */
function withRequires({ path, code }, write) {
  return code.replace(requires, (_whole, lazy, target) => write(resolve(dirname(path), target), lazy ?? ''));
}

/** @param {string} from @param {string} to */
function towards(from, to) {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
