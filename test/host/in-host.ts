/** Runs the suites of test/inhost inside an extension host, and tells what became of each test. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../src/build/setup.mjs';
import { startHost } from './host.ts';
import { startMailServer } from './mail-server.ts';
import { startVirtualHost } from './virtual-host.ts';

export interface InHostResult {
  title: string;
  /** What went wrong, if it did. */
  error?: string;
}

/** In front of each line that a suite reports; see test/inhost/run.ts. */
const mark = 'in-host ';

/**
 * Bundles all `test/inhost/*.inhost.ts` and runs them in the host of this kind, in a workspace of these files. `virtual`
 * is the web worker of an editor without any server, where files are what an extension says they are.
 * `PATCHGLOSS_SUITES=argument,notes` runs those alone, for who writes them.
 */
export async function runInHost(
  kind: 'node' | 'worker' | 'virtual',
  files: Readonly<Record<string, string>>,
): Promise<InHostResult[]> {
  // Within the extension's folder: only then the editor runs a suite in the host of the extension.
  const parent = join(root, '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'suite-'));
  const suite = join(folder, 'suite.js');
  await bundleSuite(suite, kind);
  const mail = await startMailServer();
  // A suite in a worker can read files, and little else.
  const all = { ...files, 'server.txt': mail.address };
  const host = kind === 'virtual' ? await startVirtualHost(all, suite) : await startHost({ files: all, kind });
  const results: InHostResult[] = [];
  const log: string[] = [];
  try {
    let exit: (code: number) => void = () => undefined;
    const ended = new Promise<number>((resolve) => {
      exit = resolve;
    });
    await host.open({
      more: { extensionTestsPath: suite },
      async prepare({ page }) {
        await page.exposeFunction('codeAutomationExit', (code: number) => exit(code));
        await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
          log.push(`${type}: ${args.join(' ')}`);
          for (const said of args) if (isReport(said)) results.push(JSON.parse(said.slice(mark.length)));
        });
      },
    });
    const code = await withinTwoMinutes(ended);
    const failed = results.some(({ error }) => error !== undefined);
    if (results.length === 0 || (code !== 0) !== failed) {
      throw new Error(`The suite ended with ${code} after ${results.length} tests:\n${log.slice(-12).join('\n')}`);
    }
    return results;
  } finally {
    await host.stop();
    mail.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isReport(said: unknown): said is string {
  return typeof said === 'string' && said.startsWith(mark);
}

/** One CommonJS file: the `require` of a worker knows only `vscode`. */
async function bundleSuite(outfile: string, kind: 'node' | 'worker' | 'virtual'): Promise<void> {
  const folder = join(root, 'test/inhost');
  const only = process.env.PATCHGLOSS_SUITES?.split(',');
  const suites = (await readdir(folder))
    .filter((name) => name.endsWith('.inhost.ts') && (only?.includes(name.slice(0, -10)) ?? true))
    .sort();
  const imports = suites.map((name) => `import './${name}';`);
  await build({
    stdin: {
      contents: [
        "import 'mocha/mocha.js';",
        "import './set-up.ts';",
        ...imports,
        "export { run } from './run.ts';",
      ].join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2023',
    external: ['vscode'],
    define: { global: 'globalThis', HOST_KIND: JSON.stringify(kind === 'node' ? 'node' : 'worker') },
    logLevel: 'error',
  });
}

function withinTwoMinutes(ended: Promise<number>): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The suite did not end within two minutes.')), 120_000);
    ended.then((code) => {
      clearTimeout(timer);
      resolve(code);
    }, reject);
  });
}
