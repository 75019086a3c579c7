import type { LineKind } from '../body-lines.ts';

/** A line of a mail as the ledger looks at it. Rows count from 0: row `i` is line `i + 1` of the body. */
export interface LedgerRow {
  depth: number;
  kind: LineKind;
  /** Without quote marks. */
  text: string;
}

/** Words of a mail's author between its quotes. */
export interface Segment {
  /** The first and the last row that says something. */
  first: number;
  last: number;
  /** The last quoted row above it that says something; absent when it stands above all quotes. */
  quoted?: number;
  text: string;
}

const WORDS: ReadonlySet<LineKind> = new Set(['text', 'heading', 'footnote', 'listing']);
/** Shown with words as an example; alone it is no remark. */
const CODE: ReadonlySet<LineKind> = new Set(['added', 'removed', 'context', 'hunk', 'diff-header']);

const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|day|evening))\b[^.?!]{0,40}[,.!]?$/i;
const CLOSING =
  /^(?:(?:many |big )?thanks?(?: you| a lot| again)?|thank you[^.?!]{0,40}|cheers|best|(?:best |kind |warm )?regards|br|thx|hth)[\s,.!]*$/i;

/** `[...]` says that something was cut, and nothing about it. */
const OMITTED = /^[[<(]?(?:\.{2,}|\u2026|snip(?:ped)?|cut|trimmed)[\]>)]?$/i;

/** What the author says between the quotes, in order. Greetings, closings and names under them say nothing about a patch. */
export function segmentsOf(rows: readonly LedgerRow[]): Segment[] {
  const segments: Segment[] = [];
  let open: number[] = [];
  let quoted: number | undefined;
  const close = (): void => {
    const told = withoutCourtesy(open, rows).filter((row) => !OMITTED.test(rows[row]?.text.trim() ?? ''));
    const [first] = told;
    const last = told.at(-1);
    if (first !== undefined && last !== undefined && told.some((row) => WORDS.has(rows[row]?.kind ?? 'blank'))) {
      const text = told.map((row) => rows[row]?.text.trim() ?? '').join('\n');
      segments.push({ first, last, text, ...(quoted === undefined ? {} : { quoted }) });
    }
    open = [];
  };
  for (const [row, { depth, kind }] of rows.entries()) {
    if (kind === 'blank') continue;
    if (depth > 0) {
      close();
      quoted = row;
    } else if (WORDS.has(kind) || CODE.has(kind)) open.push(row);
  }
  close();
  return segments;
}

function withoutCourtesy(open: readonly number[], rows: readonly LedgerRow[]): number[] {
  const text = (row: number): string => rows[row]?.text.trim() ?? '';
  const start = open.findIndex((row) => !GREETING.test(text(row)));
  const kept = start === -1 ? [] : open.slice(start);
  const end = kept.findIndex((row) => CLOSING.test(text(row)));
  // What follows a closing is a name, or a postscript.
  const goesOn = end !== -1 && kept.slice(end + 1).some((row) => text(row).split(/\s+/).length > 4);
  return end === -1 || goesOn ? kept.filter((row) => !CLOSING.test(text(row))) : kept.slice(0, end);
}

/** What an answer says of a remark, in so many words; nothing where it does not say. */
export type Verdict = 'accepted' | 'refused';

const ACCEPTS =
  /\b(?:will (?:do|fix|change|update|add|drop|remove|rework|respin|address|send|move|rename)|i'?ll (?:do|fix|change|update|add|drop|remove|rework|respin|address|send|move|rename)|(?:good|nice) (?:point|catch|idea|suggestion)|agreed\b|makes sense|you(?:'re| are) right|(?:sure|ok|okay|ack|yes|yep|right)\b[,.]? ?(?:i'?ll|i will|will|let me)|my (?:bad|mistake)|oops)/i;
/** `Fixed.`, `Done in v3.`: only where a sentence begins so; "the bug was fixed" is no answer. */
const DONE = /(?:^|[.!?]\s+|,\s)(?:fixed|done|changed|dropped|removed|added)\b/i;
const REFUSES =
  /\b(?:i (?:don'?t|do not) (?:think|agree|see (?:why|how))|(?:no|nope)\b[,.] |i disagree|i(?:'d| would) rather (?:not|keep)|not (?:needed|necessary|possible|worth)|that(?:'s| is) intentional|this is intentional|on purpose|won'?t (?:work|do|fix)|can(?:no|')t (?:do|be done))/i;

/** The first sentences decide; what says both says nothing. */
export function verdictOf(text: string): Verdict | undefined {
  const head = text.slice(0, 400);
  const accepts = (ACCEPTS.exec(head) ?? DONE.exec(head))?.index ?? -1;
  const refuses = REFUSES.exec(head)?.index ?? -1;
  if (accepts !== -1 && refuses !== -1) return undefined;
  return accepts !== -1 ? 'accepted' : refuses !== -1 ? 'refused' : undefined;
}

/** Whether words ask something: a line that ends a sentence with a question mark, outside of code. */
export function asks(text: string): boolean {
  return /[A-Za-z0-9)\]"'`]\?(?:\s|$|["')])/.test(text);
}

const APPROVES =
  /^(?:lgtm|(?:this |it |that |all )?(?:still )?looks (?:good|fine|great|sane|reasonable|nice|ok)|(?:good|fine|ok) (?:to|with|by) me|nice(?: (?:work|cleanup|series))?|good|fine|great|applied|pushed|merged|queued)\b/i;

/** Whether a remark says that the patch is good, or was taken, and no more than that: one sentence. */
export function onlyApproves(text: string): boolean {
  return APPROVES.test(text) && !/[.!?]\s+\S|,? (?:but|except|with|one|minor)\b/i.test(text.replace(/\s+/g, ' '));
}

/** The first sentence of a remark, at most `most` UTF-16 units. */
export function firstSentence(text: string, most = 160): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const end = /[.?!](?=\s+["'(A-Z])/.exec(line.slice(0, most));
  if (end) return line.slice(0, end.index + 1);
  if (line.length <= most) return line;
  const cut = line.lastIndexOf(' ', most - 2);
  return `${line.slice(0, cut > 0 ? cut : most - 2)} \u2026`;
}
