import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { visible } from './visible.ts';

const ENOUGH = 64 * 1024;

/** Where a command writes. Small pieces are joined, and a slow reader at the other end is waited for. */
export class Output {
  #stdout: Writable;
  #stderr: Writable;
  #pieces: string[] = [];
  #length = 0;
  #failed = false;

  constructor(stdout: Writable, stderr: Writable) {
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  async write(text: string): Promise<void> {
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#length >= ENOUGH) await this.flush();
  }

  async line(text: string): Promise<void> {
    await this.write(`${text}\n`);
  }

  async flush(): Promise<void> {
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#length = 0;
    if (text !== '' && !this.#stdout.write(text)) await once(this.#stdout, 'drain');
  }

  /** One line on stderr about an input; the run goes on and ends with status 1. */
  problem(reason: string): void {
    this.#failed = true;
    this.note(reason);
  }

  /** One line on stderr that changes nothing. */
  note(reason: string): void {
    this.#stderr.write(`patchgloss: ${visible(reason).replace(/\s+/g, ' ')}\n`);
  }

  /** 0, or 1 when there was a problem. */
  get status(): 0 | 1 {
    return this.#failed ? 1 : 0;
  }
}
