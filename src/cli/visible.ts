/**
 * Text of a mail for a terminal or a page. Control signs could move the cursor, and bidirectional ones could turn a line around: they are
 * shown by their code point. Line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (sign) => `\u27e8U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
  );
}

const HIDDEN = /(?![\t\n])[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
