import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  b4Command,
  conditionFor,
  countMessages,
  gitAmCommand,
  mergeMail,
  readMemory,
  readServer,
  readWanted,
  remember,
  ServerError,
  threadFileName,
} from '#archive/fetch';

const id = 'one/a+b@example.org';
const LORE = 'https://lore.kernel.org/all';

describe('what a reader may ask for', () => {
  test.each([
    ['one@example.org', { messageId: 'one@example.org' }],
    [' <one@example.org>\n', { messageId: 'one@example.org' }],
    ['Message-ID: <one@example.org>', { messageId: 'one@example.org' }],
    ['mid:one@example.org', { messageId: 'one@example.org' }],
    ['<20240108.without-host>', { messageId: '20240108.without-host' }],
    [id, { messageId: id }],
    ['https://lore.kernel.org/all/one@example.org/', { messageId: 'one@example.org', server: LORE }],
    ['https://lore.kernel.org/all/one%2Fa+b@example.org/T/#u', { messageId: id, server: LORE }],
    ['https://lore.kernel.org/all/one%2fa%2Bb%40example.org/t.mbox.gz', { messageId: id, server: LORE }],
    [
      'https://lore.kernel.org/kvm/one@example.org/raw',
      { messageId: 'one@example.org', server: 'https://lore.kernel.org/kvm' },
    ],
    [
      'http://lore.kernel.org/kvm/one@example.org',
      { messageId: 'one@example.org', server: 'https://lore.kernel.org/kvm' },
    ],
    [
      'https://lists.example.org/mail/valves/one@example.org/t/',
      { messageId: 'one@example.org', server: 'https://lists.example.org/mail/valves' },
    ],
    [
      'http://127.0.0.1:8080/valves/one@example.org/',
      { messageId: 'one@example.org', server: 'http://127.0.0.1:8080/valves' },
    ],
    ['https://lore.kernel.org/r/one@example.org', { messageId: 'one@example.org' }],
    ['http://lkml.kernel.org/r/one@example.org', { messageId: 'one@example.org' }],
    ['https://patch.msgid.link/one@example.org', { messageId: 'one@example.org' }],
    ['https://patchwork.kernel.org/project/kvm/patch/one@example.org/', { messageId: 'one@example.org' }],
    ['https://patchwork.kernel.org/project/kvm/patch/one@example.org/mbox/', { messageId: 'one@example.org' }],
    ['https://patchwork.kernel.org/project/kvm/cover/one@example.org/', { messageId: 'one@example.org' }],
    [
      'https://patchwork.kernel.org/project/kvm/list/?series=12',
      { question: 'https://patchwork.kernel.org/api/series/12/' },
    ],
    ['https://patchwork.kernel.org/series/12/mbox/', { question: 'https://patchwork.kernel.org/api/series/12/' }],
    ['https://patchwork.example.org/patch/34/', { question: 'https://patchwork.example.org/api/patches/34/' }],
    [
      'https://lists.example.org/pw/project/valves/cover/7/',
      { question: 'https://lists.example.org/pw/api/covers/7/' },
    ],
  ])('%s', (text, wanted) => {
    expect(readWanted(text)).toEqual(wanted);
  });

  test.each([
    '',
    'valve',
    'two words@example.org',
    'a@example.org\nb@example.org',
    'https://lore.kernel.org/kvm/',
    'https://lore.kernel.org/kvm/?q=valve',
    'https://lore.kernel.org@evil.example.org/all/one@example.org/',
    'https://',
    'file:///etc/passwd',
    'javascript:alert(1)',
    `${'x'.repeat(2000)}@example.org`,
    'https://lore.kernel.org/all/%E0%A4%A/',
  ])('and what not: %j', (text) => {
    expect(readWanted(text)).toEqual({ wrong: expect.stringMatching(/\w/) });
  });

  test('any text is answered, and an id leads to one segment of an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const wanted = readWanted(text);
        if ('messageId' in wanted) expect(wanted.messageId).not.toMatch(/[\s<>]/);
      }),
      { seed: 26, numRuns: 2000 },
    );
  });
});

describe('a server', () => {
  test.each([
    ['https://lore.kernel.org/all/', LORE],
    [' https://LORE.kernel.org/all?q=1#x', LORE],
    ['http://127.0.0.1:8080/valves', 'http://127.0.0.1:8080/valves'],
    ['http://localhost/valves/', 'http://localhost/valves'],
  ])('%s', (text, server) => {
    expect(readServer(text)).toBe(server);
  });

  test.each([
    'lore.kernel.org',
    'ftp://lore.kernel.org',
    'https://me:secret@lore.kernel.org/',
    'http://lore.kernel.org/all',
    'http://127.evil.example.org',
  ])('is refused: %s', (text) => {
    expect(() => readServer(text)).toThrow(ServerError);
  });

  test('is asked over http when that is said', () => {
    expect(readServer('http://lists.example.org/all', true)).toBe('http://lists.example.org/all');
  });
});

describe('the file of a thread', () => {
  test.each([
    ['one@example.org', 'one@example.org.mbox'],
    ['one/a+b@example.org', 'one_a+b@example.org.mbox'],
    ['../../etc/passwd@x', '_._.._etc_passwd@x.mbox'],
    ['.hidden@x', '_hidden@x.mbox'],
    ['-rf@x', '_rf@x.mbox'],
    ['con.txt@x', '_con.txt@x.mbox'],
    ['a\u202eb@x', 'a_b@x.mbox'],
  ])('%s is %s', (messageId, name) => {
    expect(threadFileName(messageId)).toBe(name);
  });

  test('has a safe name for every id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (messageId) => {
        expect(threadFileName(messageId)).toMatch(/^[A-Za-z0-9@_+=][A-Za-z0-9@._+=-]{0,130}\.mbox$|^\.mbox$/);
      }),
      { seed: 27, numRuns: 1000 },
    );
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (mail: Uint8Array | undefined) => new TextDecoder().decode(mail);
const message = (name: string, body = `Body of ${name}.`) =>
  `From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: ${name}@example.org\nSubject: valve\nMessage-ID: <${name}@example.org>\n\n${body}\n`;

describe('a thread that is fetched again', () => {
  test('keeps what was there, in its order, and has the new replies behind it', () => {
    const saved = `${message('bo')}\n${message('ada')}`;
    const fresh = `${message('ada')}\n${message('cy')}\n${message('bo')}\n${message('di')}`;
    const merged = mergeMail(bytes(saved), bytes(fresh));
    expect(merged).toMatchObject({ added: 2, messages: 4 });
    expect(text(merged?.mail)).toBe(`${saved}\n${message('cy')}\n${message('di')}`);
  });

  test('is the same when nothing is new, byte for byte', () => {
    const saved = bytes(`${message('ada')}\n${message('bo', 'caf\u00e9 \r\n')}`);
    const merged = mergeMail(saved, saved);
    expect(merged).toMatchObject({ added: 0, messages: 2 });
    expect(merged?.mail).toEqual(saved);
  });

  test('keeps a message that the server has no more, and one that was edited', () => {
    const saved = `${message('ada', 'Edited.')}\n${message('gone')}`;
    expect(text(mergeMail(bytes(saved), bytes(message('ada')))?.mail)).toBe(saved);
  });

  test('is completed where the last message had broken off', () => {
    const whole = `${message('ada')}\n${message('bo', 'A long answer.\nMore of it.')}`;
    const merged = mergeMail(bytes(whole.slice(0, -10)), bytes(`${whole}\n${message('cy')}`));
    expect(text(merged?.mail)).toBe(`${whole}\n${message('cy')}`);
    expect(merged?.added).toBe(1);
  });

  test('does not touch another thread, or what is no mailbox', () => {
    expect(mergeMail(bytes(message('ada')), bytes(message('bo')))).toBeUndefined();
    expect(mergeMail(bytes('A shopping list\n'), bytes(message('bo')))).toBeUndefined();
    expect(mergeMail(bytes(''), bytes(message('bo')))).toBeUndefined();
  });

  test('has each message once, however the two overlap', () => {
    const names = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
    const box = (numbers: readonly number[]) => numbers.map((number) => `${message(`m${number}`)}\n`).join('');
    fc.assert(
      fc.property(names, names, (before, after) => {
        const merged = mergeMail(bytes(box(before)), bytes(box(after)));
        const all = new Set([...before, ...after]);
        if (!after.some((number) => before.includes(number))) {
          expect(merged).toBeUndefined();
          return;
        }
        expect(text(merged?.mail)).toBe(box([...all]));
        expect(merged).toMatchObject({ messages: all.size, added: all.size - before.length });
      }),
      { seed: 28, numRuns: 200 },
    );
  });

  test('counts its messages', () => {
    expect(countMessages(bytes(`${message('ada')}\n${message('bo')}`))).toBe(2);
    expect(countMessages(bytes('nothing'))).toBe(0);
  });
});

describe('what is remembered of a download', () => {
  const thread = { url: 'https://x/t', messageId: 'a@b', file: '/t.mbox', messages: 2, when: 1, etag: '"e"' };

  test('is asked with when the same thread goes into the same file', () => {
    const memory = readMemory(JSON.stringify(remember({ threads: [] }, thread)));
    expect(conditionFor(memory, '/t.mbox', 'https://x/t')).toEqual({ etag: '"e"' });
    expect(conditionFor(memory, '/other.mbox', 'https://x/t')).toBeUndefined();
    expect(conditionFor(memory, '/t.mbox', 'https://y/t')).toBeUndefined();
  });

  test('is forgotten when the file gets another thread, and after 500 others', () => {
    const other = remember({ threads: [thread] }, { ...thread, url: 'https://y/t' });
    expect(conditionFor(other, '/t.mbox', 'https://x/t')).toBeUndefined();
    let memory = remember({ threads: [] }, thread);
    for (let file = 0; file < 500; file++) memory = remember(memory, { ...thread, file: `/${file}` });
    expect(memory.threads).toHaveLength(500);
    expect(conditionFor(memory, '/t.mbox', 'https://x/t')).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{"threads":3}', '{"threads":[{"url":1}],"asked":"x"}'])(
    'is nothing where it is damaged: %s',
    (kept) => {
      expect(readMemory(kept)).toEqual({ threads: [] });
    },
  );
});

describe('commands to copy', () => {
  test('are plain where the id is', () => {
    expect(b4Command('one@example.org')).toBe('b4 am one@example.org');
    expect(b4Command('-o@example.org')).toBe("b4 am -- '-o@example.org'");
    expect(gitAmCommand('one@example.org', { file: 'my mail/one.mbox' })).toBe("git am -- 'my mail/one.mbox'");
    expect(gitAmCommand(id, { server: LORE })).toBe(
      `curl -sSf ${LORE}/one%2Fa%2Bb@example.org/t.mbox.gz | gunzip | git am`,
    );
  });

  test('hand a hostile id to the program as one word', () => {
    for (const hostile of [
      "a'; touch x; '@x",
      '$(touch x)@x',
      '`x`@x',
      '-o@x',
      'a&b|c;d@x',
      'a\\@x',
      '*@x',
      '~root@x',
      'a!b@x',
    ]) {
      const command = b4Command(hostile).replace(/^b4 am (?:-- )?/, "printf '%s\\n' ");
      expect(spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout).toBe(`${hostile}\n`);
    }
  });
});
