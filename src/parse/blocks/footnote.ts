import type { Construct, Run } from '../construct.ts';
import { interrupts } from './interrupting.ts';

const DEFINITION = /^\[(\d{1,3}|\*{1,3})\](?::?\s{1,8})(?=\S)/;

/** The label on a line of its own, above what it defines. */
const ALONE = /^\[(\d{1,3}|\*{1,3})\]:?\s{0,8}$/;

/** The label that a line defines, or nothing. */
export function definedLabel(line: string): string | undefined {
  return DEFINITION.exec(line.slice(0, 40))?.[1];
}

/**
 * What a footnote mark points at, with the lines that go on.
 *
 *     [*] https://lore.example.org/kvm/20220118110621.62462-1-ada@example.org/
 *     [1] The first posting of the series,
 *         January 2022
 *     [2]
 *     https://example.org/tea
 */
export const footnote: Construct = {
  name: 'footnote',
  read(run, line) {
    const own = run.heads.own(line).slice(0, 40);
    if (!own.startsWith('[')) return undefined;
    const alone = ALONE.exec(own);
    const mark = alone ?? DEFINITION.exec(own);
    const label = mark?.[1];
    if (!mark || label === undefined || (alone && !goesOn(run, line + 1))) return undefined;
    let next = line + 1;
    while (goesOn(run, next)) next++;
    const start = run.heads.start(line) + mark[0].length;
    return {
      node: {
        type: 'footnoteDefinition',
        label,
        position: run.placing.span(line, next),
        children: run.placing.lines(line, next, start),
      },
      next,
    };
  },
};

function goesOn(run: Run, line: number): boolean {
  if (line >= run.to || run.heads.blank(line) || definedLabel(run.heads.own(line)) !== undefined) return false;
  return !interrupts(run, line);
}
