import type { Annotation } from '#annotations';
import type { Reading } from '../reading.ts';
import { notedReading, type PlacedNote } from './noted-reading.ts';

/** Places notes again in what is open now, in one go. */
export function placeAnnotations(reading: Reading, annotations: readonly Annotation[], path?: string): PlacedNote[] {
  return resultOf(resultOf(notedReading(reading, annotations, path)).place(annotations));
}

function resultOf<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
