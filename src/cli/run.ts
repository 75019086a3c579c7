import manifest from '../../package.json' with { type: 'json' };
import { annotations } from './annotations.ts';
import { applies } from './applies.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { fetchCommand } from './fetch.ts';
import { hover } from './hover.ts';
import { lint } from './lint.ts';
import { lsp } from './lsp.ts';
import { mailIndex } from './mail-index.ts';
import type { Output } from './output.ts';
import { read } from './read.ts';
import { reply } from './reply.ts';
import { search } from './search.ts';
import { simulate } from './simulate.ts';
import { trace } from './trace.ts';
import { tree } from './tree.ts';
import { COMMANDS, type CommandName, UsageError, usage, usageOf } from './usage.ts';
import { visible } from './visible.ts';

type Command = (args: readonly string[], output: Output) => Promise<void>;

const RUN: Readonly<Record<CommandName, Command>> = {
  read,
  index: mailIndex,
  tree,
  hover,
  explain,
  diff,
  applies,
  lint,
  trace,
  simulate,
  annotations,
  fetch: fetchCommand,
  search,
  reply,
  lsp,
};

/** Runs one command line, without the program's name. Returns the exit status. */
export async function run(args: readonly string[], output: Output): Promise<0 | 1 | 2> {
  const [first, ...rest] = args;
  if (first === '--help' || first === '-h' || first === 'help') return said(output, usage());
  if (first === '--version') return said(output, manifest.version);
  const command = COMMANDS.find((name) => name === first);
  if (!command) return wrong(first === undefined ? 'no command was given' : `there is no command "${first}"`, usage());
  if (rest.includes('--help') || rest.includes('-h')) return said(output, usageOf(command));
  try {
    await RUN[command](rest, output);
    await output.flush();
    return output.status;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return wrong(error.message, usageOf(command));
  }
}

async function said(output: Output, text: string): Promise<0> {
  await output.line(text);
  await output.flush();
  return 0;
}

function wrong(reason: string, usageText: string): 2 {
  process.stderr.write(`patchgloss: ${visible(reason)}\n\n${usageText}\n`);
  return 2;
}
