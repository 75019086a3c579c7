import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether programs are installed; where CI is set they must be. */
export function installed(...programs: string[]): boolean {
  const missing = programs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
  if (missing.length === 0) return true;
  if (process.env.CI !== undefined) throw new Error(`${missing.join(', ')} must be installed when CI is set`);
  console.log(`skipped: ${missing.join(', ')} not installed`);
  return false;
}

export const hasPublicInbox = installed('public-inbox-httpd', 'public-inbox-init', 'public-inbox-mda', 'git');

/** A mail as it is sent. */
export function mailOf(id: string, subject: string, more: Readonly<Record<string, string>>, body: string): string {
  const fields = {
    From: 'Ada Example <ada@example.org>',
    To: 'valves@lists.example.org',
    Subject: subject,
    Date: 'Mon, 08 Jan 2024 10:00:00 +0000',
    'Message-ID': `<${id}>`,
    ...more,
  };
  const header = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  return `${header.join('')}\n${body}`;
}

/** An archive of public-inbox with its web server on this machine. */
export interface PublicInbox {
  /** `http://127.0.0.1:PORT/valves` */
  server: string;
  /** Delivers a mail, as its list would. */
  deliver(mail: string): void;
  /** Runs a program of public-inbox with the settings of this archive. */
  run(program: string, ...args: string[]): string;
  stop(): void;
}

/** Makes an archive of these mails, indexed for searching, and serves it. */
export async function servePublicInbox(mails: readonly string[]): Promise<PublicInbox> {
  const home = mkdtempSync(join(tmpdir(), 'patchgloss-inbox-'));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    PI_CONFIG: join(home, 'config'),
    ORIGINAL_RECIPIENT: 'valves@lists.example.org',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const inbox = join(home, 'valves');
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const deliver = (mail: string): void => {
    execFileSync('public-inbox-mda', ['--no-precheck'], { env, input: mail, stdio: ['pipe', 'ignore', 'pipe'] });
  };
  run('public-inbox-init', '-V2', '-L', 'full', 'valves', inbox, 'http://127.0.0.1/valves', 'valves@lists.example.org');
  run('git', 'config', '-f', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none');
  for (const mail of mails) deliver(mail);
  run('public-inbox-index', '-j0', '-L', 'full', inbox);
  const port = await freePort();
  const log = join(home, 'httpd.log');
  writeFileSync(log, '');
  const httpd = spawn('public-inbox-httpd', ['-W0', '-l', `127.0.0.1:${port}`, '-1', log, '-2', log], {
    env,
    stdio: 'ignore',
  });
  const server = `http://127.0.0.1:${port}/valves`;
  await answering(server, () => readFileSync(log, 'utf8'));
  return {
    server,
    deliver,
    run,
    stop() {
      httpd.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function answering(server: string, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      if ((await fetch(`${server}/`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`public-inbox-httpd does not answer: ${log()}`);
}
