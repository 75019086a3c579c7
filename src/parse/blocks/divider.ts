import type { Divider } from '#mailast';
import type { Construct } from '../construct.ts';

/**
 * A line of signs.
 *
 *     ---                     cut: what follows is not part of the commit message
 *     ---- >8 ----            scissors: what stands above is not
 *     ====================    rule
 */
export const divider: Construct = {
  name: 'divider',
  read(run, line) {
    const own = run.heads.own(line);
    const role = own.length <= 200 ? roleOf(own.trimEnd()) : undefined;
    if (!role) return undefined;
    return { node: { type: 'divider', role, value: own, position: run.placing.span(line, line + 1) }, next: line + 1 };
  },
};

function roleOf(line: string): Divider['role'] | undefined {
  if (!'-=_*#~ 8<>%'.includes(line.charAt(0)) || line === '') return undefined;
  if (line === '---') return 'cut';
  if (/^[-\s8<>%]{4,200}$/.test(line) && /8<|>8|%<|>%/.test(line) && line.includes('-')) return 'scissors';
  return /^(?:-{4,200}|={4,200}|_{4,200}|\*{4,200}|#{4,200}|~{4,200})$/.test(line) ? 'rule' : undefined;
}
