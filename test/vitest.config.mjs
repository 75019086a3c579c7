// @ts-check
/** Unit, property and conformance tests: everything in test/ that needs no editor and no browser. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    // These run inside an editor, or drive one.
    exclude: ['test/inhost/**', 'test/screen/**', 'test/host/**'],
    globalSetup: ['test/compile-notes.mjs'],
    // No test is a matter of time: on a busy machine these are a hundred times what the longest takes alone.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two forks on a small machine; results do not depend on the order.
    pool: 'forks',
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reportsDirectory: 'coverage' },
  },
});
