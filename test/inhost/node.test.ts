import { describe, expect, test } from 'vitest';
import { runInHost } from '../host/in-host.ts';
import { invented } from '../host/invented.ts';
import { notmuchMail } from '../host/notmuch-mail.ts';

// The suites run first, all in one host; each of their tests is then a test of its own here.
const notmuch = notmuchMail();
const found = notmuch && { 'notmuch.txt': notmuch.search('lever') };
const results = await runInHost('node', { ...invented, ...found }).finally(() => notmuch?.stop());

describe('in the Node host', () => {
  test.each(results)('$title', ({ error }) => {
    expect(error).toBeUndefined();
  });
});
