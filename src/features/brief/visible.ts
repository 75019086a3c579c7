/**
 * Text of a mail for a terminal or a page. Control signs could move the cursor, and bidirectional ones could turn a line around: they, and what
 * nobody sees, are shown by their code point. Line ends and tabs stay, and the signs that join letters or choose their form.
 */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (sign) => `\u27e8U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
  );
}

const HIDDEN = /(?![\t\n\u200c\u200d]|\p{M})[\p{Cc}\p{DI}\p{Zl}\p{Zp}]/gu;
