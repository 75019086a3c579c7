import { parsed } from './arguments.ts';
import { notesOption, useNotes } from './notes.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage.ts';

/** `patchgloss lsp --stdio [--notes FOLDER]...`: answers an editor until it hangs up. */
export async function lsp(args: readonly string[], output: Output): Promise<void> {
  const { values, positionals } = parsed(args, { ...notesOption, stdio: { type: 'boolean' } });
  if (positionals.length > 0) throw new UsageError('the editor says which files it opens; none is named here');
  if (values.stdio !== true) throw new UsageError('--stdio is missing: an editor starts this and talks to it there');
  await useNotes(values.notes, output);
  // The protocol is known to nobody else, and waits for whoever asks.
  const { serve } = await import('#lsp');
  await serve(process.stdin, process.stdout);
}
