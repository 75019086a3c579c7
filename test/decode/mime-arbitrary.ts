import fc from 'fast-check';

/** A tree of MIME parts as somebody might have sent it, with what its bytes say. */
export type Sent =
  | {
      kind: 'text';
      type: string;
      encoding: string;
      charset?: string;
      filename?: string;
      disposition?: string;
      text: string;
    }
  | { kind: 'parts'; type: string; preamble: string; epilogue: string; children: Sent[] }
  | { kind: 'message'; subject: string; child: Sent };

/** How the tree is written down: line ends, white space behind boundaries, whether the last boundary of all is lost. */
export interface Writing {
  lineEnd: string;
  behindBoundary: string;
  unterminated: boolean;
}

const word = fc.constantFrom(
  'tea',
  'pot',
  '-',
  '--',
  '> x',
  'From me',
  'é',
  'zwei\twords',
  '+y',
  '= z',
  '',
  '-- ',
  '.',
);
const line = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const text = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const leaf: fc.Arbitrary<Sent> = fc
  .record({
    type: fc.constantFrom(
      'text/plain',
      'text/plain',
      'text/html',
      'text/x-patch',
      'application/octet-stream',
      'image/png',
    ),
    encoding: fc.constantFrom('7bit', '8bit', 'base64', 'quoted-printable'),
    filename: optional(fc.constantFrom('a.patch', 'kettle.bin', 'two words.txt')),
    disposition: optional(fc.constantFrom('inline', 'attachment')),
    text,
  })
  .map(({ filename, disposition, ...leaf }) => ({
    kind: 'text',
    ...leaf,
    charset: 'utf-8',
    ...(filename === undefined ? {} : { filename }),
    ...(disposition === undefined ? {} : { disposition }),
  }));

/** A tree of a few levels; a message may be a part, and may have parts of its own. */
export const sent: fc.Arbitrary<Sent> = fc.letrec<{ tree: Sent; parts: Sent; message: Sent }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie('parts'), tie('parts'), tie('message')),
  parts: fc
    .record({
      type: fc.constantFrom('mixed', 'alternative', 'signed', 'related', 'digest', 'x-tea'),
      preamble: fc.constantFrom('', 'This is a message of several parts.'),
      epilogue: fc.constantFrom('', 'behind'),
      children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    })
    .map(({ type, ...parts }): Sent => ({ kind: 'parts', type: `multipart/${type}`, ...parts })),
  message: fc
    .record({ subject: fc.constantFrom('tea', 'Re: [PATCH 1/2] pot'), child: tie('tree') })
    .map((message): Sent => ({ kind: 'message', ...message })),
})).parts;

export const writing: fc.Arbitrary<Writing> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n'),
  behindBoundary: fc.constantFrom('', '', ' ', '\t '),
  unterminated: fc.boolean(),
});

/** A whole message of one tree; one unit a byte. */
export function written(tree: Sent, how: Writing): string {
  const count = { boundaries: 0 };
  const lines = ['From: ada@example.org', 'Subject: parts', 'MIME-Version: 1.0', ...partLines(tree, how, count)];
  if (how.unterminated && tree.kind === 'parts') lines.splice(lines.lastIndexOf(`--b0--${how.behindBoundary}`));
  return Buffer.from(lines.join(how.lineEnd), 'utf8').toString('latin1');
}

/** Header lines, an empty line, body lines. Boundaries begin like one another. */
function partLines(tree: Sent, how: Writing, count: { boundaries: number }): string[] {
  if (tree.kind === 'text') return leafLines(tree);
  if (tree.kind === 'message') {
    const inner = partLines(tree.child, how, count);
    return ['Content-Type: message/rfc822', '', `Subject: ${tree.subject}`, 'From: ben@example.org', ...inner];
  }
  const boundary = `b${count.boundaries++}`;
  const delimiter = `--${boundary}${how.behindBoundary}`;
  const lines = [`Content-Type: ${tree.type}; boundary="${boundary}"`, ''];
  if (tree.preamble !== '') lines.push(tree.preamble);
  for (const child of tree.children) lines.push(delimiter, ...partLines(child, how, count));
  lines.push(`--${boundary}--${how.behindBoundary}`);
  if (tree.epilogue !== '') lines.push(tree.epilogue);
  return lines;
}

function leafLines(leaf: Sent & { kind: 'text' }): string[] {
  const { type, charset, encoding, filename, disposition, text } = leaf;
  const name = filename === undefined ? '' : `; name="${filename}"`;
  return [
    `Content-Type: ${type}; charset=${charset}${name}`,
    `Content-Transfer-Encoding: ${encoding}`,
    ...(disposition === undefined ? [] : [`Content-Disposition: ${disposition}`]),
    '',
    ...encoded(text, encoding),
  ];
}

function encoded(text: string, encoding: string): string[] {
  if (encoding === 'base64') return Buffer.from(text, 'utf8').toString('base64').replace(/.{20}/g, '$&\n').split('\n');
  if (encoding !== 'quoted-printable') return text.split('\n');
  return text
    .split('\n')
    .map((one) =>
      [...Buffer.from(one, 'utf8')]
        .map((byte) =>
          byte > 126 || byte === 61 || byte < 32
            ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
            : String.fromCharCode(byte),
        )
        .join(''),
    );
}

/** The parts in the order in which they stand, the message itself first. */
export function flat(tree: Sent, depth = 0): { depth: number; part: Sent }[] {
  const inner = tree.kind === 'parts' ? tree.children : tree.kind === 'message' ? [tree.child] : [];
  return [{ depth, part: tree }, ...inner.flatMap((child) => flat(child, depth + 1))];
}
