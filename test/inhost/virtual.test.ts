import { describe, expect, test } from 'vitest';
import { runInHost } from '../host/in-host.ts';
import { invented } from '../host/invented.ts';

// The suites run first, all in one host; each of their tests is then a test of its own here.
const results = await runInHost('virtual', invented);

describe('in the web worker host of a virtual workspace', () => {
  test.each(results)('$title', ({ error }) => {
    expect(error).toBeUndefined();
  });
});
