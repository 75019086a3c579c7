import { element, icon } from './dom.ts';
import type { Stretch } from './protocol.ts';
import { say, type Words } from './words.ts';

export type Move = 'in' | 'out' | 'whole' | 'left' | 'right';

/** No stretch is shorter than this, in units. */
const LEAST = 4;

/** The stretch after a move, around `middle` where that is given; absent when that is the whole again. */
export function moved(move: Move, whole: Stretch, now: Stretch = whole, middle?: number): Stretch | undefined {
  const length = now.end - now.start;
  switch (move) {
    case 'whole':
      return undefined;
    case 'in':
      return around(whole, middle ?? (now.start + now.end) / 2, length / 2);
    case 'out':
      return around(whole, (now.start + now.end) / 2, length * 2);
    case 'left':
    case 'right': {
      const by = (move === 'left' ? -1 : 1) * (length / 4);
      return around(whole, (now.start + now.end) / 2 + by, length);
    }
  }
}

/** The stretch of `length` around a place, kept inside of the whole. */
function around(whole: Stretch, middle: number, length: number): Stretch | undefined {
  const all = whole.end - whole.start;
  const wanted = Math.max(Math.min(LEAST, all), length);
  if (wanted >= all) return undefined;
  const start = Math.min(Math.max(middle - wanted / 2, whole.start), whole.end - wanted);
  return { start, end: start + wanted };
}

/** A piece and as much again around it. */
export function closeUp(whole: Stretch, piece: Stretch): Stretch | undefined {
  return around(whole, (piece.start + piece.end) / 2, (piece.end - piece.start) * 2);
}

const icons = {
  out: 'M3 7.4h10v1.2H3z',
  in: 'M7.4 3h1.2v4.4H13v1.2H8.6V13H7.4V8.6H3V7.4h4.4z',
  whole: 'M2 4h1.2v8H2zM12.8 4H14v8h-1.2zM4 7.4l2.2-2v1.4h3.6V5.4l2.2 2.6-2.2 2.6V9.2H6.2v1.4L4 8z',
  left: 'M10 3.2 5.2 8l4.8 4.8-.9.9L3.4 8l5.7-5.7z',
  right: 'M6 3.2 10.8 8 6 12.8l.9.9L12.6 8 6.9 2.3z',
} as const;

/** The buttons of one part. Those that can do nothing now say so and stay where they are. */
export function zoomButtons(words: Words, name: string, zoomed: boolean, act: (move: Move) => void): HTMLElement {
  const labels: Readonly<Record<Move, string>> = {
    left: words.zoomLeft,
    right: words.zoomRight,
    out: words.zoomOut,
    in: words.zoomIn,
    whole: words.zoomWhole,
  };
  const buttons = (['left', 'right', 'out', 'in', 'whole'] as const).map((move) => {
    const idle = !zoomed && move !== 'in';
    const made = element(
      'button',
      { type: 'button', title: labels[move], 'aria-label': labels[move], 'aria-disabled': idle, 'data-move': move },
      icon(icons[move]),
    );
    made.addEventListener('click', () => act(move));
    return made;
  });
  return element('div', { class: 'zoom', role: 'toolbar', 'aria-label': say(words.zoomOf, name) }, ...buttons);
}

const KEYS: Readonly<Record<string, Move>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'whole' };
const PAN: Readonly<Record<string, Move>> = { ArrowLeft: 'left', ArrowRight: 'right' };

/** What a key asks for; the arrows only where a part is zoomed, since they step otherwise. */
export function moveOfKey(key: string, zoomed: boolean): Move | undefined {
  return KEYS[key] ?? (zoomed ? PAN[key] : undefined);
}
