import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { BlobReader } from './blob-reader.ts';
import { gitArguments, gitEnvironment } from './git-repositories.ts';

/** A larger mail is given as far as this, in bytes. */
const MOST_MAIL = 2 ** 28;

interface Asked {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
}

/** The blobs of some repositories, one after the other as they are asked for, by one process of git. */
export class GitBlobs {
  readonly #repositories: readonly string[];
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Asked[] = [];

  constructor(repositories: readonly string[]) {
    this.#repositories = repositories;
  }

  /** Rejects where there is no such blob, or git cannot be asked. */
  read(blob: string): Promise<Uint8Array> {
    if (!/^[0-9a-f]{40,64}$/.test(blob)) return Promise.reject(new Error(`${blob} is no name of a blob`));
    this.#child ??= this.#start();
    const { stdin } = this.#child;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${blob}\n`);
    });
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    const [first = '', ...others] = this.#repositories;
    const child = spawn('git', gitArguments(first, ['cat-file', '--batch']), {
      env: { ...gitEnvironment(), GIT_ALTERNATE_OBJECT_DIRECTORIES: others.map(quoted).join(delimiter) },
    });
    const waiting: Asked[] = [];
    this.#waiting = waiting;
    const reader = new BlobReader(MOST_MAIL, ({ size, head }) => {
      const asked = waiting.shift();
      if (size === undefined) asked?.reject(new Error('the message is not in the repository any more'));
      else asked?.resolve(Buffer.from(head, 'latin1'));
    });
    const fail = (error: Error): void => {
      if (this.#child === child) this.#child = undefined;
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    child.stdout.on('data', (piece: Buffer) => reader.add(piece));
    child.on('error', fail);
    child.on('close', () => fail(new Error('git ended before it gave the message')));
    return child;
  }
}

/** A path in a list of them: quoted as C strings are, since it may hold what stands between two. */
function quoted(repository: string): string {
  return `"${join(repository, 'objects').replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
