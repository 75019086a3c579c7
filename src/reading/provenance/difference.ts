import { comparable, type MailWords, WORD } from './words.ts';

/** `[...]`, `...`, `<snip>`: somebody says that something was cut; and a quote mark that slipped into the line. They change no words. */
const NO_WORD = /^(?:>+|\[?(?:\.{2,}|\u2026)\]?|[<[(]?(?:snip|cut|trimmed|deleted)[>\])]?)$/i;

/** The words as they were said and as a row quotes them; absent when they differ in white space and marks of omissions only. */
export function difference(
  said: MailWords,
  { from, to }: { from: number; to: number },
  quoting: MailWords,
  row: number,
): { was: string; now: string } | undefined {
  const was = wordsOf(said, from, to);
  const now = quoting.text(row).trim();
  const kept = (now.match(WORD) ?? []).filter((word) => !NO_WORD.test(word));
  const same = comparable(was.join('')).includes(comparable(kept.join(''))) || isRecoded(was, kept);
  return same ? undefined : { was: was.join(' '), now };
}

/** A dash by itself is a word, which a charset without it makes a question mark. */
function isRecoded(was: readonly string[], now: readonly string[]): boolean {
  return (
    was.length === now.length &&
    now.every((word, at) => {
      const said = was[at] ?? '';
      return comparable(word) === comparable(said) || (/^\?+$/.test(word) && /^[^!-~]+$/.test(said));
    })
  );
}

function wordsOf(mail: MailWords, from: number, to: number): string[] {
  const words: string[] = [];
  for (let row = mail.rowOf(from); row <= mail.rowOf(to - 1); row++) {
    const first = mail.first(row);
    const all = mail.text(row).match(WORD) ?? [];
    words.push(...all.slice(Math.max(0, from - first), to - first));
  }
  return words;
}
