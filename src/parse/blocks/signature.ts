import type { Construct, Found, Run } from '../construct.ts';
import { attribution } from './attribution.ts';

/** A signature whose `-- ` lost its space (archive pages trim lines) must be short, or it may be anything. */
const MOST_LINES = 12;
/** A footer says within so many lines that it is one. */
const MOST_FOOTER_LINES = 5;
/** No seal has more lines. */
const MOST_SEAL_LINES = 200;

/**
 * What stands below a mail and is no word of it, up to the end of what stands at this depth, to the next of its kind, or to an attribution or a
 * diff: a signature, the footer of a list, the seals of PGP.
 *
 *     --
 *     Ada Example
 *     _______________________________________________
 *     tea mailing list
 *     -----BEGIN PGP SIGNATURE-----
 */
export const signature: Construct = {
  name: 'signature',
  read(run, line) {
    const own = run.heads.own(line);
    const seal = sealEnd(run, line, own);
    if (seal !== undefined) return found(run, line, seal);
    if (!beginsSignature(run, line)) return undefined;
    // `--` and then what a footer says are one.
    let to = line + 1 < run.to && UNSUBSCRIBE.test(run.heads.own(line + 1).slice(0, 100)) ? line + 2 : line + 1;
    while (to < run.to && !ends(run, to)) to++;
    return found(run, line, to);
  },
};

function found(run: Run, line: number, next: number): Found {
  let to = next;
  while (to > line + 1 && run.heads.blank(to - 1)) to--;
  return {
    node: { type: 'signature', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
    next,
  };
}

function ends(run: Run, line: number): boolean {
  if (run.heads.blank(line)) return false;
  return (
    beginsSignature(run, line) ||
    run.heads.own(line).startsWith('diff --git ') ||
    attribution.read(run, line) !== undefined
  );
}

export function beginsSignature(run: Run, line: number): boolean {
  const own = run.heads.own(line);
  const first = own.charCodeAt(0);
  if (first === DASH && (own === '-- ' || (own === '--' && run.to - line <= MOST_LINES))) return true;
  if (first === DASH && (own.startsWith(SIGNED) || own.startsWith(SEAL))) return sealEnd(run, line, own) !== undefined;
  return (FOOTER_RULE.test(own.slice(0, 100)) && footerFollows(run, line)) || UNSUBSCRIBE.test(own.slice(0, 100));
}

const DASH = 45;

const FOOTER_RULE = /^(?:_{2,90}|-{20,90}|(?:-=){4,40}-?|-)\s{0,4}$/;
/** What mailing list managers write: Mailman, Majordomo, Sympa, ezmlm, Google Groups, groups.io. */
const FOOTER =
  /\bmailing list\b|\/(?:listinfo|subscribe|majordomo-info|mailman)\b|^To (?:UNSUBSCRIBE|unsubscribe)\b|^You (?:received this message because|are receiving this)|^Groups\.io Links|-(?:leave|unsubscribe|request)@/;
const UNSUBSCRIBE =
  /^To unsubscribe from this list: send the line\b|^You received this message because you are subscribed to the Google Groups? /;

function footerFollows(run: Run, line: number): boolean {
  for (let below = line + 1; below < Math.min(run.to, line + 1 + MOST_FOOTER_LINES); below++) {
    if (FOOTER.test(run.heads.own(below).slice(0, 200))) return true;
  }
  return false;
}

const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SEAL = '-----BEGIN PGP SIGNATURE-----';
const SEAL_END = '-----END PGP SIGNATURE-----';
const ARMOR_FIELD = /^(?:Hash|Version|Comment|MessageID|Charset|NotDashEscaped): ?/;
const ARMOR_LINE = /^(?:[A-Za-z0-9+/=]{1,80}|(?:Hash|Version|Comment|MessageID|Charset): .{0,200})\s{0,4}$/;

/** The first line behind a seal that begins here: the line that says the mail is signed and its fields, or the signature of PGP. */
function sealEnd(run: Run, line: number, own: string): number | undefined {
  if (own.charCodeAt(0) !== DASH) return undefined;
  const begin = own.trimEnd();
  let to = line + 1;
  if (begin === SIGNED) {
    while (to < run.to && ARMOR_FIELD.test(run.heads.own(to).slice(0, 40))) to++;
    return to;
  }
  if (begin !== SEAL) return undefined;
  for (; to < Math.min(run.to, line + MOST_SEAL_LINES); to++) {
    const inside = run.heads.own(to);
    if (inside.trimEnd() === SEAL_END) return to + 1;
    if (!run.heads.blank(to) && !ARMOR_LINE.test(inside.slice(0, 300))) break;
  }
  return to;
}
