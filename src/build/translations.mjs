// @ts-check
/** Says what is missing or wrong in the translations of the extension: `node src/build/translations.mjs`. Imports nothing but Node. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

/** @typedef {Record<string, string>} Words English (or a name of the manifest) to what is shown */

/** The two files of a language; without one those of English, which the others are held against. @param {string} [language] */
export function filesOf(language) {
  const suffix = language === undefined ? '' : `.${language}`;
  return { manifest: `package.nls${suffix}.json`, code: `l10n/bundle.l10n${suffix}.json` };
}

/** The languages there are beside English, by the files of the manifest's words. */
export function languages() {
  return readdirSync(root).flatMap((name) => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);
}

/** Words that are the same in German: names, and what kernel people say in English. */
const same = new Set(['Threads', 'Zoom: {0}']);

/**
 * @param {string} language
 * @returns {{missing: string[], leftOver: string[], wrong: string[]}} one line each
 */
export function gapsOf(language) {
  const found = {
    missing: /** @type {string[]} */ ([]),
    leftOver: /** @type {string[]} */ ([]),
    wrong: /** @type {string[]} */ ([]),
  };
  for (const kind of /** @type {const} */ (['manifest', 'code'])) {
    const english = read(filesOf()[kind]);
    const translated = read(filesOf(language)[kind]);
    const file = filesOf(language)[kind];
    for (const [key, text] of Object.entries(english)) {
      const own = translated[key];
      if (own === undefined) found.missing.push(`${file}: ${key}${kind === 'manifest' ? ` (${text})` : ''}`);
      else for (const why of wrongIn(text, own)) found.wrong.push(`${file}: ${key}: ${why}`);
    }
    for (const key of Object.keys(translated)) if (!(key in english)) found.leftOver.push(`${file}: ${key}`);
  }
  return found;
}

/** What must stand in every language alike, each as often: values that are filled in, commands that a link leads to, icons, code. */
const alike = /** @type {const} */ ([
  ['values', /\{\d\}/g],
  ['links', /\]\((?:command|concept|https):[^)]*\)/g],
  ['keys', /<keybinding:[^>]+>/g],
  ['icons', /\$\([\w-]+\)/g],
  ['code', /`[^`]+`/g],
  ['dots', /\.\.\.$/g],
]);

/** @param {string} english @param {string} own */
function wrongIn(english, own) {
  const wrong = alike.flatMap(([what, pattern]) => {
    const of = (/** @type {string} */ text) => (text.match(pattern) ?? []).sort().join(' ');
    return of(english) === of(own) ? [] : [`the ${what} are "${of(own)}", not "${of(english)}"`];
  });
  const isSaid = /[A-Za-z]{3}/.test(english.replace(/\{\d\}|\$\([\w-]+\)/g, ''));
  if (own.trim() === '') wrong.push('it is empty');
  if (isSaid && own === english && !same.has(english)) wrong.push('it is not translated');
  if (own !== own.trim() || / {2}/.test(own)) wrong.push('it has spaces too many');
  return wrong;
}

/** @param {string} file @returns {Words} nothing when there is no such file */
function read(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8'));
  } catch {
    return {};
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const language of languages()) {
    const { missing, leftOver, wrong } = gapsOf(language);
    for (const line of missing) console.log(`missing    ${line}`);
    for (const line of leftOver) console.log(`left over  ${line}`);
    for (const line of wrong) console.log(`wrong      ${line}`);
    console.log(`${language}: ${missing.length} missing, ${leftOver.length} left over, ${wrong.length} wrong`);
    if (missing.length + leftOver.length + wrong.length > 0) process.exitCode = 1;
  }
}
