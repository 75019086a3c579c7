// @ts-check
/** Many mutated mails. `npm run fuzz -- COUNT` reads more of them than `npm test` does. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/fuzz/*.fuzz.ts'],
    globalSetup: ['test/compile-notes.mjs'],
    pool: 'forks',
  },
});
