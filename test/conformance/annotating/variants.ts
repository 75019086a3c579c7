import * as archives from '../../cut/archive-renderings.ts';
import { cut, joined, newLine, replaced, rewrapped, type TrackedLine } from './tracked.ts';

/** A mail as it is given to the variants. */
export interface Original {
  subject: string;
  messageId: string;
  lines: readonly TrackedLine[];
  /** The rows of the paragraph that the note is in, both included. */
  paragraph: readonly [first: number, last: number];
  /** The rows of the note itself. */
  rows: readonly [first: number, last: number];
  chance: (below: number) => number;
}

/** A file that shows the mail, and its body's lines with what is known of them. */
export interface Made {
  file: string;
  body: readonly TrackedLine[];
}

/** `stays`: the words are there; `changed`: one of them is another one; `twice`: they are there twice; `gone`: they are not. */
export type Fate = 'stays' | 'changed' | 'twice' | 'gone';

export interface Variant {
  name: string;
  fate: Fate;
  /** The file says of which mail it is. */
  named: boolean;
  make(original: Original): Made | undefined;
}

function header({ subject, messageId }: Original, more: readonly string[] = []): string[] {
  return [
    'From: Ada Example <ada@example.org>',
    'To: tea@example.org',
    `Subject: ${subject}`,
    'Date: Mon, 3 Jul 2023 10:00:00 +0200',
    `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0',
    ...more,
    '',
  ];
}

const UTF8 = 'Content-Type: text/plain; charset=utf-8';

function textOf(lines: readonly TrackedLine[]): string {
  return lines.map(({ text }) => text).join('\n');
}

function plain(original: Original, body: readonly TrackedLine[], more: readonly string[] = []): Made {
  const head = header(original, [UTF8, 'Content-Transfer-Encoding: 8bit', ...more]);
  return { file: `${head.join('\n')}\n${textOf(body)}\n`, body };
}

function quotedPrintable(original: Original): Made {
  const coded = original.lines.map(({ text }) => {
    const bytes = [...new TextEncoder().encode(text)];
    const pieces = bytes.map((byte, index) => {
      const safe = (byte >= 33 && byte <= 126 && byte !== 61) || (byte === 32 && index < bytes.length - 1);
      return safe ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    let [made, width] = ['', 0];
    for (const piece of pieces) {
      if (width + piece.length > 72) [made, width] = [`${made}=\n`, 0];
      [made, width] = [made + piece, width + piece.length];
    }
    return made;
  });
  const head = header(original, [UTF8, 'Content-Transfer-Encoding: quoted-printable']);
  return { file: `${head.join('\n')}\n${coded.join('\n')}\n`, body: original.lines };
}

function base64(original: Original): Made {
  const coded = Buffer.from(`${textOf(original.lines)}\n`)
    .toString('base64')
    .replace(/.{76}/g, '$&\n');
  const head = header(original, [UTF8, 'Content-Transfer-Encoding: base64']);
  return { file: `${head.join('\n')}\n${coded}\n`, body: original.lines };
}

/** Prose is sent in pieces with a space at their ends (RFC 3676), and read joined. */
function flowed(original: Original): Made {
  const body = rewrapped(original.lines, 60);
  const sent = body.map(({ text }, row) => {
    const stuffed = /^(?:From | )/.test(text) ? ` ${text}` : text;
    const next = body[row + 1]?.text ?? '';
    const flows = text.length > 40 && !text.startsWith('>') && /^[A-Za-z(]/.test(text) && /^[A-Za-z(]/.test(next);
    return flows ? `${stuffed.trimEnd()} ` : text === '-- ' ? text : stuffed.trimEnd();
  });
  const head = header(original, [`${UTF8}; format=flowed`, 'Content-Transfer-Encoding: 8bit']);
  return { file: `${head.join('\n')}\n${sent.join('\n')}\n`, body };
}

const ADDRESS = /([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)/g;
const MASKS: Readonly<Record<string, (user: string, host: string) => string>> = {
  crossed: (user, host) => `${user}@${'x'.repeat(host.length)}`,
  dotted: (user, host) => `${user}@...${host.slice(3)}`,
  spelled: (user, host) => `${user} at ${host}`,
  bracketed: (user, host) => `${user} () ${host.replaceAll('.', ' ! ')}`,
};

function masked(lines: readonly TrackedLine[], mask: keyof typeof MASKS): TrackedLine[] {
  return lines.map((line) => replaced(line, ADDRESS, ([, user, host]) => MASKS[mask]?.(user ?? '', host ?? '') ?? ''));
}

function archivePage(
  name: string,
  render: (mail: archives.Mail) => string | readonly string[],
  mask?: keyof typeof MASKS,
  named = false,
): Variant {
  return {
    name: `${name}${mask === undefined ? '' : `, addresses ${mask}`}`,
    fate: 'stays',
    named,
    make(original) {
      const body = mask === undefined ? original.lines : masked(original.lines, mask);
      const { subject, messageId } = original;
      const page = render({ ...archives.mail, subject, id: messageId, body: body.map(({ text }) => text) });
      return { file: typeof page === 'string' ? page : `${page.join('\n')}\n`, body };
    },
  };
}

/** A page whose line ends are lost and whose `<letter...>` was taken for a tag. */
function flattened(original: Original): Made {
  const body = original.lines.map((line) => replaced(line, /<[A-Za-z][^<>]*>/g, () => ''));
  const one = joined(...body.flatMap((line) => [line, newLine(' ')]));
  const head = header(original).slice(0, 4).join(' ');
  return { file: `${head} ${one.text}\n`, body: [one] };
}

function quotedReply(original: Original, depth: number, width?: number): Made {
  const mark = newLine('> '.repeat(depth));
  const quote = (width === undefined ? original.lines : rewrapped(original.lines, width)).map((line) =>
    line.text === '' ? newLine('>'.repeat(depth)) : joined(mark, line),
  );
  const body = [
    newLine('On Mon, Jul 3, 2023 at 10:00 AM Ada Example <ada@example.org> wrote:'),
    ...quote,
    newLine(''),
    newLine('I have nothing to add to it.'),
  ];
  const answer = { ...original, subject: `Re: ${original.subject}`, messageId: 'answer.1@example.net' };
  return plain(answer, body, [`In-Reply-To: <${original.messageId}>`, `References: <${original.messageId}>`]);
}

/** One word, not of the note or of the note, is another one. */
function edited(original: Original, inside: boolean): Made | undefined {
  const [first, last] = original.rows;
  const rows = [...original.lines.keys()].filter((row) => (row >= first && row <= last) === inside);
  const choice = rows.flatMap((row) =>
    [...(original.lines[row]?.text ?? '').matchAll(/[A-Za-z]{4,}/g)].map((match) => ({ row, match })),
  );
  const chosen = choice[original.chance(Math.max(choice.length, 1))];
  if (chosen === undefined) return undefined;
  const { row, match } = chosen;
  const body = original.lines.map((line, index) =>
    index === row
      ? joined(cut(line, 0, match.index), newLine('reworded'), cut(line, match.index + match[0].length))
      : line,
  );
  return plain(original, body);
}

function paragraphOf({ lines, paragraph: [first, last] }: Original): TrackedLine[] {
  return lines.slice(first, last + 1);
}

function repeated(original: Original): Made {
  const copy = [newLine(''), ...paragraphOf(original).map(({ text }) => newLine(text))];
  const behind = original.chance(2) === 0 ? original.paragraph[1] + 1 : original.lines.length;
  return plain(original, original.lines.toSpliced(behind, 0, ...copy));
}

/** The paragraph is gone; with `lookAlike` one that is like it, but for a word in each line, stands elsewhere. */
function withoutParagraph(original: Original, lookAlike: boolean): Made | undefined {
  const [first, last] = original.paragraph;
  if (last - first > original.lines.length / 2) return undefined;
  const body = original.lines.toSpliced(first, last - first + 1);
  if (!lookAlike) return plain(original, body);
  const like = paragraphOf(original).map(({ text }) => newLine(text.replace(/[A-Za-z]{4,}/, 'otherwise')));
  // At the other end, or it would be the paragraph itself with a word changed.
  const atEnd = first < original.lines.length / 2;
  return plain(original, atEnd ? [...body, newLine(''), ...like] : [...like, newLine(''), ...body]);
}

const HUNK = /^(@@ -)(\d+)((?:,\d+)? \+)(\d+)((?:,\d+)? @@)/g;

/** The next version of a patch: hunks moved, a new message, one word of the text changed, lines changed far from the note. */
function nextVersion(original: Original): Made | undefined {
  if (!/\[[^\]]*PATCH/i.test(original.subject)) return undefined;
  const moved = original.lines.map((line) => {
    const match = new RegExp(HUNK.source).exec(line.text);
    if (match === null) return line;
    const [all, open, before, middle, after, close] = match;
    return joined(
      newLine(`${open}${Number(before) + 17}${middle}${Number(after) + 17}${close}`),
      cut(line, all.length),
    );
  });
  const far = moved.map((line, row) => {
    const near = row >= original.rows[0] - 4 && row <= original.rows[1] + 4;
    return near || original.chance(4) > 0 ? line : replaced(line, /\b(?:the|is|static|int)\b/g, () => 'any');
  });
  const subject = original.subject.replace(/\[[^\]]*\]/, '[PATCH v9]');
  return plain({ ...original, subject, messageId: 'next.9@example.org' }, far);
}

export const VARIANTS: readonly Variant[] = [
  { name: 'raw', fate: 'stays', named: true, make: (one) => plain(one, one.lines) },
  { name: 'quoted-printable', fate: 'stays', named: true, make: quotedPrintable },
  { name: 'base64', fate: 'stays', named: true, make: base64 },
  { name: 'flowed', fate: 'stays', named: true, make: flowed },
  {
    name: 'CRLF',
    fate: 'stays',
    named: true,
    make(one) {
      const { file, body } = plain(one, one.lines);
      return { file: file.replaceAll('\n', '\r\n'), body };
    },
  },
  archivePage('hypermail', archives.hypermailText),
  archivePage('hypermail', archives.hypermailText, 'crossed'),
  archivePage('spinics', archives.mhonarcText),
  archivePage('spinics', archives.mhonarcText, 'crossed'),
  archivePage('mhonarc list', archives.mhonarcListText, 'crossed'),
  archivePage('lore', archives.loreTextLines, undefined, true),
  archivePage('lore stripped', archives.loreStrippedLines, undefined, true),
  archivePage('openwall', archives.openwallText, 'dotted'),
  archivePage('pipermail', archives.pipermailText, 'spelled'),
  archivePage('marc', archives.marcText, 'bracketed'),
  archivePage('mail-archive', archives.mailArchiveText),
  archivePage('lore HTML', archives.loreHtml, undefined, true),
  archivePage('pipermail HTML', archives.pipermailHtml, 'spelled'),
  archivePage('hypermail HTML', archives.hypermailHtml, 'crossed', true),
  archivePage('mhonarc HTML', archives.mhonarcHtml, undefined, true),
  archivePage('patchwork HTML', archives.patchworkHtml, undefined, true),
  archivePage('mail-archive HTML', archives.mailArchiveHtml),
  archivePage('openwall HTML', archives.openwallHtml, 'dotted'),
  { name: 'flattened', fate: 'stays', named: false, make: flattened },
  { name: 'wrapped at 50', fate: 'stays', named: true, make: (one) => plain(one, rewrapped(one.lines, 50)) },
  { name: 'wrapped at 90', fate: 'stays', named: true, make: (one) => plain(one, rewrapped(one.lines, 90)) },
  ...[1, 2, 3, 4, 5].map((depth): Variant => {
    return { name: `quoted ${depth} deep`, fate: 'stays', named: true, make: (one) => quotedReply(one, depth) };
  }),
  { name: 'quoted and wrapped', fate: 'stays', named: true, make: (one) => quotedReply(one, 1, 56) },
  { name: 'another word edited', fate: 'stays', named: true, make: (one) => edited(one, false) },
  { name: 'a word of it edited', fate: 'changed', named: true, make: (one) => edited(one, true) },
  { name: 'paragraph repeated', fate: 'twice', named: true, make: repeated },
  { name: 'paragraph gone', fate: 'gone', named: true, make: (one) => withoutParagraph(one, false) },
  { name: 'gone, a look-alike stays', fate: 'gone', named: true, make: (one) => withoutParagraph(one, true) },
  { name: 'next version', fate: 'stays', named: true, make: nextVersion },
];
