/** Mail that is hard on readers, at a size of our choosing; the size of each text grows in step with `n`. */

const head =
  'From ada@example.org Fri Jul  1 03:42:49 2022\nMessage-ID: <tea@example.org>\nFrom: ada@example.org\nSubject: tea\n';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** Stairs of quotes are quadratic by themselves: the number of steps follows the root of n. */
function stairs(n: number): string {
  return lines(Math.floor(1400 * Math.sqrt(n)), (step) => `${'>'.repeat(step + 1)} x`);
}

function nested(depth: number): string {
  const open = lines(depth, (level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}`);
  const close = lines(depth, (level) => `--b${depth - 1 - level}--`);
  return `${head}${open}\nContent-Type: text/plain\n\nx\n${close}\n`;
}

function sideBySide(parts: number): string {
  const all = lines(parts, (index) => `--b\nContent-Type: text/plain\n\npart ${index}`);
  return `${head}Content-Type: multipart/mixed; boundary=b\n\n${all}\n--b--\n`;
}

/** By name; `n` is 1 or 2. */
export const adversarial: Readonly<Record<string, (n: number) => string>> = {
  'one line of 100k quote marks': (n) => `${head}\n${'>'.repeat(100_000 * n)} x\n`,
  'stairs of quotes': (n) => `${head}\n${stairs(n)}\n`,
  'one line of 5 MB': (n) => `${head}\n${'kvm_mmu word '.repeat(400_000 * n)}\n`,
  '250k header fields': (n) => `${head}${lines(250_000 * n, (index) => `X-H${index}: v${index}`)}\n\nbody\n`,
  '100k folded references': (n) => `${head}References:${lines(100_000 * n, (index) => ` <m${index}@x>`)}\n\nbody\n`,
  'runs of spaces': (n) =>
    `${head}\nOn ${' '.repeat(50_000 * n)}x\nSigned-off-by: ${' '.repeat(50_000 * n)}\n${'  '.repeat(2_000_000 * n)}x\n`,
  'a From_ line on every line': (n) => 'From \n'.repeat(500_000 * n),
  'parts in parts': (n) => nested(500 * n),
  'parts side by side': (n) => sideBySide(20_000 * n),
  'a hunk that lies about its size': (n) =>
    `${head}\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,999999999 +1,999999999 @@\n${'+x\n-y\n'.repeat(300_000 * n)}`,
  'quoted hunks cut by replies': (n) =>
    `${head}\n${'> diff --git a/x b/x\n> --- a/x\n> +++ b/x\n> @@ -1,9 +1,9 @@\n> +x\n\nwhy\n\n> -y\n'.repeat(20_000 * n)}`,
  '100k attributions': (n) => `${head}\n${'On Mon, Jul 3, 2023, Ada Example wrote:\n> tea\n\n'.repeat(50_000 * n)}`,
  'lines that end in a colon': (n) => `${head}\n${'Link:\n'.repeat(50_000 * n)}`,
  'dates without a name': (n) => `${head}\n${'On Mon, Jul 3, 2023 at:\n'.repeat(10_000 * n)}`,
  'ids in brackets': (n) => `${head}\n${'<tea@example.org>\n'.repeat(50_000 * n)}`,
  'paragraphs of two words': (n) => `${head}\n${'a b\n\n'.repeat(50_000 * n)}`,
  'encoded words without end': (n) =>
    `${head}X-Words: ${'=?utf-8?q?=c3?= =?utf-8?q?=a9?= '.repeat(40_000 * n)}\n\nbody\n`,
  'quoted-printable': (n) =>
    `${head}Content-Transfer-Encoding: quoted-printable\n\n${'=E2=82=AC tea =\n and more\n'.repeat(80_000 * n)}`,
  base64: (n) =>
    `${head}Content-Transfer-Encoding: base64\n\n${`${'dGVhIGFuZCBtb3JlIHRlYSBhbmQgbW9yZSB0ZWEgYW5kIG1vcmUgdGVh'}\n`.repeat(50_000 * n)}`,
  'flowed lines': (n) =>
    `${head}Content-Type: text/plain; format=flowed\n\n${'> tea and more \n> tea and \n> rest\n'.repeat(60_000 * n)}`,
  'HTML without end': (n) =>
    `${head}Content-Type: text/html\n\n${'<div><p>tea &amp; <b>more</b><!-- x '.repeat(50_000 * n)}`,
};
