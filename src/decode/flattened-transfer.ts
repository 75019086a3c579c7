import type { Span } from '#mailast';
import { CollectedOctets } from './octets.ts';
import { hexByte } from './transfer.ts';
import type { Body } from './unwrap.ts';

const EQUALS = 61;
const SPACE = 32;
const LF = 10;

/**
 * Takes quoted-printable off text that lost its line ends. `breaks` are the spaces that stand for one; a space behind a bare `=` stands for the
 * end of a soft line break, and is nothing.
 *
 *     Ada wrote= : > caf=C3=A9?
 */
export function unwrapFlattened(text: string, { start, end }: Span, breaks: readonly number[]): Body {
  const into = new CollectedOctets(end - start);
  let damage: number | undefined;
  let next = 0;
  for (let at = start; at < end; ) {
    while ((breaks[next] ?? end) < at) next++;
    const unit = text.charCodeAt(at);
    const byte = unit === EQUALS ? hexByte(text, at + 1, end) : undefined;
    if (byte !== undefined) {
      into.push(byte, at, at + 3);
      at += 3;
    } else if (unit === EQUALS && (at + 1 >= end || text.charCodeAt(at + 1) === SPACE)) at += 2;
    else {
      if (unit === EQUALS) damage ??= at;
      into.push(breaks[next] === at ? LF : unit, at, at + 1);
      at++;
    }
  }
  return { octets: into.finish(), complaints: damage === undefined ? [] : [damagedAt(damage)] };
}

function damagedAt(at: number): Body['complaints'][number] {
  const reason = 'The quoted-printable text could not be decoded here; the rest was read.';
  return { ruleId: 'transfer-encoding-damaged', reason, severity: 'warning', start: at, end: at + 1 };
}
