import { cutHeader } from '#cut';
import { textOfUnits } from '#mailast';
import { Bytes, Numbers } from './growing.ts';
import { valuesOf } from './mailbox-index.ts';

/** The fields of each message that are shown in lists, as they were written: nothing is opened again for them. */
export interface ShownFields {
  /** One message behind the other. */
  shown: Uint8Array;
  /** Where those of each message begin, and where the last ones end. */
  shownStarts: Float64Array;
}

/** Their names in small letters. */
export const SHOWN: readonly string[] = ['message-id', 'subject', 'from', 'date'];

export class GrowingShown {
  #bytes = new Bytes();
  #starts = new Numbers();

  /** The fields of the next message, each with a line end behind it. */
  add(written: string): void {
    this.#starts.push(this.#bytes.length);
    this.#bytes.addUnits(written);
  }

  /** The same from what was kept before: message `index` of it is the next one. */
  addKept({ shown, shownStarts }: ShownFields, index: number): void {
    this.#starts.push(this.#bytes.length);
    this.#bytes.add(shown.subarray(shownStarts[index], shownStarts[index + 1]));
  }

  finish(): ShownFields {
    const shownStarts = new Float64Array(this.#starts.length + 1);
    shownStarts.set(this.#starts.all());
    shownStarts[this.#starts.length] = this.#bytes.length;
    return { shown: this.#bytes.all().slice(), shownStarts };
  }
}

export function shownText({ shown, shownStarts }: ShownFields, index: number): string {
  return textOfUnits(shown.subarray(shownStarts[index], shownStarts[index + 1]));
}

/** What the fields of message `index` say, decoded. */
export function shownValues(fields: ShownFields, index: number, names: readonly string[]): ReadonlyMap<string, string> {
  const text = shownText(fields, index);
  return valuesOf({ units: 'bytes', text }, cutHeader(text, 0, text.length).fields, names);
}

/** Whether each message has its part of the bytes. */
export function areShown({ shown, shownStarts }: ShownFields, count: number): boolean {
  if (shownStarts.length !== count + 1 || shownStarts[count] !== shown.length) return false;
  return shownStarts.every((start, index) => start >= 0 && start <= (shownStarts[index + 1] ?? start));
}
