import type { LogicalText } from '../logical.ts';
import type { Mention } from '../mentions.ts';
import { expansionsIn } from './expansions.ts';
import { sentenceAround } from './sentence.ts';

/** A place where a message itself says what a term means, in words of the mail. Offsets in the logical text of `where`. */
export interface Definition {
  where: LogicalText;
  /** The sentence. */
  start: number;
  end: number;
  /** Where the term stands in it. */
  at: number;
  /** How much it says: 3 explains, 2 gives another name, 1 writes the letters out. */
  says: 1 | 2 | 3;
}

/** How the text goes on when it explains the term before it: `PAMT), essentially serves as the ...`, `X refers to ...`. */
const EXPLAINS =
  /^["')\]]{0,3},?\s(?:[a-z]+ly\s)?(?:(?:serves?|acts?)\sas\s|stands\sfor\s|means\s["']?(?:an?|the|[A-Z])|refers?\sto\s|is\s(?:basically|essentially|short\sfor|defined\sas|nothing\s(?:but|more\sthan))\s)/;

/** `X is a ...`: only of what a sentence begins with, and not with a judgement. */
const IS =
  /^["')\]]{0,3}\s(?:is|are)\s(?:an?|the)\s(?!(?:\w+ly\s)?(?:bad|best|better|big|bit|bug|case|different|first|fix|good|great|hack|huge|issue|key|last|lot|main|major|mess|must|necessary|new|next|nice|non|no-go|non-starter|one|only|other|pain|possible|prerequisite|problem|reason|requirement|right|same|separate|single|special|thing|valid|waste|way|worse|worst|wrong)\b)/;

/** `X, also known as Y`, `X (i.e. the Y)`. What follows an "i.e." is most often a clause that goes on with the sentence: then it is no name. */
const ANOTHER_NAME =
  /^["')\]]{0,3},?\s\(?(?:a\.?k\.?a\.?|also known as|i\.e\.,?\s(?=(?:an?|the)(?:\s(?!(?:is|are|was|were|has|have|does|will|can)\s)[\w'-]{1,30}){1,6}[,.;)]))/;
const NAMED =
  /\b(?:we\s(?:will\s)?call(?:\s(?:it|this|these|that|them))?|(?:is|are|be)\scalled|referred(?:\sto)?\sas|known\sas|termed|dubbed)\s(?:an?\s|the\s)?["']?$/;

/**
 * The place that says most about a term, the first of those: an explaining verb right behind it (`X serves as the ...`), another name
 * (`X, i.e. Y`, `we call X`), or its letters written out (`Physical Address Metadata Table (PAMT)`). `expansion` is what the note gives.
 */
export function definitionOf(mentions: readonly Mention[], expansion: string | undefined): Definition | undefined {
  let best: Definition | undefined;
  for (const { where, match } of mentions) {
    const says = saidAt(where.text, match.start, match.end, match.text, expansion);
    if (says === undefined || says <= (best?.says ?? 0)) continue;
    const sentence = sentenceAround(where.text, match.start);
    if (says > 1 && isNoStatement(where.text.slice(sentence.start, sentence.end))) continue;
    best = { where, ...sentence, at: match.start, says };
    if (says === 3) break;
  }
  return best;
}

function saidAt(
  text: string,
  start: number,
  end: number,
  term: string,
  expansion: string | undefined,
): Definition['says'] | undefined {
  const behind = text.slice(end, end + 80);
  if (EXPLAINS.test(behind) || (IS.test(behind) && beginsSentence(text, start))) return 3;
  if (
    ANOTHER_NAME.test(behind) ||
    (/^\w[\w -]*$/.test(term) && NAMED.test(text.slice(Math.max(0, start - 40), start)))
  ) {
    return 2;
  }
  if (/^["']?\s\(/.test(behind)) {
    if (expansion !== undefined && sameWords(term, expansion)) return 1;
    if (expansionsIn(text.slice(start, end + 120)).some(({ abbreviated }) => abbreviated.start === 0)) return 1;
  }
  return undefined;
}

/** Only an article, a bracket or a quote mark stands between the term and where the sentence begins. */
function beginsSentence(text: string, at: number): boolean {
  return (
    /(?:^|[.!?:]\s+|\n\s*\n)(?:["'(]|(?:A|An|The|Each|Every)\s["']?)?$/.test(text.slice(Math.max(0, at - 12), at)) ||
    at === 0
  );
}

/** A question, or a few words only. */
function isNoStatement(sentence: string): boolean {
  return sentence.endsWith('?') || sentence.split(/\s+/, 6).length < 6;
}

/** Whether two spellings are the same words: case, hyphens and a plural do not count. */
export function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[\s-]+/g, ' ')
      .replace(/s$/, '');
  return plain(a) === plain(b);
}
