/** What the keyboard does anywhere in the panel but in a field that needs the keys itself. */
interface KeyActions {
  seek(position: number): void;
  play(): void;
  nextDifference(): void;
  at(): number;
  last(): number;
}

/** Elements that use the arrows, Home, End, Space or letters themselves. */
const ownKeys = 'vscode-textfield, vscode-single-select, textarea, select, input:not([type="range"]), pre';
/** Elements that Space activates. */
const ownSpace = 'button, summary, a, vscode-button, vscode-checkbox';

/** Left and Right step, Home and End go to the ends, R to the start, D to the next difference, Space plays. The answer stops listening. */
export function stepKeys(page: HTMLElement, actions: KeyActions): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : page;
    if (target.closest(ownKeys)) return;
    const act = actionOf(event, target, actions);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function actionOf(event: KeyboardEvent, target: Element, actions: KeyActions): (() => void) | undefined {
  switch (event.key) {
    case 'ArrowLeft':
      return () => actions.seek(actions.at() - 1);
    case 'ArrowRight':
      return () => actions.seek(actions.at() + 1);
    case 'Home':
    case 'r':
    case 'R':
      return () => actions.seek(-1);
    case 'End':
      return () => actions.seek(actions.last());
    case 'd':
    case 'D':
      return () => actions.nextDifference();
    case ' ':
      return target.closest(ownSpace) ? undefined : () => actions.play();
    default:
      return undefined;
  }
}
