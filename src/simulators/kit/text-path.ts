import type { PathPart, PathStep } from './scene.ts';
import { wrap } from './wrap.ts';

const RAIL: Readonly<Record<PathStep['look'], string>> = {
  taken: '|',
  failed: 'x',
  undone: '<',
  open: ':',
  skipped: ':',
};

/** A line from question to question; beside each the answer, and in brackets the doors that were not taken. */
export function pathLines(part: PathPart, width: number): string[] {
  const longest = (texts: readonly string[]) => texts.reduce((most, each) => Math.max(most, each.length), 0);
  const question = longest(part.steps.map((step) => step.question));
  const answer = Math.min(longest(part.steps.map(answerOf)), 36);
  const ends = part.end === undefined ? [] : wrap(`  v ${part.end.label}: ${part.end.detail}`, width, '    ');
  return [
    ...wrap(part.title, width),
    ...part.steps.flatMap((step) => stepLines(step, question, answer, width)),
    ...ends,
  ];
}

function answerOf({ answer, leads }: PathStep): string {
  if (answer === undefined) return '';
  return leads === undefined ? answer : `${answer} → ${leads}`;
}

function stepLines(step: PathStep, question: number, answer: number, width: number): string[] {
  const sign = step.look === 'failed' ? '!' : step.fresh === true ? '*' : ' ';
  const said = `${sign} ${RAIL[step.look]} ${step.question.padEnd(question)}  ${answerOf(step)}`;
  const column = question + answer + 8;
  const doors = doorsOf(step, width - column);
  if (doors === '')
    return [said.trimEnd()].flatMap((line) => (line.length <= width ? [line] : wrap(line, width, '      ')));
  return [`${said.padEnd(column)}${doors}`];
}

/** As many as have room, and how many more there are. */
function doorsOf({ others = [], look }: PathStep, room: number): string {
  if (others.length === 0 || look === 'skipped') return '';
  const words = others.map(({ answer, leads }) => leads ?? answer);
  const ends = [...new Set(words)];
  for (let shown = ends.length; shown > 0; shown--) {
    const more = ends.length - shown;
    const text = `(${ends.slice(0, shown).join(', ')}${more === 0 ? '' : `, ${more} more`})`;
    if (text.length <= room) return text;
  }
  const counted = `(${ends.length} ${ends.length === 1 ? 'other' : 'others'})`;
  return counted.length <= room ? counted : '';
}
