// @ts-check
/** Checks the types of every kind of room: each project that the root tsconfig.json refers to, side by side. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** @type {{references: {path: string}[]}} */
const { references } = JSON.parse(readFileSync(new URL('../../tsconfig.json', import.meta.url), 'utf8'));

/**
 * @param {string} project
 * @returns {Promise<boolean>} whether its types are right
 */
function check(project) {
  return new Promise((resolve) => {
    const tsc = spawn(process.execPath, [compiler, '-p', project, '--pretty', 'false'], { cwd: root });
    let said = '';
    tsc.stdout.on('data', (piece) => {
      said += piece;
    });
    tsc.stderr.on('data', (piece) => {
      said += piece;
    });
    tsc.on('close', (code) => {
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${project}`);
      if (said !== '') console.log(said.trimEnd());
      resolve(code === 0);
    });
  });
}

const right = await Promise.all(references.map(({ path }) => check(path)));
process.exitCode = right.every(Boolean) ? 0 : 1;
