// @ts-check
/** The licences of the packages whose code is in a bundle: their terms ask that the text goes with every copy. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {string} root
 * @param {readonly import('esbuild').Metafile[]} metafiles of what is packaged
 * @returns {Promise<string>} one section a package, by name
 */
export async function noticesOf(root, metafiles) {
  const folders = new Set(metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).flatMap(packageFolder));
  const sections = await Promise.all([...folders].sort().map((folder) => section(join(root, folder))));
  return ['Patchgloss contains code of these packages.', ...sections].join('\n\n');
}

/**
 * `node_modules/a/node_modules/@b/c/index.js` is of the package `node_modules/a/node_modules/@b/c`.
 * @param {string} path
 */
function packageFolder(path) {
  const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
  return found ? [found[0]] : [];
}

/** @param {string} folder */
async function section(folder) {
  const { name, version, license, licenses } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e(?:[.]|$)/i.test(one));
  const text = file ? await readFile(join(folder, file), 'utf8') : 'The package comes without a licence file.';
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? licenses?.[0]?.type ?? 'see below'})\n\n${text.trim()}`;
}
