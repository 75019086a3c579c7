/**
 * Whether git takes a line for scissors: `-- >8 --`, also with words between. At least 8 units wide, more than a third of it perforation, and most
 * of that dashes and blades.
 */
export function isScissors(line: string): boolean {
  let blades = 0;
  let gap = 0;
  let perforation = 0;
  let within = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (/\s/.test(sign)) {
      if (!within) continue;
      perforation++;
      gap++;
    } else if (sign === '-') {
      within = true;
      perforation++;
    } else if (/^(?:>8|8<|>%|%<)/.test(line.slice(at, at + 2))) {
      within = true;
      perforation += 2;
      blades += 2;
      at++;
    } else within = false;
  }
  const visible = line.trim().length;
  return blades > 0 && visible >= 8 && visible < perforation * 3 && gap * 2 < perforation;
}
