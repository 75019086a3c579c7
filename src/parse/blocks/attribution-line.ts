/** What an attribution says. `dated` is whether it has a date that no prose would have behind `On`. */
export interface AttributionLine {
  author: string;
  /** As written, without the comma behind it; empty when there is none. */
  date: string;
  dated: boolean;
}

/** Most names have two to four words; what has more is a sentence. */
const MOST_WORDS = 6;

/** Author and date of a whole attribution, joined to one line of at most some hundred units. */
export function readAttribution(line: string): AttributionLine | undefined {
  return readBracketed(line) ?? readVerb(line);
}

/** `* Ada Example <ada@example.org> [2023-07-03 10:00:00]:` and `+++ Ada Example [03/07/23 10:00 +0200]:`. */
function readBracketed(line: string): AttributionLine | undefined {
  const match = /^(?:\*|\+{3}|-{3}) ([^[\]]{2,200}) \[([^[\]]{6,60})\]( wrote)?:$/.exec(line);
  if (!match || !/\d/.test(match[2] ?? '')) return undefined;
  const author = authorName(match[1] ?? '');
  return author === undefined ? undefined : { author, date: match[2] ?? '', dated: true };
}

/** What may stand before the name: `On`, `As`, `In message <id>,`, the star of some mailers. */
const OPENING = /^(?:\* |(?:On|At|As|And|Quoting)\s|In (?:message|article|mail)?\s?<[^<>]{1,200}>,?\s)/;

function readVerb(line: string): AttributionLine | undefined {
  const verb = /(?:\swrote|\swrites|\sa écrit|\sschrieb)\s?:$/.exec(line.slice(-20));
  if (!verb) return undefined;
  const said = line.slice(0, line.length - verb[0].length).replace(OPENING, '');
  const words = said.split(/\s/).filter((word) => word !== '');
  let dated = 0;
  while (dated < words.length && isDateWord(words[dated] ?? '', dated > 0)) dated++;
  const isOn = /^On\s/.test(line);
  // `May Example wrote:` begins with a name.
  if (!isOn && !words.slice(0, dated).some((word) => /\d/.test(word))) dated = 0;
  // `On the other hand, Ada wrote:` is a sentence.
  if (isOn && dated === 0) return undefined;
  const author = authorName(words.slice(dated).join(' '));
  if (author === undefined) return undefined;
  return { author, date: words.slice(0, dated).join(' ').replace(/,$/, ''), dated: dated >= 2 && isOn };
}

const DATE_WORD =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?|\d[\d:./-]{0,18}(?:st|nd|rd|th)?(?:am|pm)?,?|[+-]\d{4},?|at|[ap]\.?m\.?,?)$/i;
const ZONE = /^\(?(?:UTC|GMT|[A-Z]{1,3}[SD]T|Z)\)?,?$/;

function isDateWord(word: string, started: boolean): boolean {
  return DATE_WORD.test(word) || (started && ZONE.test(word));
}

/** `Ada Example <ada@example.org>` gives the name; an address alone stands for it. */
function authorName(said: string): string | undefined {
  const address = said.indexOf('<');
  const name = (address > 0 ? said.slice(0, address) : said)
    .trim()
    .replace(/^["',]{1,4}|["',]{1,4}$/g, '')
    .trim();
  if (name.startsWith('<')) return name.replace(/[<>]/g, '') || undefined;
  if (name === '' || name.length > 120 || /[:;?!]/.test(name)) return undefined;
  return name.split(/\s+/).length <= MOST_WORDS ? name : undefined;
}
