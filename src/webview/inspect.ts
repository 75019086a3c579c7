/** What is pointed at in a picture, by pointer or by key; its name stands under the picture. */
export interface Inspection {
  /** The id of the piece that is pointed at. */
  id(): string | undefined;
  /** The id of the part it stands in. */
  part(): string | undefined;
  /** After the picture was drawn anew: points at the same piece, where it is still there. */
  again(): void;
}

/** The pointer on a piece names it; Up and Down do the same from the keyboard. With nothing pointed at, `otherwise` is said. */
export function inspection(canvas: HTMLElement, line: HTMLElement, otherwise: () => string): Inspection {
  let id: string | undefined;
  let part: string | undefined;
  let at = -1;
  const shapes = () => [...canvas.querySelectorAll('[data-piece]')];
  const tell = (shape: Element | undefined) => {
    for (const marked of canvas.querySelectorAll('.inspected-piece')) marked.classList.remove('inspected-piece');
    shape?.classList.add('inspected-piece');
    id = shape?.getAttribute('data-piece') ?? undefined;
    part = shape?.closest('[data-part]')?.getAttribute('data-part') ?? undefined;
    line.textContent = shape?.querySelector('title')?.textContent ?? otherwise();
  };
  canvas.addEventListener('pointerleave', () => tell(undefined));
  canvas.addEventListener('pointerover', (event) => {
    const shape = event.target instanceof Element ? event.target.closest('[data-piece]') : null;
    if (shape) tell(shape);
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && id !== undefined) return tell(undefined);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = shapes();
    if (all.length === 0) return;
    event.preventDefault();
    const marked = all.findIndex((shape) => shape.classList.contains('inspected-piece'));
    at = (marked < 0 ? at : marked) + (event.key === 'ArrowDown' ? 1 : -1);
    at = (at + all.length) % all.length;
    const shape = all[at];
    tell(shape);
    shape?.scrollIntoView({ block: 'nearest' });
  });
  return {
    id: () => id,
    part: () => part,
    again: () => tell(id === undefined ? undefined : shapes().find((shape) => shape.getAttribute('data-piece') === id)),
  };
}
