import { type Annotation, referenceOf } from '#annotations';
import { plainLine } from '../markdown.ts';
import { PATH_VERSION, type PathStop, type ReadingPath } from './path.ts';
import { isStructural, opensFence } from './structure.ts';

/** A path as a file to share: Markdown that reads well by itself. `readPath` gives the same path again, white space at ends of texts apart. */
export function pathText({ title, author, words, stops }: ReadingPath): string {
  const head = ['---', `patchgloss-path: ${PATH_VERSION}`, `title: ${JSON.stringify(plainLine(title))}`];
  if (author !== undefined) head.push(`author: ${JSON.stringify(plainLine(author))}`);
  const parts = [[...head, '---'].join('\n'), kept(words), ...stops.map((stop, at) => stopText(stop, at + 1))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function stopText({ title, target, words, simulator, question, answer }: PathStop, number: number): string {
  const parts = [`## ${number}. ${plainLine(title)}`];
  if (target) parts.push(`\`\`\`json place\n${JSON.stringify(target, undefined, 1)}\n\`\`\``, quoteOf(target));
  parts.push(kept(words));
  if (simulator !== undefined) parts.push(`[Open the simulator](simulator:${simulator})`);
  if (question !== undefined) parts.push(questionText(kept(question)));
  if (answer !== undefined) parts.push(`<details><summary>Answer</summary>\n\n${kept(answer)}\n\n</details>`);
  return parts.filter((part) => part !== '').join('\n\n');
}

/** One line stands behind the word; what is longer may begin with a fence, and stands below it. */
function questionText(question: string): string {
  return `**Question:**${question.includes('\n') ? '\n\n' : ' '}${question}`;
}

/** The words of the mail, for who reads the file without us; it is passed over when the file is read. */
function quoteOf(target: PathStop['target']): string {
  const annotation: Annotation = { id: 'urn:x-patchgloss:stop', ...(target && { target }) };
  const lines = (referenceOf(annotation).quote?.exact ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => `> ${plainLine(line).replace(/[\\`*_[\]<>#&|~$!]/g, '\\$&')}`).join('\n');
}

/** A text none of whose lines is taken for the beginning of something else; a fence that was left open is closed. */
function kept(text: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.trim().split(/\r\n?|\n/)) {
    if (fence === undefined && isStructural(line)) {
      lines.push(`\\${line}`);
      continue;
    }
    const mark = opensFence(line, fence);
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    lines.push(line.trimEnd());
  }
  if (fence !== undefined) lines.push(fence);
  return lines.join('\n').trim();
}
