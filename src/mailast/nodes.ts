/**
 * The tree of a mail message, in the manner of mdast. README.md beside this file is its specification.
 *
 * Every node has a position in the message's readable text: `line` and `column` from 1, `offset` from 0, in UTF-16 units,
 * `end` exclusive. What is absent is absent: there is no `null` in the tree.
 */

export interface Point {
  line: number;
  column: number;
  offset: number;
}

export interface Position {
  start: Point;
  end: Point;
}

interface Node {
  position: Position;
}

/** A message: its header, its body, and what an archive page puts around them. */
export interface Message extends Node {
  type: 'message';
  children: (Furniture | Header | Body)[];
}

export interface Header extends Node {
  type: 'header';
  children: HeaderField[];
}

/** One header field with its folded lines. `name` is as written, without the colon; `value` is unfolded and decoded. */
export interface HeaderField extends Node {
  type: 'headerField';
  name: string;
  value: string;
}

export interface Body extends Node {
  type: 'body';
  children: (Part | Furniture)[];
}

/** One MIME part, or the whole body of a simple message. `omitted` says why its content is not shown. */
export interface Part extends Node {
  type: 'part';
  mediaType: string;
  filename?: string;
  omitted?: string;
  children: (Flow | Message | Part)[];
}

/** What an archive page adds around a mail: navigation bars, index links. Never text of the mail. */
export interface Furniture extends Node {
  type: 'furniture';
  value: string;
}

/** Lines behind one more quote mark. `depth` is how many quotes hold its lines, itself among them: from 1, at most 64. */
export interface Quote extends Node {
  type: 'quote';
  depth: number;
  children: Flow[];
}

/** The line (or lines) that says who wrote the quote one level deeper: `On Mon, Jul 3, 2023, Ada wrote:`. */
export interface Attribution extends Node {
  type: 'attribution';
  /** Absent when the line names nobody: `-----Original Message-----`. */
  author?: string;
  /** The date as it stands in the line, not interpreted. */
  date?: string;
  /** Header lines that a mailer copied above a message without marks: what they govern stands below, at the same depth. */
  unmarked?: true;
  children: Line[];
}

export interface Paragraph extends Node {
  type: 'paragraph';
  children: Line[];
}

/** Lines whose columns matter: code, a call tree, a table. */
export interface Listing extends Node {
  type: 'listing';
  children: Line[];
}

/** A line that names what follows: a title over a rule, which is part of it, or a number alone on its line. */
export interface Heading extends Node {
  type: 'heading';
  children: Line[];
}

export interface Divider extends Node {
  type: 'divider';
  role: 'cut' | 'scissors' | 'rule';
  value: string;
}

/** `[1] https://...` or `[*] ...` at the start of a line, with the lines that continue it. */
export interface FootnoteDefinition extends Node {
  type: 'footnoteDefinition';
  label: string;
  children: Line[];
}

export interface Trailers extends Node {
  type: 'trailers';
  children: Trailer[];
}

/** `Reviewed-by: Ada Example <ada@example.org>`; `token` as written, `value` trimmed and unfolded. */
export interface Trailer extends Node {
  type: 'trailer';
  token: string;
  value: string;
}

export interface Signature extends Node {
  type: 'signature';
  children: Line[];
}

export interface Diffstat extends Node {
  type: 'diffstat';
  children: Line[];
}

export interface Diff extends Node {
  type: 'diff';
  children: DiffFile[];
}

/** One file of a diff. Paths are labels, without the `a/` and `b/` prefixes; absent for `/dev/null` and where nothing names them. */
export interface DiffFile extends Node {
  type: 'diffFile';
  before?: string;
  after?: string;
  /** What the header says of a file that has another name, or of a copy. */
  moved?: 'renamed' | 'copied';
  /** How alike a moved file and its origin are, in percent, where the header says so. */
  similarity?: number;
  /** As written, in octal; only where the header says that the file is new or deleted, or that its mode changes. */
  beforeMode?: string;
  afterMode?: string;
  binary?: boolean;
  /** Goes on with a file that is named further up: somebody's words or a mark of an omission stand between. */
  continues?: true;
  children: (DiffHeader | Hunk)[];
}

/** One line of a diff that is neither hunk header nor hunk line: `diff --git`, `index`, `---`, `+++`, modes, renames, binary data. */
export interface DiffHeader extends Node {
  type: 'diffHeader';
  value: string;
}

/** Where a hunk stands in one file, as its header says: the first line from 1, and how many lines. */
export interface HunkRange {
  start: number;
  lines: number;
}

/**
 * `@@ -1,3 +1,4 @@ section`; counts are those of the hunk header (1 where it gives none). Absent where no header gives them, and starts that
 * are too large to be exact.
 */
export interface Hunk extends Node {
  type: 'hunk';
  beforeStart?: number;
  beforeLines?: number;
  afterStart?: number;
  afterLines?: number;
  /** Of a combined diff: all files before the change; `beforeStart` and `beforeLines` are those of the first. */
  parents?: readonly HunkRange[];
  section?: string;
  /** Why the hunk's lines do not match its header, or how they were changed on the way, when they were. */
  damaged?: string;
  /**
   * Goes on with the hunk before it at this depth: somebody's words stand between. Its starts are those of its first line, and are
   * absent with all its numbers when lines were left out before it.
   */
  continues?: true;
  children: HunkLine[];
}

/**
 * One line of a hunk. `value` is the line without its mark. Numbers count from 1 in the file before and after; before, of a combined diff,
 * is its first parent.
 */
export interface HunkLine extends Node {
  type: 'hunkLine';
  change: 'context' | 'removed' | 'added' | 'note';
  value: string;
  beforeNumber?: number;
  afterNumber?: number;
  /** The rest of the line above, which a mail program has broken in two: no line of the file by itself. */
  wrapped?: true;
}

/** One line of prose, without the quote marks before it and without its line end. */
export interface Line extends Node {
  type: 'line';
  children: Phrasing[];
}

/** Literal text: `value` is exactly its slice of the readable text. */
export interface Text extends Node {
  type: 'text';
  value: string;
}

export interface Link extends Node {
  type: 'link';
  url: string;
  value: string;
}

/** `[1]` or `[*]` in running text, also glued to a word. */
export interface FootnoteReference extends Node {
  type: 'footnoteReference';
  label: string;
  value: string;
}

/** `<20220118110621.62462-1-ada@example.org>` in running text; `messageId` without the angle brackets. */
export interface MessageReference extends Node {
  type: 'messageReference';
  messageId: string;
  value: string;
}

/** A commit hash in running text, with the title in `("...")` after it when there is one. */
export interface CommitReference extends Node {
  type: 'commitReference';
  hash: string;
  title?: string;
  value: string;
}

export type Phrasing = Text | Link | FootnoteReference | MessageReference | CommitReference;

/** What may stand in a part and in a quote of any depth. */
export type Flow =
  | Quote
  | Attribution
  | Paragraph
  | Listing
  | Heading
  | Divider
  | FootnoteDefinition
  | Trailers
  | Signature
  | Diffstat
  | Diff;

/** Flow whose children are lines of prose. */
export type Lines = Attribution | Paragraph | Listing | Heading | FootnoteDefinition | Signature | Diffstat;

export type MailNode =
  | Message
  | Header
  | HeaderField
  | Body
  | Part
  | Furniture
  | Flow
  | Trailer
  | DiffFile
  | DiffHeader
  | Hunk
  | HunkLine
  | Line
  | Phrasing;

/** A node with children. */
export type MailParent = Extract<MailNode, { children: unknown }>;

/** A node whose `value` is exactly its slice of the readable text. */
export type MailLiteral =
  | Text
  | Link
  | FootnoteReference
  | MessageReference
  | CommitReference
  | Furniture
  | Divider
  | DiffHeader
  | HunkLine;
