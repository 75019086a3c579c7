import type { FieldCut } from '#cut';
import { bareIds, mendedId } from './broken-ids.ts';
import { Ints } from './growing.ts';
import { FIRST_HIGH, FIRST_LOW, IdNumbers, mixed, nextHigh, nextLow } from './ids.ts';
import { inOrder, type NamedIds } from './links.ts';

/** The ids of a source by themselves: what `NamedIds` says, and the hashes behind the numbers, in two halves. */
export interface IdTable extends NamedIds {
  low: Uint32Array;
  high: Uint32Array;
}

/** The ids that messages have and name, as numbers, collected message by message. */
export class NamedIdNumbers {
  #numbers = new IdNumbers();
  #own = new Ints();
  #starts = new Ints();
  #named = new Ints();
  /** Of the message that is added; kept, so that a million messages make no lists. */
  #ids = new Ints();
  #references = new Ints();
  #inReplyTo = new Ints();

  /** Adds one message: its header fields as they stand in `text`. */
  add(text: string, fields: readonly FieldCut[]): void {
    this.#references.length = 0;
    this.#inReplyTo.length = 0;
    this.#ids.length = 0;
    for (const { name, valueStart, end } of fields) {
      if (isNamed(name, 'references')) this.#collect(text, valueStart, end, this.#references);
      else if (isNamed(name, 'in-reply-to')) this.#collect(text, valueStart, end, this.#inReplyTo);
      else if (this.#ids.length === 0 && isNamed(name, 'message-id')) this.#collect(text, valueStart, end, this.#ids);
    }
    this.#own.push(this.#ids.length === 0 ? -1 : this.#ids.at(0));
    this.#starts.push(this.#named.length);
    const last = this.#references.length - 1;
    if (this.#inReplyTo.length === 0 || (last >= 0 && this.#inReplyTo.at(0) === this.#references.at(last)))
      for (let at = last; at >= 0; at--) this.#named.push(this.#references.at(at));
    else for (const id of inOrder([...this.#references.all()], [...this.#inReplyTo.all()])) this.#named.push(id);
  }

  /** Adds the first `count` messages of a table, whose numbers become ours. Into an empty one they come as they came there. */
  addTable(table: IdTable, count = table.count): void {
    const take = this.taking(table);
    this.#inOrderOf(table, count);
    take(0, count);
  }

  /** Adds messages [start, end) of a table at each call, in whatever order. */
  taking(table: IdTable): (start: number, end: number) => void {
    const ours = new Int32Array(table.ids).fill(-1);
    const numberOf = (id: number): number => {
      const known = ours[id] ?? -1;
      if (known !== -1) return known;
      const number = this.#numbers.numberOf(table.low[id] ?? 0, table.high[id] ?? 0);
      ours[id] = number;
      return number;
    };
    return (start, end) => {
      for (let index = start; index < end; index++) {
        const own = table.own[index] ?? -1;
        this.#own.push(own === -1 ? -1 : numberOf(own));
        this.#starts.push(this.#named.length);
        const last = table.starts[index + 1] ?? 0;
        for (let at = table.starts[index] ?? 0; at < last; at++) this.#named.push(numberOf(table.named[at] ?? 0));
      }
    };
  }

  /** Ids are numbered as their messages came: those that the first messages have and name are the first ones. */
  #inOrderOf(table: IdTable, count: number): void {
    let ids = 0;
    for (let index = 0; index < count; index++) ids = Math.max(ids, (table.own[index] ?? -1) + 1);
    const end = table.starts[count] ?? 0;
    for (let at = 0; at < end; at++) ids = Math.max(ids, (table.named[at] ?? -1) + 1);
    for (let id = 0; id < ids; id++) this.#numbers.numberOf(table.low[id] ?? 0, table.high[id] ?? 0);
  }

  /** What `Links` is made from. */
  finish(): NamedIds {
    const starts = new Uint32Array(this.#starts.length + 1);
    starts.set(this.#starts.all());
    starts[this.#starts.length] = this.#named.length;
    return {
      count: this.#own.length,
      ids: this.#numbers.size,
      own: this.#own.finish(),
      starts,
      named: this.#named.finish(),
    };
  }

  /** What can be kept and added again. */
  table(): IdTable {
    return { ...this.finish(), ...this.#numbers.hashes() };
  }

  #collect(text: string, start: number, end: number, into: Ints): void {
    let brackets = false;
    for (let at = start; at < end; ) {
      if (text.charCodeAt(at++) !== LESS) continue;
      brackets = true;
      const open = at;
      let low = FIRST_LOW;
      let high = FIRST_HIGH;
      let unit = at < end ? text.charCodeAt(at) : SPACE;
      while (isIdUnit(unit)) {
        low = nextLow(low, unit);
        high = nextHigh(high, unit);
        unit = ++at < end ? text.charCodeAt(at) : SPACE;
      }
      const closes = unit === GREATER;
      if (closes && at > open && at - open <= LONGEST) into.push(this.#numbers.numberOf(mixed(low), mixed(high)));
      else if (!closes) at = this.#collectBroken(text, open, at, end, into);
    }
    if (!brackets) this.#addAll(bareIds(text.slice(start, Math.min(end, start + LONGEST_BARE))), into);
  }

  /** What begins as an id at `open` and ends at `at` without a bracket; says how far it reaches. */
  #collectBroken(text: string, open: number, at: number, end: number, into: Ints): number {
    let to = at;
    while (to < end && text.charCodeAt(to) !== LESS && text.charCodeAt(to) !== GREATER) to++;
    const closed = to < end && text.charCodeAt(to) === GREATER;
    this.#addAll([mendedId(text.slice(open, Math.min(to, open + LONGEST)), closed)], into);
    return to;
  }

  #addAll(ids: readonly (string | undefined)[], into: Ints): void {
    for (const id of ids) if (id !== undefined) into.push(this.#numbers.number(id, 0, id.length));
  }
}

/** Whether a field has this name, in small letters, in whatever letters it is written. */
function isNamed(name: string, wanted: string): boolean {
  return (
    name.length === wanted.length &&
    (name.charCodeAt(0) | LOWER_CASE) === wanted.charCodeAt(0) &&
    name.toLowerCase() === wanted
  );
}

/** So much of a field without brackets is looked at. */
const LONGEST_BARE = 100_000;
/** A longer id is none. */
const LONGEST = 900;
const [LOWER_CASE, SPACE, LESS, GREATER, NO_BREAK_SPACE] = [32, 32, 60, 62, 160];

/** Everything but brackets and white space. */
function isIdUnit(unit: number): boolean {
  if (unit === LESS || unit === GREATER || unit === SPACE || unit === NO_BREAK_SPACE) return false;
  return unit < 9 || unit > 13;
}
