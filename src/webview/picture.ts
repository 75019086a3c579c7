import {
  type MarkupNode,
  type Piece,
  partTree,
  type Scene,
  type StripPart,
  sceneText,
  type TablePart,
} from '#simulators';
import { element, svgElement } from './dom.ts';
import type { Words } from './words.ts';

/** The picture of a state, and apart from it its text twin. Strips are drawn as wide as there is room; tables and notes are set as such. */
export interface Picture {
  readonly node: HTMLElement;
  readonly asText: HTMLElement;
  show(scene: Scene): void;
}

/** Width the first drawing is made for, in CSS pixels, before the page has one. */
const firstWidth = 640;

export function picture(words: Words): Picture {
  let scene: Scene | undefined;
  let drawnFor = 0;
  let tallest = 0;
  const canvas = element('div', { class: 'canvas', tabindex: 0, role: 'group', 'aria-label': words.picture });
  const inspected = element('p', { class: 'inspected', role: 'status', 'aria-live': 'polite' });
  const twin = element('pre', { class: 'twin', tabindex: 0, 'aria-label': words.asText });
  const asText = element('details', { class: 'as-text' }, element('summary', {}, words.asText), twin);
  // A picture says nothing to a screen reader; its text does, so it stands open there.
  asText.open = document.body.classList.contains('vscode-using-screen-reader');

  const draw = () => {
    if (scene === undefined) return;
    drawnFor = roomIn(canvas) || firstWidth;
    canvas.replaceChildren(...scene.parts.map((part, index) => drawPart(part, drawnFor, `part${index}`)));
    // The picture only grows, so that what is under it does not jump from step to step.
    tallest = Math.max(tallest, canvas.offsetHeight);
    canvas.style.minHeight = `${tallest}px`;
  };
  new ResizeObserver(() => {
    const room = roomIn(canvas);
    if (room <= 0 || Math.abs(room - drawnFor) <= 8) return;
    tallest = 0;
    canvas.style.minHeight = '';
    draw();
  }).observe(canvas);
  inspection(canvas, inspected, () => scene);

  return {
    node: element('figure', { class: 'picture' }, canvas, element('figcaption', {}, inspected)),
    asText,
    show(next) {
      scene = next;
      canvas.setAttribute('aria-label', `${words.picture}: ${next.summary}`);
      inspected.textContent = next.summary;
      twin.textContent = sceneText(next);
      draw();
    },
  };
}

/** The width inside of the canvas, in CSS pixels; 0 while it is not shown. */
function roomIn(canvas: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(canvas);
  return Math.max(0, canvas.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
}

function drawPart(part: Scene['parts'][number], width: number, idPrefix: string): Element {
  switch (part.kind) {
    case 'strips':
      return made(partTree(part, { width, idPrefix }));
    case 'table':
      return table(part);
    case 'note':
      return element('p', { class: `note ${part.look}` }, part.text);
  }
}

/** Elements of the kit's drawing. Its trees are a handful of levels deep, whatever the scene is. */
function made(tree: MarkupNode): SVGElement {
  const children = tree.children.map((child) => (typeof child === 'string' ? child : made(child)));
  return svgElement(tree.tag, tree.attributes, ...children);
}

function table(part: TablePart): HTMLElement {
  const head = element('tr', {}, ...part.columns.map((column) => element('th', { scope: 'col' }, column)));
  const rows = part.rows.map((row) =>
    element('tr', { class: row.mark }, ...row.cells.map((cell) => element('td', {}, cell))),
  );
  return element(
    'div',
    { class: 'table' },
    element('table', {}, element('caption', {}, part.title), element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

/** Under the picture stands its summary. The pointer on a piece names that; Up and Down do the same from the keyboard. */
function inspection(canvas: HTMLElement, line: HTMLElement, scene: () => Scene | undefined): void {
  let at = -1;
  const tell = (shape: Element | undefined) => {
    for (const marked of canvas.querySelectorAll('.inspected-piece')) marked.classList.remove('inspected-piece');
    shape?.classList.add('inspected-piece');
    const piece = shape && pieceOf(scene(), shape.getAttribute('data-piece'));
    line.textContent = piece?.detail ?? scene()?.summary ?? '';
  };
  canvas.addEventListener('pointerleave', () => tell(undefined));
  canvas.addEventListener('pointerover', (event) => {
    const shape = event.target instanceof Element ? event.target.closest('[data-piece]') : null;
    if (shape) tell(shape);
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const shapes = [...canvas.querySelectorAll('[data-piece]')];
    if (shapes.length === 0) return;
    event.preventDefault();
    const marked = shapes.findIndex((shape) => shape.classList.contains('inspected-piece'));
    at = (marked < 0 ? at : marked) + (event.key === 'ArrowDown' ? 1 : -1);
    at = (at + shapes.length) % shapes.length;
    tell(shapes[at]);
  });
}

function pieceOf(scene: Scene | undefined, id: string | null): Piece | undefined {
  const strips = scene?.parts.filter((part): part is StripPart => part.kind === 'strips') ?? [];
  for (const part of strips) {
    for (const strip of part.strips) {
      const found = strip.pieces.find((piece) => piece.id === id);
      if (found) return found;
    }
  }
  return undefined;
}
