import type { Place } from '../plain.ts';
import type { Argument } from './argument.ts';

/** Which line of which file a quoted line of a diff is. Names are labels out of a mail. */
export interface CodePlace {
  place: Place;
  path: string;
  /** `make_tea`; absent where the hunk does not say. */
  function?: string;
  /** In the newer file; of a removed line absent. */
  after?: number;
  /** In the older file; of an added line absent. */
  before?: number;
}

/** Absent where the line quotes no diff, and where it is not known of which file. */
export function codePlaceAt(argument: Argument, offset: number): CodePlace | undefined {
  const at = argument.rowAt(offset);
  if (!at || (at.page.body.lines[at.row]?.depth ?? 0) === 0) return undefined;
  const whole = argument.wholeLines(at.key).get(at.row);
  const code = whole ? whole.code : at.page.code.get(at.row);
  const place = argument.place(at.key, at.row);
  if (code?.path === undefined || !place) return undefined;
  const { path, section, before, after } = code;
  // `static int make_tea(struct pot *pot)`: the word before the bracket.
  const [, name] = /([A-Za-z_]\w{0,120})\s?\(/.exec(section ?? '') ?? [];
  return {
    place,
    path,
    ...(name === undefined ? {} : { function: name }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
