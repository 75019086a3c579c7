import { type Annotation, readNote } from '#annotations';
import { placeAnnotations } from '../annotating/index.ts';
import { keyOf } from '../answers/index.ts';
import type { Reading } from '../reading.ts';
import type { NoteUnder } from './quoting.ts';

/**
 * The open notes that stand in message `message`, each under the last line that it is on, in the order of the lines. Notes about the whole message and those
 * that were resolved are left out. `path` is the label of the source.
 */
export function notesUnder(
  reading: Reading,
  message: number,
  annotations: readonly Annotation[],
  path?: string,
): NoteUnder[] {
  const key = keyOf(0, message);
  const text = reading.page(message)?.body.text ?? '';
  const found = placeAnnotations(reading, annotations, path).flatMap(({ annotation, placing }): NoteUnder[] => {
    if (placing.state !== 'placed' || placing.where.key !== key) return [];
    const { texts, status } = readNote(annotation);
    const { start, end } = placing.where;
    const words = texts.map(({ value }) => value).join('\n\n');
    if (status === 'resolved' || words.trim() === '' || (start === 0 && end === text.length)) return [];
    return [{ line: text.slice(0, Math.max(end - 1, start)).split('\n').length, text: words }];
  });
  return found.sort((one, other) => one.line - other.line);
}
