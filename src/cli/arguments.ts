import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs` of Node, with its complaints as wrong usage. */
export function parsed<const Given extends Options>(args: readonly string[], options: Given) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Only the first sentence: what follows is advice on how to write a positional argument with a dash.
    throw new UsageError(error.message.split('. ')[0] ?? error.message);
  }
}

/** The one of these switches that is on; absent when none is. Two at once are wrong usage. */
export function oneOf<Name extends string>(
  values: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Name | undefined {
  const on = names.filter((name) => values[name] === true);
  if (on.length > 1) throw new UsageError(`--${on[0]} and --${on[1]} cannot both be given`);
  return on[0];
}

/** The only positional argument; `what` names it for the reader. */
export function onePositional(positionals: readonly string[], what: string): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`${what} is missing`);
  if (second !== undefined) throw new UsageError(`one ${what} is read at a time; "${second}" is one too many`);
  return first;
}
