// @ts-check
/**
 * Bundles what ships into dist/. VS Code loads extensions as CommonJS, and the start of the editor must not pay for what
 * a reader has not asked for yet; README.md beside this file says how the two hosts get that.
 */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { gatherChunks } from './gather-chunks.mjs';
import { inlineStatic } from './inline-static.mjs';
import { compileNotes } from './notes.mjs';
import { noticesOf } from './notices.mjs';
import { towards } from './required.mjs';

/** @typedef {import('esbuild').BuildOptions} BuildOptions */
/** @typedef {import('esbuild').Metafile} Metafile */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The models are as large as all the rest: the panel and the Node host load them from one file. In a page it makes a global name. */
const models = {
  door: '#simulators',
  entry: 'src/simulators/index.ts',
  file: 'webview/simulators.js',
  name: 'patchglossModels',
};

/** @type {BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/**
 * For the Node host: an entry, a worker, and their chunks. esbuild splits ES modules only, so it splits those, and each
 * piece is made CommonJS afterwards: `import()` of a chunk becomes a `require` when it is reached.
 *
 * @param {string} entry
 * @param {string} first the file behind the entry's `import()`, which is needed at once
 * @param {string} worker runs in a thread of its own, without `vscode`
 * @param {string} folder where `NAME.cjs` and `chunks/` go
 * @returns {Promise<Metafile>}
 */
export async function splitBundle(entry, first, worker, folder) {
  const result = await checked({
    ...shared,
    entryPoints: [entry, worker],
    outdir: folder,
    entryNames: '[name]',
    write: false,
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node20',
    conditions: ['editor', 'module'],
    external: ['vscode', models.door],
    outExtension: { '.js': '.cjs' },
    chunkNames: 'chunks/[name]-[hash]',
  });
  await mkdir(join(folder, 'chunks'), { recursive: true });
  const pieces = [];
  for (const file of result.outputFiles ?? []) {
    const { code, warnings } = await transform(
      file.path.includes('/chunks/') ? file.text : withoutBareImports(file.text),
      {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minify: true,
        charset: 'utf8',
        supported: { 'dynamic-import': false },
      },
    );
    refuse(warnings.map(({ text }) => text));
    // What only the wrapper of `vscode` needed is dead now.
    const plain = await transform(plainVscode(withModels(code, file.path, join(folder, models.file))), {
      minify: true,
      treeShaking: true,
      target: 'node20',
      charset: 'utf8',
    });
    pieces.push({ path: file.path, code: plain.code });
  }
  const [start = '', apart = '', alone = ''] = [first, worker, entry].map((file) => outputOf(file, result.metafile));
  const inlined = inlineStatic(pieces, start, apart);
  for (const { path, code } of gatherChunks(inlined, new Set([start, apart, alone]), join(folder, 'chunks'))) {
    await writeFile(path, code);
  }
  return result.metafile;
}

/**
 * The models, by the path of their file.
 * @param {string} code @param {string} from @param {string} to
 */
function withModels(code, from, to) {
  return code.replaceAll(`require("${models.door}")`, `require("${towards(from, to)}")`);
}

/**
 * Where the bundler put what a file holds.
 * @param {string} file @param {Metafile | undefined} metafile
 */
function outputOf(file, metafile) {
  const outputs = Object.entries(metafile?.outputs ?? {});
  const [output] = outputs.find(([, { entryPoint }]) => entryPoint === file) ?? [];
  if (output === undefined) throw new Error(`${file} has no chunk of its own: it must be loaded by import()`);
  return join(root, output);
}

/**
 * A piece that only has to run after another one's side effects says so by an import without names. None of our files has
 * side effects while it loads, and the entry would load a file for it.
 *
 * @param {string} code
 */
function withoutBareImports(code) {
  return code.replace(/\bimport\s*"[^"]+";/g, '');
}

/**
 * For a host without files, and for a program that is one file: what is behind `import()` stands in the same file,
 * wrapped, and is evaluated when it is reached.
 *
 * @param {string} entry
 * @param {string} outfile
 * @param {'browser' | 'node'} platform
 */
export async function singleBundle(entry, outfile, platform) {
  const result = await checked({
    ...shared,
    entryPoints: [entry],
    outfile,
    write: false,
    format: 'cjs',
    platform,
    // The browser host of extensions is a worker: packages that have a build without `document` say so by this condition.
    conditions: platform === 'browser' ? ['editor', 'worker', 'module'] : ['module'],
    target: platform === 'node' ? 'node20' : 'es2023',
    external: ['vscode'],
  });
  await mkdir(dirname(outfile), { recursive: true });
  for (const file of result.outputFiles ?? []) await writeFile(file.path, plainVscode(file.text));
  return result.metafile;
}

/**
 * Each file that imports `vscode` would get a copy of its namespace, some hundred getters each, while the editor starts.
 * Nobody needs the copies: `vscode` has no default export.
 *
 * @param {string} code
 */
function plainVscode(code) {
  return code.replace(/[\w$]+\((require\("vscode"\))\)/g, '$1');
}

/** The models as a script of a page, and as a module of Node. @param {string} outfile */
async function modelsBundle(outfile) {
  const result = await checked({
    ...shared,
    entryPoints: [models.entry],
    outfile,
    format: 'iife',
    globalName: models.name,
    platform: 'browser',
    target: 'es2022',
    footer: { js: `if(typeof module==="object")module.exports=${models.name};` },
  });
  return result.metafile;
}

/** @type {import('esbuild').Plugin} in a page the models are a global name */
const modelsOfPage = {
  name: 'models of the page',
  setup(bundler) {
    const namespace = 'models';
    bundler.onResolve({ filter: new RegExp(`^${models.door}$`) }, ({ path }) => ({ path, namespace }));
    bundler.onLoad({ filter: /^/, namespace }, () => ({ contents: `module.exports=${models.name}` }));
  },
};

/**
 * The script of the simulator panel, and its style sheet where the script imports one.
 *
 * @param {string} entry
 * @param {string} outfile
 */
async function pageBundle(entry, outfile) {
  const result = await checked({
    ...shared,
    entryPoints: [entry],
    outfile,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    plugins: [modelsOfPage],
  });
  return result.metafile;
}

/** @param {BuildOptions} options */
async function checked(options) {
  const result = await build({ ...options, metafile: true });
  refuse(result.warnings.map(({ text, location }) => (location ? `${location.file}:${location.line} ${text}` : text)));
  return result;
}

/**
 * A warning is a mistake that nobody has met yet.
 * @param {readonly string[]} warnings
 */
function refuse(warnings) {
  if (warnings.length > 0) throw new Error(`The bundler warns:\n${warnings.join('\n')}`);
}

/**
 * One data file a pack, which the editor reads on first use: bundled, each would be in both hosts' code.
 *
 * @param {readonly import('../concepts/pack.ts').Pack[]} packs
 * @param {string} folder
 */
async function writePacks(packs, folder) {
  await mkdir(folder, { recursive: true });
  for (const pack of packs) await writeFile(join(folder, `${pack.id}.json`), JSON.stringify(pack));
}

/** Everything, anew. */
export async function bundleAll() {
  const { packs, notes, mistakes } = await compileNotes();
  if (mistakes.length > 0) throw new Error(`Notes with mistakes:\n${mistakes.join('\n')}`);
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  const cli = join(dist, 'cli.cjs');
  const [extension, web, panel, simulators] = await Promise.all([
    splitBundle('src/extension.ts', 'src/editor/activate.ts', 'src/cli/archive-worker.ts', dist),
    // The web worker host of VS Code appends `.js` to any other name, and takes it for a module when package.json has a `type`.
    singleBundle('src/extension.ts', join(dist, 'web/extension.js'), 'browser'),
    pageBundle('src/webview/panel.ts', join(dist, 'webview/panel.js')),
    modelsBundle(join(dist, models.file)),
    singleBundle('src/cli/main.ts', cli, 'node'),
  ]);
  await chmod(cli, 0o755);
  await writePacks(packs, join(dist, 'packs'));
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(root, [extension, web, panel, simulators]));
  return { notes };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const started = performance.now();
    const { notes } = await bundleAll();
    console.log(`Built dist/ with ${notes} notes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
