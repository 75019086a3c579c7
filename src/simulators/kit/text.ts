import type { NotePart, Scene, ScenePart, Window } from './scene.ts';
import { graphLines } from './text-graph.ts';
import { pageTablesLines } from './text-page-tables.ts';
import { pathLines } from './text-path.ts';
import { stripsLines } from './text-strips.ts';
import { tableLines } from './text-table.ts';
import { timelineLines } from './text-timeline.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  /** Columns, at least 40; 80 unless told. */
  width?: number;
  /** For strips: the stretch of the axis to tell, by the id of the part. */
  windows?: Readonly<Record<string, Window>>;
}

/** Any scene as plain text: the text twin of the picture. The same scene and width give the same text. */
export function sceneText(scene: Scene, options: TextOptions = {}): string {
  const width = Math.max(40, options.width ?? 80);
  const parts = scene.parts.map((part) => partLines(part, width, options.windows));
  const signs = signLine(parts.flat());
  const blocks = [
    [scene.title, ...wrap(scene.summary, width)],
    ...parts,
    ...(signs === '' ? [] : [wrap(signs, width)]),
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

export function partLines(part: ScenePart, width: number, windows?: TextOptions['windows']): string[] {
  switch (part.kind) {
    case 'strips':
      return stripsLines(part, width, part.id === undefined ? undefined : windows?.[part.id]);
    case 'graph':
      return graphLines(part, width);
    case 'path':
      return pathLines(part, width);
    case 'timeline':
      return timelineLines(part, width);
    case 'pageTables':
      return pageTablesLines(part, width);
    case 'table':
      return tableLines(part, width);
    case 'note':
      return noteLines(part, width);
  }
}

function noteLines(part: NotePart, width: number): string[] {
  const word = part.look === 'info' ? 'Note' : part.look === 'warning' ? 'Warning' : 'Error';
  return wrap(`${word}: ${part.text}`, width, '  ');
}

const SIGNS: readonly [string, string][] = [
  ['*', 'touched or changed by this step'],
  ['!', 'refused, failed or stuck'],
  ['>', 'this run'],
];

/** What the signs in the first column mean, as far as they were used. */
function signLine(lines: readonly string[]): string {
  const used = SIGNS.filter(([sign]) => lines.some((line) => line.startsWith(`${sign} `)));
  return used.map(([sign, meaning]) => `${sign} ${meaning}`).join('; ');
}
