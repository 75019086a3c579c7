/** More than one unit in twenty is a control character that text does not have. */
export function isControls(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 32 ? unit < 7 || (unit > 13 && unit !== 27) : unit === 127 || unit === 0xfffd) controls++;
  }
  return controls * 20 > text.length;
}
