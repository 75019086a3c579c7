import type { FieldCut } from '#cut';
import { Numbers } from './growing.ts';
import { IdNumbers } from './ids.ts';
import { inOrder, type NamedIds } from './links.ts';

/** The ids that messages have and name, as numbers, collected message by message. */
export class NamedIdNumbers {
  #numbers = new IdNumbers();
  #own = new Numbers();
  #starts = new Numbers();
  #named = new Numbers();

  /** Adds one message: its header fields as they stand in `text`. */
  add(text: string, fields: readonly FieldCut[]): void {
    let own = -1;
    const references: number[] = [];
    const inReplyTo: number[] = [];
    for (const { name, valueStart, end } of fields) {
      const { length } = name;
      if (length !== 10 && length !== 11) continue;
      const lower = name.toLowerCase();
      if (lower === 'references') this.#collect(text, valueStart, end, references);
      else if (lower === 'in-reply-to') this.#collect(text, valueStart, end, inReplyTo);
      else if (lower === 'message-id' && own === -1) own = this.#collect(text, valueStart, end, [])[0] ?? -1;
    }
    this.#own.push(own);
    this.#starts.push(this.#named.length);
    for (const id of inOrder(references, inReplyTo)) this.#named.push(id);
  }

  /** What `Links` is made from. */
  finish(): NamedIds {
    this.#starts.push(this.#named.length);
    return {
      count: this.#own.length,
      ids: this.#numbers.size,
      own: new Int32Array(this.#own.all()),
      starts: new Uint32Array(this.#starts.all()),
      named: new Int32Array(this.#named.all()),
    };
  }

  #collect(text: string, start: number, end: number, into: number[]): number[] {
    for (let at = start; at < end; ) {
      if (text.charCodeAt(at++) !== LESS) continue;
      const open = at;
      while (at < end && isIdUnit(text.charCodeAt(at))) at++;
      const closes = at < end && text.charCodeAt(at) === GREATER;
      if (closes && at > open && at - open <= LONGEST) into.push(this.#numbers.number(text, open, at));
    }
    return into;
  }
}

/** A longer id is none. */
const LONGEST = 900;
const [SPACE, LESS, GREATER, NO_BREAK_SPACE] = [32, 60, 62, 160];

/** Everything but brackets and white space. */
function isIdUnit(unit: number): boolean {
  if (unit === LESS || unit === GREATER || unit === SPACE || unit === NO_BREAK_SPACE) return false;
  return unit < 9 || unit > 13;
}
