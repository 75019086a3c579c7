import { type Annotation, type Json, type JsonObject, readNote, referenceOf } from '#annotations';
import { plainLine } from '../markdown.ts';
import type { PathStop, ReadingPath } from './path.ts';
import { SIMULATOR } from './structure.ts';

const LONGEST_TITLE = 70;

/** A path through some notes, in their order. A note that asks becomes a question to the reader, its answers the folded answer. */
export function pathFromNotes(annotations: readonly Annotation[], title: string, author?: string): ReadingPath {
  return {
    title,
    ...(author === undefined ? {} : { author }),
    words: '',
    stops: annotations.map(stopOf),
  };
}

function stopOf(annotation: Annotation): PathStop {
  const { kind, texts, replies } = readNote(annotation);
  const target = targetOf(annotation);
  const said = texts.map(({ value }) => value).join('\n\n');
  const answered = replies.map(({ value }) => value).join('\n\n');
  const simulator = simulatorIn(`${said}\n${answered}`);
  const place = {
    title: titleOf(annotation, said),
    ...(target && { target }),
    ...(simulator !== undefined && { simulator }),
  };
  if (kind !== 'question') return { ...place, words: [said, answered].filter((text) => text !== '').join('\n\n') };
  return { ...place, words: '', question: said, ...(answered !== '' && { answer: answered }) };
}

/** The words that it is about; of a note about a whole mail its subject, or the note's own first words. */
function titleOf(annotation: Annotation, said: string): string {
  const { quote, subject } = referenceOf(annotation);
  const [line = ''] = (quote?.exact ?? subject ?? said).split(/\r?\n/).filter((one) => one.trim() !== '');
  const words = plainLine(line.replace(/^[> \t+-]{1,100}/, ''));
  if (words === '') return 'Here';
  return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE)} \u2026`;
}

/** The first link to a simulator. */
function simulatorIn(text: string): string | undefined {
  for (const [link] of text.matchAll(/\[[^[\]\n]{0,200}\]\(simulator:[^()\s]{1,1000}\)/g)) {
    const [, target] = SIMULATOR.exec(link) ?? [];
    if (target !== undefined) return target;
  }
  return undefined;
}

function targetOf({ target }: Annotation): JsonObject | undefined {
  const [first]: readonly (Json | undefined)[] = Array.isArray(target) ? target : [target as Json | undefined];
  if (typeof first === 'string') return { type: 'SpecificResource', source: first };
  return typeof first === 'object' && first !== null && !Array.isArray(first) ? (first as JsonObject) : undefined;
}
