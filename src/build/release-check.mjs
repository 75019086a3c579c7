// @ts-check
/**
 * `npm run release-check`: packs the extension, installs the package in a VS Code that knows nothing of this checkout, tries it there, and
 * says whether it may be published. Needs what `npm test` needs; run that first.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { packagePath } from './package.mjs';
import { root, setUpVscode } from './setup.mjs';
import { gapsOf, languages } from './translations.mjs';

/** @typedef {{what: string, fine: boolean, told: string}} Finding */

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));

/** @param {string} what @param {boolean} fine @param {string} told @returns {Finding} */
const finding = (what, fine, told) => ({ what, fine, told });

/** @returns {Finding} */
function changelog() {
  const fine = read('CHANGELOG.md').includes(`## ${version}`);
  return finding('CHANGELOG', fine, fine ? `has ${version}` : `says nothing of ${version}`);
}

/** @returns {Finding[]} */
function translations() {
  return languages().map((language) => {
    const { missing, leftOver, wrong } = gapsOf(language);
    const told = `${missing.length} missing, ${leftOver.length} left over, ${wrong.length} wrong`;
    return finding(`words in ${language}`, missing.length + leftOver.length + wrong.length === 0, told);
  });
}

/** Packs anew: what lies there may be of another day. @returns {Finding} */
function packed() {
  rmSync(packagePath(), { force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/build/package.mjs')], { cwd: root });
  const lines = `${stdout}${stderr}`.trim().split('\n');
  return finding('package', status === 0, lines.find((line) => line.startsWith(packagePath())) ?? (lines.at(-1) || ''));
}

/** What VS Code unpacks. @returns {Finding} */
function leftovers() {
  const names = filesInZip(readFileSync(packagePath()));
  const bad = names.filter((name) => /\.(?:map|ts|vsix)$|\/(?:src|test|node_modules)\/|\/cli\.cjs$/.test(name));
  const needed = ['extension.cjs', 'web/extension.js', 'webview/panel.js', 'packs/kvm.json', 'THIRD-PARTY-NOTICES.txt'];
  const missing = needed.filter((name) => !names.includes(`extension/dist/${name}`));
  const told = [...bad.map((name) => `${name} is left over`), ...missing.map((name) => `${name} is missing`)];
  return finding(
    'what is in it',
    told.length === 0,
    told.join(', ') || `${names.length} files, none left over, none missing`,
  );
}

/**
 * The names in the list at the end of a zip: each entry begins with PK 1 2, has the length of its name at 28 and the name at 46.
 * @param {Buffer} zip
 */
function filesInZip(zip) {
  const names = [];
  const entry = Buffer.from('PK\x01\x02', 'latin1');
  for (let at = zip.indexOf(entry); at !== -1; at = zip.indexOf(entry, at + 46)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

/** @returns {Promise<Finding>} */
async function installed() {
  if (!findChromium())
    return finding('installed', false, 'there is no Chromium to look with; set CHROMIUM to its path');
  await setUpVscode();
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', 'test/host/vitest.config.mjs', 'test/screen/package'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0) console.log(`${stdout}${stderr}`);
  const told = /^\s*Tests\s+(.*)$/m.exec(`${stdout}`)?.[1] ?? 'no test ran';
  return finding('installed in a clean host', status === 0, told);
}

const findings = [changelog(), ...translations(), packed()];
if (findings.at(-1)?.fine) findings.push(leftovers(), await installed());
for (const { what, fine, told } of findings) console.log(`${fine ? 'ok  ' : 'FAIL'} ${what}: ${told}`);
const fine = findings.every((one) => one.fine);
console.log(
  fine ? `${version} may be published: npx vsce publish --packagePath ${packagePath()}` : `${version} is not ready.`,
);
process.exitCode = fine ? 0 : 1;
