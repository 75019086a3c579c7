/** A word of a text, with hyphens and slashes in it: `Copy-on-Write`. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

/** Words that an abbreviation may leave out. */
const SMALL = new Set('a an and as at by for from in into of off on or per the to via with'.split(' '));

/** Words in capitals that stand in brackets for themselves. */
const NO_ABBREVIATION = new Set(
  'AFAICT AFAIK AKA ALL AND ANY BTW BUT CAN CC DO DONE EG ETC FIXME FIXED FOR FWIW FYI IE IF IIRC IIUC IMHO IMO IN IS IT LGTM MAY MUST NACK NAK NB NO NONE NOT NOTE NULL OF OFF OK ON OR OTOH RFC SHALL SO TBD TBH THE THIS TO TODO US WE WIP WRT YES'.split(
    ' ',
  ),
);

const LONGEST = 10;

/**
 * The letters of an abbreviation, small and without plural, hyphens and slashes: `pamt` of `PAMTs`, `sept` of `S-EPT`. Absent when the word is
 * none: fewer than two capitals, or more small letters than capitals.
 */
export function lettersOf(word: string): string | undefined {
  if (NO_ABBREVIATION.has(word) || !/^[A-Z][A-Za-z0-9]{0,11}(?:[-/][A-Za-z0-9]{1,11}){0,2}$/.test(word))
    return undefined;
  const bare = singular(word).replace(/[-/]/g, '');
  const capitals = bare.replace(/[^A-Z]/g, '').length;
  const small = bare.replace(/[^a-z]/g, '').length;
  if (bare.length > LONGEST || capitals < 2 || small > capitals) return undefined;
  return bare.toLowerCase();
}

/** `PAMT` of `PAMTs`; what does not end so, as it is. */
export function singular(word: string): string {
  return /[A-Z0-9]s$/.test(word) ? word.slice(0, -1) : word;
}

export function isSmallWord(word: string): boolean {
  return SMALL.has(word);
}

/**
 * Whether the letters are the initials of the words, one word after the other and none left out but small ones. A word in capitals
 * may give all its letters (`TD Memory Region`: TDMR), one with capitals inside those (`eXecute Disable`: XD).
 */
export function areInitials(letters: string, words: readonly string[]): boolean {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || isSmallWord(first) || isSmallWord(last)) return false;
  if (!words.some((word) => /[a-z]{2}/.test(word))) return false;
  let reached = new Set([0]);
  for (const [index, word] of words.entries()) {
    const next = new Set<number>();
    for (const given of givenBy(word, index === 0)) {
      for (const at of reached) if (letters.startsWith(given, at)) next.add(at + given.length);
    }
    reached = next;
    if (reached.size === 0) return false;
  }
  return reached.has(letters.length);
}

/** What a word may give to an abbreviation, in small letters. */
function givenBy(word: string, isFirst: boolean): readonly string[] {
  if (isSmallWord(word)) return ['', word.charAt(0)];
  let given = [''];
  for (const [index, part] of word.split(/[-/]/).entries()) {
    const own = givenByPart(part);
    // "Kernel-based Virtual Machine": what follows a hyphen in small letters may be left out.
    if (index > 0 && /^[a-z]/.test(part)) own.push('');
    given = given.flatMap((before) => own.map((more) => before + more));
  }
  return isFirst ? given.filter((letters) => letters !== '') : given;
}

function givenByPart(part: string): string[] {
  const bare = singular(part);
  const digits = /^\d+/.exec(bare)?.[0];
  if (digits !== undefined) return [digits];
  const initial = bare.charAt(0).toLowerCase();
  const capitals = bare.replace(/[^A-Z0-9]/g, '').toLowerCase();
  if (bare.length > 1 && !/[a-z]/.test(bare)) return [initial, bare.toLowerCase()];
  return capitals.length === 0 || capitals === initial ? [initial] : [initial, capitals];
}
