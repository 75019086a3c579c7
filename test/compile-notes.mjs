// @ts-check
/** The notes are data to the code under test: compiled once, before any test. The build fails on mistakes; here they are told. */
import { compileNotes } from '../src/build/notes.mjs';

export default async function setup() {
  const { mistakes } = await compileNotes();
  for (const mistake of mistakes) console.error(mistake);
}
