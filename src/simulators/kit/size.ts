const STEPS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A length as a reader says it: `12 GB`, `about 3.2 MB`. Powers of 1024. */
export function sizeInWords(bytes: number): string {
  let size = bytes;
  let step = 0;
  while (size >= 1024 && step < STEPS.length - 1) {
    size /= 1024;
    step++;
  }
  const unit = STEPS[step] ?? 'bytes';
  if (Number.isInteger(size)) return `${size} ${unit}`;
  return `about ${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** An address exactly, in at most two units where that is enough: `4 GB + 12 MB`. */
export function addressInWords(bytes: number): string {
  if (bytes === 0) return '0';
  const words: string[] = [];
  let rest = bytes;
  for (const [name, size] of [
    ['GB', 2 ** 30],
    ['MB', 2 ** 20],
    ['KB', 2 ** 10],
    ['bytes', 1],
  ] as const) {
    const whole = Math.floor(rest / size);
    if (whole > 0) words.push(`${whole} ${name}`);
    rest -= whole * size;
  }
  return words.join(' + ');
}
