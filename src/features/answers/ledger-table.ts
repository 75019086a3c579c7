import type { PhrasingContent } from 'mdast';
import { markdownOf, say } from '../markdown.ts';
import type { LedgerAnswer, LinePlace, RemarkAnswer } from './ledger-plain.ts';

/** How a place in a mail is named, with its words in the file. */
export type NamePlace = (place: LinePlace) => string;

export const LEDGER_HEAD = ['Who', 'About', 'Said', 'Answered', 'Next version'];

/** What one cell says, each with the line that proves it. */
export type LedgerCell = readonly { text: string; at?: LinePlace }[];

/** One row a remark, in the order of `LEDGER_HEAD`. What is not known is empty. */
export function ledgerRows(remarks: readonly RemarkAnswer[]): LedgerCell[][] {
  return remarks.map((remark) => {
    const { by, about, text, answers, next, resolved, approves, key, line } = remark;
    const answered = answers.map((answer) => {
      const isVerdict = resolved && resolved.key === answer.key && resolved.line === answer.line;
      return {
        text: `${answer.by ?? 'somebody'}: ${isVerdict ? `${resolved.verdict}: ` : ''}${answer.text}`,
        at: answer,
      };
    });
    return [
      [{ text: by ?? 'somebody' }],
      [{ text: aboutText(about), at: about }],
      [{ text, at: { key, line } }],
      answered,
      approves ? [{ text: 'nothing asked for' }] : next ? [outcomeCell(next)] : [],
    ];
  });
}

function outcomeCell({ outcome, version, evidence }: NonNullable<RemarkAnswer['next']>): LedgerCell[number] {
  return { text: `${OUTCOMES[outcome]} in v${version}`, ...(evidence ? { at: evidence } : {}) };
}

/**
 * The ledger of a thread as Markdown: a table for each patch that somebody remarked on, one row a remark, each cell with its place; then what nobody answered and what
 * nobody reviewed. Empty when the thread has no patches. Words of mails are escaped.
 */
export function ledgerMarkdown(ledger: readonly LedgerAnswer[], placeName: NamePlace): string {
  const blocks = ledger.flatMap((patch) => patchBlocks(patch, placeName));
  const open = ledger.flatMap(({ remarks }) => remarks.filter(isOpen));
  if (open.length > 0)
    blocks.push(plain('Asked, and not answered:'), list(open.map((one) => openItem(one, placeName))));
  const alone = ledger.filter(({ unreviewed }) => unreviewed);
  if (alone.length > 0)
    blocks.push(
      plain('Nobody but the author says anything about:'),
      list(alone.map(({ subject }) => cell(say.mail(subject)))),
    );
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

/** Whether a remark asks what nobody answered, in words or by a next version that is another one there. */
export function isOpen({ open, next }: RemarkAnswer): boolean {
  return open === true && next?.outcome !== 'changed';
}

function patchBlocks({ subject, remarks, given }: LedgerAnswer, placeName: NamePlace): string[] {
  if (remarks.length === 0 && given.length === 0) return [];
  const title = markdownOf([{ type: 'heading', depth: 3, children: [say.mail(subject)] }]);
  const trailers = given.map(({ token, value, from }) => cell(say.mail(`${token}: ${value}`), say.text(` (${from})`)));
  const rows = ledgerRows(remarks).map((cells) => row(cells, placeName));
  return [
    title,
    ...(rows.length > 0 ? [[line(LEDGER_HEAD), line(LEDGER_HEAD.map(() => '---')), ...rows].join('\n')] : []),
    ...(trailers.length > 0 ? [list(trailers)] : []),
  ];
}

function row(cells: readonly LedgerCell[], placeName: NamePlace): string {
  return line(
    cells.map((parts) =>
      parts.map(({ text, at }) => cell(say.mail(text), ...(at ? [place(at, placeName)] : []))).join('; '),
    ),
  );
}

/** Silence is not agreement, and is not said to be. */
const OUTCOMES = { changed: 'changed', answered: 'answered only', silent: 'silent', unclear: 'cannot tell' } as const;

function aboutText({ path, section, fileLine, whole }: RemarkAnswer['about']): string {
  if (whole) return 'the patch';
  if (path === undefined) return 'its message';
  return `${path}${fileLine === undefined ? '' : `:${fileLine}`}${section === undefined ? '' : ` ${section}`}`;
}

function openItem(remark: RemarkAnswer, placeName: NamePlace): string {
  return cell(say.mail(`${remark.by ?? 'somebody'}: ${remark.text}`), place(remark, placeName));
}

function place(where: LinePlace, placeName: NamePlace): PhrasingContent {
  return say.text(` (${placeName(where)})`);
}

function plain(text: string): string {
  return markdownOf([say.paragraph(say.text(text))]);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Text in one cell: a bar would end it. */
function cell(...words: PhrasingContent[]): string {
  return markdownOf([say.paragraph(...words)])
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
