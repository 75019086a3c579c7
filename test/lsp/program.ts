import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { singleBundle } from '../../src/build/bundle.mjs';
import { root } from '../../src/build/setup.mjs';

/** Where the bundled program stands while the tests of a file run. */
export const program = join(root, `.cache/lsp-under-test-${process.pid}.cjs`);

/** Bundles the command line as it ships, for the tests of one file. */
export function withProgram(): void {
  beforeAll(async () => {
    await singleBundle('src/cli/main.ts', program, 'node');
  });
  afterAll(() => rmSync(program, { force: true }));
}
