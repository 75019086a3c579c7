// @ts-check
/** Tests in a VS Code: those that run inside an extension host, and those that look at the screen. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/inhost/*.test.ts', 'test/screen/*.test.ts'],
    globalSetup: ['test/host/set-up.mjs'],
    // One VS Code at a time: two of them on a small machine only wait for each other.
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
