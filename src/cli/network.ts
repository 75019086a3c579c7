import { type Network, PATIENCE, readServer, ServerError } from '#archive/fetch';
import manifest from '../../package.json' with { type: 'json' };
import { UsageError } from './usage.ts';

/** The network of this program; `timeout` is what `--timeout` says. */
export function networkOf(timeout: unknown): Network {
  const seconds = timeout === undefined ? undefined : Number(timeout);
  if (seconds !== undefined && !(seconds > 0 && seconds <= 600))
    throw new UsageError('--timeout is a number of seconds up to 600');
  const all = seconds === undefined ? PATIENCE.all : seconds * 1000;
  return {
    fetch,
    clock: {
      now: () => Date.now(),
      after(milliseconds, run) {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    redirects: 'shown',
    agent: `patchgloss/${manifest.version} (fetches one thread when its reader asks for it)`,
    patience: { begin: Math.min(PATIENCE.begin, all), all },
  };
}

/** What `--base` says. */
export function serverOf(text: string): string {
  try {
    return readServer(text, true);
  } catch (error) {
    if (error instanceof ServerError) throw new UsageError(error.message);
    throw error;
  }
}
