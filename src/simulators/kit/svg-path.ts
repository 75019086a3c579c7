import { type MarkupNode, node } from './markup.ts';
import { foldTo, widest } from './measure.ts';
import { type Block, freshWedge, heading, item, type Pen, TIGHT, text, textLines } from './pen.ts';
import type { PathPart, PathStep } from './scene.ts';

/** The line runs here; its stations stand on it. */
const RAIL = 12;
const LEFT = 30;
/** Lines of other answers that are shown; the tooltip has all of them. */
const DOOR_LINES = 2;

/** Columns of a part: where answers and other doors begin, and how wide each column is. */
interface Columns {
  question: number;
  answer: number;
  doors: number;
  answerWidth: number;
  doorsWidth: number;
  /** The doors stand under the answer instead of beside it. */
  below: boolean;
}

/** A line from the first question down; lit as far as it was walked, with the doors not taken faint beside it. */
export function drawPath(part: PathPart, pen: Pen): Block {
  const title = heading(part.title, pen.width);
  const columns = columnsOf(part, pen.width);
  const children: MarkupNode[] = [...title.children];
  const rows: MarkupNode[] = [];
  let y = title.height + 4;
  const stations: { y: number; step: PathStep }[] = [];
  for (const step of part.steps) {
    const drawn = drawStep(step, y, columns, pen.width);
    rows.push(...drawn.children);
    stations.push({ y: y + 9, step });
    y += drawn.height;
  }
  children.push(...rails(stations, part.end === undefined ? undefined : y + 14), ...rows);
  if (part.end === undefined) return { height: y, children };
  const end = drawEnd(part.end, y, pen);
  return { height: y + end.height, children: [...children, ...end.children] };
}

function columnsOf(part: PathPart, width: number): Columns {
  const most = widest(part.steps.map((step) => step.question));
  const wanted = widest(part.steps.map(answerOf)) + 20;
  const question = Math.min(most, Math.max(110, (width - LEFT) * 0.46));
  const answer = LEFT + question + 12;
  const room = width - answer - 2;
  const below = room - wanted - 14 < 170 || part.steps.every((step) => (step.others ?? []).length === 0);
  const answerWidth = below ? room : Math.min(wanted, room);
  const doors = below ? answer + 9 : answer + answerWidth + 14;
  return { question, answer, doors, answerWidth, doorsWidth: width - doors - 2, below };
}

function answerOf({ answer, leads }: PathStep): string {
  return leads === undefined ? (answer ?? '') : `${answer ?? ''} → ${leads}`;
}

function drawStep(step: PathStep, y: number, columns: Columns, width: number): Block {
  const { question, answer, answerWidth, doors, doorsWidth, below } = columns;
  const asked = foldTo(step.question, question);
  const given = answerOf(step) === '' ? [] : foldTo(answerOf(step), answerWidth - 18);
  const others = doorLines(step, doorsWidth);
  const children: MarkupNode[] = [...textLines(asked, LEFT, y + 13, 'pg-question')];
  const box = given.length === 0 ? 0 : given.length * TIGHT + 5;
  if (box > 0) {
    const shape = { x: answer, y, width: Math.min(answerWidth, widest(given) + 18), height: box, rx: 4 };
    children.push(
      node('rect', { class: 'pg-answer-box', ...shape }),
      ...textLines(given, answer + 8, y + 14, 'pg-answer'),
    );
  }
  const doorsAt = below ? y + box + (box === 0 ? 13 : 14) : y + 13;
  children.push(...others.map((line, index) => text(line, doors, doorsAt + index * 14, 'pg-door')));
  const doorsEnd = others.length === 0 ? 0 : doorsAt - y + others.length * 14 - 9;
  const height = Math.max(asked.length * TIGHT + 3, box, doorsEnd, 20);
  const ground = node('rect', { class: 'pg-hit', x: 0, y: y - 3, width, height: height + 6, rx: 3 });
  const row = item(step, `pg-step pg-step-${step.look}`, [ground, ...children]);
  const wedge = step.fresh === true ? [freshWedge(RAIL - 8, y + 9, 'left')] : [];
  return { height: height + 9, children: [row, ...wedge] };
}

/** The answers not given, shortened to what has room. */
function doorLines({ others = [], look }: PathStep, width: number): string[] {
  if (others.length === 0 || look === 'skipped') return [];
  const words = others.map(({ answer, leads }) => (leads === undefined ? answer : `${answer} → ${leads}`));
  for (let shown = words.length; shown > 0; shown--) {
    const more = words.length - shown;
    const lines = foldTo(`${words.slice(0, shown).join(' · ')}${more === 0 ? '' : ` · ${more} more`}`, width, 'small');
    if (lines.length <= DOOR_LINES) return lines;
  }
  return [];
}

const SIGNS: Readonly<Record<PathStep['look'], string>> = {
  taken: 'M-3.5 0 L-1 3 L4 -3',
  failed: 'M-3 -3 L3 3 M3 -3 L-3 3',
  undone: 'M3.5 1.5 a3.5 3.5 0 1 0 -2.5 2 M3.5 1.5 l-3.6 -.4 M3.5 1.5 l.3 -3.6',
  open: '',
  skipped: '',
};

/** The stations and the line between them: thick as far as the path was walked, dotted where it was not. */
function rails(stations: readonly { y: number; step: PathStep }[], end: number | undefined): MarkupNode[] {
  const lines: MarkupNode[] = [];
  const marks: MarkupNode[] = [];
  const [first, last] = [stations[0]?.y, stations.at(-1)?.y];
  const lit = stations.findLast(({ step }) => step.look !== 'open' && step.look !== 'skipped')?.y;
  const rail = (style: string, from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined || to <= from) return;
    lines.push(node('path', { class: style, d: `M${RAIL} ${from} V${to}` }));
  };
  rail('pg-rail', first, last);
  if (lit !== undefined) rail(lit === last ? 'pg-rail-lit' : 'pg-rail-out', lit, end);
  rail('pg-rail-lit', first, lit);
  for (const { y, step } of stations) {
    const sign = SIGNS[step.look];
    const children = [node('circle', { class: 'pg-station-dot', cx: RAIL, cy: y, r: step.look === 'skipped' ? 3 : 7 })];
    if (sign !== '')
      children.push(node('path', { class: 'pg-station-sign', d: sign, transform: `translate(${RAIL} ${y})` }));
    marks.push(node('g', { class: `pg-station pg-step-${step.look}` }, children));
  }
  return [...lines, ...marks];
}

function drawEnd(end: NonNullable<PathPart['end']>, y: number, pen: Pen): Block {
  const room = pen.width - LEFT - 22;
  const label = foldTo(end.label, room, 'bold');
  const detail = foldTo(end.detail, room);
  const width = Math.min(room + 18, Math.max(widest(label, 'bold'), widest(detail)) + 20);
  const height = (label.length + detail.length) * TIGHT + 12;
  const sign = { good: SIGNS.taken, bad: SIGNS.failed, open: SIGNS.open }[end.look];
  const box = node('g', { class: `pg-end pg-end-${end.look}` }, [
    node('rect', { class: 'pg-end-box', x: LEFT - 4, y: y + 2, width, height, rx: 5 }),
    node('circle', { class: 'pg-end-dot', cx: RAIL, cy: y + 14, r: 8 }),
    ...(sign === ''
      ? []
      : [node('path', { class: 'pg-end-sign', d: sign, transform: `translate(${RAIL} ${y + 14})` })]),
    ...textLines(label, LEFT + 6, y + 19, 'pg-end-label'),
    ...textLines(detail, LEFT + 6, y + 19 + label.length * TIGHT, 'pg-end-detail'),
  ]);
  return { height: height + 8, children: [box] };
}
