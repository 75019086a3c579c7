import { type Annotation, referenceOf } from '#annotations';
import { parseShare, type Shared } from '#simulators';
import type { PathStop } from './path.ts';

/** A stop as a note without words, for placing it as notes are placed. */
export function stopNote(stop: PathStop, index: number): Annotation | undefined {
  if (!stop.target) return undefined;
  return { id: `urn:x-patchgloss:stop:${index + 1}`, type: 'Annotation', target: stop.target };
}

/** What to look for where a stop is not found: the message, and the words. */
export function stopSource(stop: PathStop): { messageId?: string; quote?: string; subject?: string } {
  const note = stopNote(stop, 0);
  if (!note) return {};
  const { messageId, quote, subject } = referenceOf(note);
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(quote === undefined ? {} : { quote: quote.exact }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/** The state of a simulator that a stop leads to, all of it checked; or what is wrong with it. */
export function stopState(simulator: string): { shared: Shared } | { problem: string } {
  const [, path = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(simulator) ?? [];
  const [id = '', scenario, more] = path.split('/');
  if (more !== undefined) return { problem: `"${simulator}" is not of the form ID/SCENARIO?name=value` };
  const pairs = [...(scenario === undefined ? [] : [`scenario=${scenario}`]), ...(query === '' ? [] : [query])];
  const parsed = parseShare(pairs.length === 0 ? id : `${id}?${pairs.join('&')}`);
  return parsed.ok ? { shared: parsed.shared } : { problem: parsed.message };
}
