import type { Construct, Run } from '../construct.ts';

/** At most so many lines, and so many units, make an attribution that a mailer has wrapped. */
const MOST_LINES = 3;
const MOST_UNITS = 500;

/**
 * Who wrote the quote one level deeper.
 *
 *     On Thu, Jul 06, 2023, Ada Example wrote:
 *     On 7/5/23 07:57, Ada Example wrote:
 *     On Wed, Mar 30, 2022 at 10:48 PM Ada Example
 *     <ada@example.org> wrote:
 *     Ada Example wrote:
 */
export const attribution: Construct = {
  name: 'attribution',
  read(run, line) {
    const first = run.heads.own(line);
    if (first.length > MOST_UNITS || !/^\W{0,3}(?:On|At)\s|wrote|writes/.test(first)) return undefined;
    let joined = '';
    for (let next = line; next < Math.min(run.to, line + MOST_LINES); next++) {
      if (run.heads.blank(next)) return undefined;
      joined = `${joined} ${run.heads.own(next).trim()}`.trim();
      if (joined.length > MOST_UNITS) return undefined;
      const said = readAttribution(joined);
      if (!said) continue;
      if (!said.dated && !quoteFollows(run, next + 1)) return undefined;
      const { author, date } = said;
      return {
        node: {
          type: 'attribution',
          author,
          ...(date === '' ? {} : { date }),
          position: run.placing.span(line, next + 1),
          children: run.placing.lines(line, next + 1),
        },
        next: next + 1,
      };
    }
    return undefined;
  },
};

/** Whether the next line that is not empty is quoted deeper; at most two empty lines are looked over. */
function quoteFollows(run: Run, line: number): boolean {
  const { heads } = run;
  for (let next = line; next < Math.min(heads.table.count, line + 3); next++) {
    if (heads.depth(next) > run.depth) return true;
    if (!heads.blank(next)) return false;
  }
  return false;
}

/** Author and date of a whole attribution line. */
export function readAttribution(line: string): { author: string; date: string; dated: boolean } | undefined {
  const verb = /(?:\swrote|\swrites|\sa écrit|\sschrieb)\s?:$/.exec(line.slice(-20));
  if (!verb) return undefined;
  const said = line.slice(0, line.length - verb[0].length).replace(/^On\s/, '');
  const words = said.split(/\s/).filter((word) => word !== '');
  let dated = 0;
  while (dated < words.length && isDateWord(words[dated] ?? '', dated > 0)) dated++;
  const date = words.slice(0, dated).join(' ').replace(/,$/, '');
  const author = authorName(words.slice(dated).join(' '));
  if (author === undefined) return undefined;
  return { author, date, dated: dated >= 2 && line.startsWith('On ') };
}

const DATE_WORD =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?|\d[\d:./-]{0,18}(?:st|nd|rd|th)?(?:am|pm)?,?|[+-]\d{4},?|at|[ap]\.?m\.?,?)$/i;
const ZONE = /^\(?(?:UTC|GMT|[A-Z]{1,3}[SD]T|Z)\)?,?$/;

function isDateWord(word: string, started: boolean): boolean {
  return DATE_WORD.test(word) || (started && ZONE.test(word));
}

/** `Ada Example <ada@example.org>` gives the name; an address alone stands for the name. */
function authorName(said: string): string | undefined {
  const address = said.indexOf('<');
  const name = (address > 0 ? said.slice(0, address) : said)
    .trim()
    .replace(/^["',]+|["',]+$/g, '')
    .trim();
  if (name.startsWith('<')) return name.replace(/[<>]/g, '') || undefined;
  return name === '' || name.length > 120 || /[:;?!]/.test(name) ? undefined : name;
}
