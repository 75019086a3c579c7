import type { Divider } from '#mailast';
import type { Construct } from '../construct.ts';
import { isScissors } from '../scissors.ts';

/** No line of signs is longer. */
const MOST_UNITS = 200;

/**
 * A line of signs.
 *
 *     ---                     cut: what follows is not part of the commit message
 *     ---- >8 ----            scissors: what stands above is not
 *     ====================    rule
 *     ----- End forwarded message -----
 */
export const divider: Construct = {
  name: 'divider',
  read(run, line) {
    const own = run.heads.own(line);
    const role = own.length <= MOST_UNITS ? roleOf(own.trimEnd()) : undefined;
    if (!role) return undefined;
    return { node: { type: 'divider', role, value: own, position: run.placing.span(line, line + 1) }, next: line + 1 };
  },
};

function roleOf(line: string): Divider['role'] | undefined {
  if (!'-=_*#~ 8<>%\u2013\u2014\u2500'.includes(line.charAt(0)) || line === '') return undefined;
  if (line === '---') return 'cut';
  if (BLADES.test(line) && isScissors(line)) return 'scissors';
  return RULE.test(line) || END.test(line) ? 'rule' : undefined;
}

const BLADES = />8|8<|>%|%</;
const RULE =
  /^(?:-{4,200}|={4,200}|_{4,200}|\*{4,200}|#{4,200}|~{4,200}|[\u2013\u2014\u2500]{3,200}|(?:-=){3,100}-?|(?:[-*] ){3,100}[-*]?)$/;
const END = /^-{3,60} ?end (?:of )?(?:forwarded|original) message ?-{3,60}$/i;
