import { type Scene, sceneTree, traceMarkdown } from '#simulators';
import { element } from './dom.ts';
import { made } from './picture.ts';
import type { SavedFormat } from './protocol.ts';
import type { Run } from './run.ts';
import { reasonOf, shareOf } from './run.ts';
import { say, type Words } from './words.ts';

export interface SavingActions {
  copy(text: string): void;
  copyLink(text: string): void;
  save(format: SavedFormat, text: string): void;
}

/** Width of a saved picture in CSS pixels; a PNG has twice as many. */
const width = 900;
const scale = 2;
const margin = 20;

/** The text that stands for the position, and what can be made of it. */
export function savingBox(run: Run, position: number, words: Words, actions: SavingActions): HTMLElement[] {
  const text = shareOf(run, position);
  const step = run.walk.leftStep(position);
  const problem = element('p', { role: 'alert', class: 'problem', hidden: true });
  const button = (label: string, act: () => void | Promise<void>): HTMLElement => {
    const one = element('vscode-button', { secondary: true }, label);
    one.addEventListener('click', async () => {
      try {
        await act();
      } catch (error) {
        problem.hidden = false;
        problem.textContent = say(words.cannotDraw, reasonOf(error));
      }
    });
    return one;
  };
  const scene = (): Scene => run.trace.sceneAt(step);
  return [
    element('p', { class: 'quiet' }, words.shareHelp),
    element(
      'div',
      { class: 'share' },
      element('code', { class: 'token' }, text),
      button(words.copy, () => actions.copy(text)),
      button(words.copyLink, () => actions.copyLink(text)),
    ),
    element('p', { class: 'label' }, words.export),
    element(
      'div',
      { class: 'share' },
      button(words.saveSvg, () => actions.save('svg', svgText(scene()))),
      button(words.savePng, async () => actions.save('png', await pngText(svgText(scene())))),
      button(words.saveMarkdown, () => actions.save('markdown', traceMarkdown(run.simulator, run.trace, step))),
    ),
    problem,
  ];
}

/** What a style sheet says of a shape, and a picture that stands alone must say itself. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'stroke-opacity',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
] as const;

const shapes = 'g, rect, path, line, polyline, polygon, circle, ellipse, text, tspan, use';

/** The scene as an SVG file that needs no style sheet: each shape has the colours that the theme gives it here and now. */
function svgText(scene: Scene): string {
  const drawn = made(sceneTree(scene, { width, idPrefix: 'saved' }));
  const stage = element('div', { class: 'canvas saved', 'aria-hidden': 'true' }, drawn);
  document.body.append(stage);
  try {
    for (const shape of [drawn, ...drawn.querySelectorAll(shapes)]) {
      const style = getComputedStyle(shape);
      for (const name of properties) shape.setAttribute(name, style.getPropertyValue(name));
    }
    return withGround(drawn, getComputedStyle(stage).backgroundColor);
  } finally {
    stage.remove();
  }
}

/** The picture on the ground of the panel, with a margin around it. */
function withGround(drawn: SVGElement, ground: string): string {
  const [x = 0, y = 0, w = width, h = width] = (drawn.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const [left, top, wide, high] = [x - margin, y - margin, w + 2 * margin, h + 2 * margin];
  drawn.setAttribute('viewBox', `${left} ${top} ${wide} ${high}`);
  drawn.setAttribute('width', String(wide));
  drawn.setAttribute('height', String(high));
  const field = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ x: left, y: top, width: wide, height: high, fill: ground })) {
    field.setAttribute(name, String(value));
  }
  drawn.insertBefore(field, drawn.firstChild);
  return new XMLSerializer().serializeToString(drawn);
}

/** The SVG file as pixels, in base64. */
async function pngText(svg: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = element('canvas', { width: image.width * scale, height: image.height * scale });
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
