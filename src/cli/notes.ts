import { type NotesOfFolder, readNotes } from '#concepts/node';
import { packsInUse, usePacks } from '#features';
import type { Output } from './output.ts';
import { visible } from './visible.ts';

/** `--notes FOLDER`, of every command that explains terms. */
export const notesOption = { notes: { type: 'string', multiple: true } } as const;

/**
 * Notes of the reader's own, in the order of their folders: later ones stand for earlier ones of the same name, and all of them for ours. A folder
 * that cannot be read is a problem; a note with a mistake is said on stderr and the others count.
 */
export async function useNotes(folders: readonly string[] | undefined, output: Output): Promise<void> {
  for (const folder of folders ?? []) {
    const read = await notesIn(folder, output);
    if (read === undefined) continue;
    for (const problem of problemsOf(read)) if (problem.kind === 'mistake') output.note(problemLine(problem));
    const { packs } = packsInUse();
    usePacks([...packs, { id: folder, title: folder, description: '', own: true, concepts: read.concepts }]);
  }
}

/** The notes of a folder, checked against those in use; absent when it cannot be read, which is said. */
export async function notesIn(
  folder: string,
  output: Output,
  known: Parameters<typeof readNotes>[1] = { concepts: packsInUse().concepts },
): Promise<NotesOfFolder | undefined> {
  try {
    return await readNotes(folder, known);
  } catch (error) {
    output.problem(`${visible(folder)}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** What there is to say about a note, and where. Lines and columns from 1; the end is exclusive. */
export interface NoteProblem {
  path: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
  /** A note with a mistake may lack something; advice changes nothing. */
  kind: 'mistake' | 'advice';
  ruleId: string;
  reason: string;
  /** What may stand at exactly this place instead, likeliest first. */
  expected?: readonly string[];
  /** What to do, where no text can be put in place of another. */
  note?: string;
}

export function problemsOf({ files }: NotesOfFolder): NoteProblem[] {
  return files.flatMap(({ path, messages }) =>
    messages.map(({ line = 1, column = 1, place, fatal, reason, ruleId = '', expected, note }) => ({
      path,
      line,
      column,
      ...(place && 'end' in place && { endLine: place.end.line, endColumn: place.end.column }),
      kind: fatal === true ? 'mistake' : 'advice',
      ruleId,
      reason,
      ...(expected && { expected }),
      ...(note !== undefined && { note }),
    })),
  );
}

/** One line for a terminal, as compilers write it. */
export function problemLine({ path, line, column, kind, ruleId, reason, expected, note }: NoteProblem): string {
  const shown = expected?.every((text) => !text.includes('\n')) ? `Write: ${expected.join(' or ')}` : note;
  const instead = shown === undefined ? '' : ` ${shown}`;
  return visible(`${path}:${line}:${column} ${kind}: ${reason}.${instead} (${ruleId})`);
}
