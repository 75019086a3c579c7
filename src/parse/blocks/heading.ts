import type { Construct } from '../construct.ts';
import { isVersionHeading } from './version-heading.ts';

const RULE = /^(?:={3,80}|-{3,80}|~{3,80})\s{0,8}$/;
const NUMBER = /^\(?\d{1,2}[.)]\s{0,8}$/;

/**
 * A title over a rule, a number alone on its line, or a line that says of which version the changes below are.
 *
 *     Background        (1)        Changes in v3:
 *     ==========
 */
export const heading: Construct = {
  name: 'heading',
  read(run, line) {
    const own = run.heads.own(line);
    const length = own.length;
    if (length > 100) return undefined;
    let to = line;
    if (NUMBER.test(own) || isVersionHeading(run, line)) to = line + 1;
    else if (
      /^\S/.test(own) &&
      !RULE.test(own) &&
      line + 1 < run.to &&
      RULE.test(run.heads.own(line + 1).slice(0, 100))
    ) {
      // `---` behind a line of prose is the cut before a diffstat; only a rule about as long as the title underlines it.
      const rule = run.heads.own(line + 1).trim();
      if (rule.startsWith('-') && Math.abs(rule.length - own.trim().length) > 2) return undefined;
      to = line + 2;
    }
    if (to === line) return undefined;
    return {
      node: { type: 'heading', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: to,
    };
  },
};
