// @ts-check
/** `npm run fuzz [-- COUNT [SEED]]`: reads so many mutated mails, 200,000 unless told. `npm test` reads 20,000. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUpPackages } from './setup.mjs';

const [count = '200000', seed = count] = process.argv.slice(2);
if (!/^\d{1,9}$/.test(count) || !/^\d{1,9}$/.test(seed)) {
  console.error('Usage: npm run fuzz [-- COUNT [SEED]]');
  process.exit(2);
}
await setUpPackages();
const started = performance.now();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/fuzz/vitest.config.mjs'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PATCHGLOSS_FUZZ: count, PATCHGLOSS_FUZZ_SEED: seed } },
);
console.log(`${count} texts in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = status ?? 1;
