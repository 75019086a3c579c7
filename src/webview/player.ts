/** How long each step stands when a run plays by itself, in ms: long enough to read the sentence under the picture. */
const stepTime = 1800;

interface PlayerActions {
  canGoOn(): boolean;
  forward(): void;
  onChange(playing: boolean): void;
}

export interface Player {
  toggle(): void;
  stop(): void;
}

/** Plays a run step by step. It never starts by itself and stops at the end. */
export function player(actions: PlayerActions): Player {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    actions.onChange(false);
  };
  const next = () => {
    actions.forward();
    if (actions.canGoOn()) timer = setTimeout(next, stepTime);
    else stop();
  };
  return {
    stop,
    toggle() {
      if (timer !== undefined) stop();
      else if (actions.canGoOn()) {
        actions.onChange(true);
        timer = setTimeout(next, 0);
      }
    },
  };
}
