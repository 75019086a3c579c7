import { beforeEach, describe, expect, test, vi } from 'vitest';

const warned = vi.hoisted(() => ({ messages: [] as string[] }));

vi.mock('vscode', () => ({
  env: { uriScheme: 'vscode', language: '"><script>' },
  l10n: {
    t: (text: string, ...words: string[]) => text.replace(/\{(\d)\}/g, (_, at: string) => words[Number(at)] ?? ''),
  },
  window: { showWarningMessage: (message: string) => warned.messages.push(message) },
  Uri: { joinPath: (_: unknown, ...names: string[]) => names.join('/') },
}));

const { linkTo, stateOfLink } = await import('../../src/editor/panel-link.ts');
const { panelPage } = await import('../../src/editor/panel-page.ts');

/** What the editor hands on of `vscode://patchgloss.patchgloss/PATH?QUERY`; the other members of an address are not looked at. */
const asked = (query: string, path = '/simulate') => stateOfLink({ path, query } as Parameters<typeof stateOfLink>[0]);

beforeEach(() => {
  warned.messages.length = 0;
});

describe('a link from outside', () => {
  test('opens the state that it was made of', async () => {
    const share = 'tdmr-pamt?scenario=one-chunk&step=1';
    const query = linkTo(share).slice('vscode://patchgloss.patchgloss/simulate?'.length);
    expect(await asked(query)).toMatchObject({ simulator: 'tdmr-pamt', scenario: 'one-chunk', step: 1 });
    expect(warned.messages).toEqual([]);
  });

  test.each([
    ['', '/simulate'],
    ['tdmr-pamt', '/run'],
    ['tdmr-pamt', '/simulate/../openConceptNote'],
    ['../../etc/passwd', '/simulate'],
    ['constructor', '/simulate'],
    ['__proto__?polluted=1', '/simulate'],
    ['tdmr-pamt?__proto__=1', '/simulate'],
    ['tdmr-pamt?nodes=99999999999', '/simulate'],
    ['tdmr-pamt?nodes=NaN', '/simulate'],
    ['tdmr-pamt?nodes=1&nodes=2', '/simulate'],
    ['tdmr-pamt?scenario=constructor', '/simulate'],
    ['tdmr-pamt?goal=toString', '/simulate'],
    ['tdmr-pamt?step=-2', '/simulate'],
    ['tdmr-pamt?step=1e9', '/simulate'],
    ['tdmr-pamt?%zz=1', '/simulate'],
    ['tdmr-pamt?origin=file:///etc/passwd', '/simulate'],
    ['command:workbench.action.quit', '/simulate'],
    [`tdmr-pamt?nodes=${'9'.repeat(100_000)}`, '/simulate'],
  ])('%.60s at %s opens nothing, and one short message says so', async (query, path) => {
    expect(await asked(query, path)).toBeUndefined();
    expect(warned.messages).toHaveLength(1);
    expect(warned.messages[0]?.length).toBeLessThan(400);
  });
});

test('the page of a panel lets two scripts of ours run and nothing be fetched, whatever its title says', () => {
  const webview = { cspSource: 'https://ours.example.org', asWebviewUri: (path: unknown) => path };
  // Stand-ins with the members that the page is made from.
  type Given = Parameters<typeof panelPage>;
  const page = (): string =>
    panelPage(webview as unknown as Given[0], '' as unknown as Given[1], '</title><script>alert(1)</script>');
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page())?.[1]?.split('; ') ?? [];
  expect(policy.map((rule) => rule.replace(/nonce-[0-9a-f]{32}/, 'nonce-N'))).toEqual([
    "default-src 'none'",
    'style-src https://ours.example.org',
    "script-src 'nonce-N'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(page().match(/<script nonce="[0-9a-f]{32}" src=/g)).toHaveLength(2);
  expect(page().match(/<script/g)).toHaveLength(2);
  expect(page()).not.toBe(page());
});
