import {
  extentOf,
  type MarkupNode,
  partTree,
  type Scene,
  type StripPart,
  sceneText,
  type TablePart,
  type TableRow,
} from '#simulators';
import { element, svgElement } from './dom.ts';
import { type Inspection, inspection } from './inspect.ts';
import type { Stretch, Zoom } from './protocol.ts';
import type { Words } from './words.ts';
import { closeUp, type Move, moved, moveOfKey, zoomButtons } from './zoom.ts';

/** The picture of a state, and apart from it its text twin. Pictures are drawn as wide as there is room; tables and notes are set as such. */
export interface Picture {
  readonly node: HTMLElement;
  readonly asText: HTMLElement;
  show(scene: Scene): void;
  /** Shows these stretches of what can be zoomed, and all of the rest. */
  zoomTo(zoom: Zoom): void;
}

/** Pictures that were made; each has ids of its own. */
let pictures = 0;

/** Width the first drawing is made for, in CSS pixels, before the page has one. */
const firstWidth = 640;

/** `zoomed` hears what the reader has zoomed to. */
export function picture(words: Words, zoomed: (zoom: Zoom) => void): Picture {
  let scene: Scene | undefined;
  let zoom: Zoom = {};
  const prefix = `picture${pictures++}-`;
  let drawnFor = 0;
  let tallest = 0;
  const canvas = element('div', { class: 'canvas', tabindex: 0, role: 'group', 'aria-label': words.picture });
  const inspected = element('p', { class: 'inspected', role: 'status', 'aria-live': 'polite' });
  const twin = element('pre', { class: 'twin', tabindex: 0, 'aria-label': words.asText });
  const asText = element('details', { class: 'as-text' }, element('summary', {}, words.asText), twin);
  // A picture says nothing to a screen reader; its text does, so it stands open there.
  asText.open = document.body.classList.contains('vscode-using-screen-reader');
  const pointed = inspection(canvas, inspected, () => scene?.summary ?? '');

  const draw = () => {
    if (scene === undefined) return;
    drawnFor = roomIn(canvas) || firstWidth;
    const focused = focusedMove(canvas);
    canvas.replaceChildren(
      ...scene.parts.map((part, index) =>
        drawPart(part, { width: drawnFor, idPrefix: `${prefix}${index}`, windows: zoom }),
      ),
    );
    for (const [index, part] of scene.parts.entries()) {
      const place = canvas.children[index];
      if (place && isZoomable(part)) {
        place.append(zoomButtons(words, part.title, zoom[part.id] !== undefined, (move) => shift(part, move)));
        place.setAttribute('data-part', part.id);
      }
    }
    if (focused) canvas.querySelector<HTMLElement>(focused)?.focus();
    pointed.again();
    twin.textContent = sceneText(scene, { windows: zoom });
    // The picture only grows, so that what is under it does not jump from step to step.
    tallest = Math.max(tallest, canvas.offsetHeight);
    canvas.style.minHeight = `${tallest}px`;
  };
  const look = (id: string, stretch: Stretch | undefined) => {
    const { [id]: _, ...others } = zoom;
    zoom = stretch === undefined ? others : { ...others, [id]: stretch };
    draw();
    zoomed(zoom);
  };
  const shift = (part: ZoomablePart, move: Move) =>
    look(part.id, moved(move, extentOf(part), zoom[part.id], middleOf(part, pointed.id())));
  const partInHand = () => zoomableOf(scene, pointed);

  canvas.addEventListener('keydown', (event) => {
    if (event.target !== canvas || event.ctrlKey || event.metaKey || event.altKey) return;
    const part = partInHand();
    if (part === undefined) return;
    const piece = pieceOf(part, pointed.id());
    if (event.key === 'Enter' && piece !== undefined) {
      event.preventDefault();
      look(part.id, closeUp(extentOf(part), piece));
      return;
    }
    const move = moveOfKey(event.key, zoom[part.id] !== undefined);
    if (move === undefined) return;
    event.preventDefault();
    shift(part, move);
  });
  canvas.addEventListener('dblclick', () => {
    const part = partInHand();
    const piece = part && pieceOf(part, pointed.id());
    if (part !== undefined && piece !== undefined) look(part.id, closeUp(extentOf(part), piece));
  });
  new ResizeObserver(() => {
    const room = roomIn(canvas);
    if (room <= 0 || Math.abs(room - drawnFor) <= 8) return;
    tallest = 0;
    canvas.style.minHeight = '';
    draw();
  }).observe(canvas);

  return {
    node: element('figure', { class: 'picture' }, canvas, element('figcaption', {}, inspected)),
    asText,
    show(next) {
      scene = next;
      canvas.setAttribute('aria-label', `${words.picture}: ${next.summary}`);
      draw();
    },
    zoomTo(next) {
      if (JSON.stringify(next) === JSON.stringify(zoom)) return;
      zoom = next;
      draw();
    },
  };
}

/** The width inside of the canvas, in CSS pixels; 0 while it is not shown. */
function roomIn(canvas: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(canvas);
  return Math.max(0, canvas.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
}

type ZoomablePart = StripPart & { id: string };

function isZoomable(part: Scene['parts'][number]): part is ZoomablePart {
  return part.kind === 'strips' && part.id !== undefined;
}

/** The part of the piece that is pointed at, or the first that can be zoomed. */
function zoomableOf(scene: Scene | undefined, pointed: Inspection): ZoomablePart | undefined {
  const parts = scene?.parts.filter(isZoomable) ?? [];
  return parts.find((part) => part.id === pointed.part()) ?? parts[0];
}

function pieceOf(part: StripPart, id: string | undefined): Stretch | undefined {
  return id === undefined ? undefined : part.strips.flatMap((strip) => strip.pieces).find((piece) => piece.id === id);
}

function middleOf(part: StripPart, id: string | undefined): number | undefined {
  const piece = pieceOf(part, id);
  return piece && (piece.start + piece.end) / 2;
}

/** Where the focus was among the buttons that are about to be made anew, as a selector. */
function focusedMove(canvas: HTMLElement): string | undefined {
  const { activeElement } = document;
  if (activeElement === null || activeElement === canvas || !canvas.contains(activeElement)) return undefined;
  const part = activeElement.closest('[data-part]')?.getAttribute('data-part');
  const move = activeElement.getAttribute('data-move');
  return part && move ? `[data-part="${CSS.escape(part)}"] [data-move="${move}"]` : undefined;
}

function drawPart(part: Scene['parts'][number], options: Parameters<typeof partTree>[1]): Element {
  switch (part.kind) {
    case 'table':
      return table(part);
    case 'note':
      return element('p', { class: `note ${part.look}` }, part.text);
    default:
      return element('div', { class: 'part' }, made(partTree(part, options)));
  }
}

/** Elements of the kit's drawing. Its trees are a handful of levels deep, whatever the scene is. */
export function made(tree: MarkupNode): SVGElement {
  const children = tree.children.map((child) => (typeof child === 'string' ? child : made(child)));
  return svgElement(tree.tag, tree.attributes, ...children);
}

function table(part: TablePart): HTMLElement {
  const head = element(
    'tr',
    {},
    ...part.columns.map((column) => (column === '' ? element('td') : element('th', { scope: 'col' }, column))),
  );
  const rows = part.rows.map((row) =>
    element('tr', { class: row.mark }, ...row.cells.map((cell, at) => cellOf(row, cell, at))),
  );
  return element(
    'div',
    // A table that is wider than the panel scrolls, and must be reached by key for that.
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': part.title },
    // Not a caption, which is only as wide as its table.
    element('p', { class: 'caption', 'aria-hidden': 'true' }, part.title),
    element('table', { 'aria-label': part.title }, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function cellOf({ changed = [] }: TableRow, cell: string, at: number): HTMLElement {
  return element('td', { class: changed.includes(at) ? 'changed' : undefined }, cell);
}
