import * as vscode from 'vscode';
import type { Argument, NotedReading } from '#features';
import { tracedArgumentAt } from '../argument/argument-of-document.ts';
import { Turns } from '../argument/turns.ts';
import { features } from '../core.ts';
import { rangeOf } from '../ranges.ts';
import type { FaintMark, NoteHere } from './note-here.ts';

/** A note whose own mail is not in the document: it shows in the quote of its line. */
export function inQuote({ annotation, file, range }: Pick<NoteHere, 'annotation' | 'file' | 'range'>): FaintMark {
  return { annotation, file, range, kind: 'quote', said: vscode.l10n.t('Note on the quoted line') };
}

/**
 * What the notes of a document show faintly, worked out in turns; absent when the text changed or nobody waits. The threads of notes are read
 * for it; of a text so large that its mails were looked into one by one, they are not.
 */
export async function faintMarksOf(
  document: vscode.TextDocument,
  noted: NotedReading,
  notes: readonly NoteHere[],
  token: vscode.CancellationToken,
): Promise<FaintMark[] | undefined> {
  if (notes.length === 0 || noted.isPart) return [];
  const { version } = document;
  const { faintMarks } = await features();
  const threads = await threadsOf(document, noted, notes, token);
  const threadOf = (key: string) => threads.get(key);
  const isOpen = () => !document.isClosed && document.version === version;
  const byId = new Map(notes.map((note) => [note.annotation.id, note]));
  const steps = faintMarks(
    noted,
    notes.map(({ placed }) => placed),
    threadOf,
  );
  const found = await new Turns(steps, isOpen).result(token);
  return found?.flatMap(({ id, carriedTo, echoes }): FaintMark[] => {
    const note = byId.get(id);
    if (!note) return [];
    const { annotation, file } = note;
    const mark = { annotation, file };
    return [
      ...carriedTo.map(({ place, fromVersion }): FaintMark => {
        const range = rangeOf(document, place);
        return { ...mark, range, kind: 'carried', said: carriedText(fromVersion) };
      }),
      ...echoes.map(({ place, depth }): FaintMark => {
        const said =
          depth === 0 ? vscode.l10n.t('Note on a quote of this line') : vscode.l10n.t('Note on the quoted line');
        return { ...mark, range: rangeOf(document, place), kind: 'quote', said };
      }),
    ];
  });
}

/** "carried from v12, same text". */
export function carriedText(version: number | undefined): string {
  return version === undefined
    ? vscode.l10n.t('carried from another version, same text')
    : vscode.l10n.t('carried from v{0}, same text', version);
}

/** The threads of the mails that notes are in, with all their quotes traced. */
async function threadsOf(
  document: vscode.TextDocument,
  noted: NotedReading,
  notes: readonly NoteHere[],
  token: vscode.CancellationToken,
): Promise<ReadonlyMap<string, Argument>> {
  const threads = new Map<string, Argument>();
  for (const { placed } of notes) {
    const key = placed.placing.state === 'placed' ? placed.placing.where.key : '';
    const start = noted.page(key)?.message.span.start;
    if (start === undefined || threads.has(key) || token.isCancellationRequested) continue;
    const argument = await tracedArgumentAt(document, start, token);
    for (const one of argument?.keys ?? []) if (argument) threads.set(one, argument);
  }
  return threads;
}
