import { stop } from './snippet.ts';
import { toFill } from './to-fill.ts';

/** A key of a head as it is offered to somebody who writes a note. */
export interface HeadKey {
  name: string;
  /** What it is for, in one line. */
  what: string;
  /** What follows the name and its colon, as a snippet. */
  snippet: string;
}

const must = 'Every note has it.';

/** The keys of a note, in the order in which they are written. */
export const noteKeys: readonly HeadKey[] = [
  { name: 'title', what: `The word, at the left of a hover's first line. ${must}`, snippet: ` ${stop(1, 'Title')}` },
  { name: 'expansion', what: 'What the letters stand for.', snippet: ' $1' },
  { name: 'field', what: `Where it belongs, at the right of that line. ${must}`, snippet: ` ${stop(1, toFill.field)}` },
  { name: 'terms', what: `Every spelling that names it; plurals are found by themselves. ${must}`, snippet: ' [$1]' },
  {
    name: 'asked',
    what: 'More spellings, never marked in a text: only who asks for one gets the note.',
    snippet: ' [$1]',
  },
  { name: 'scope', what: 'When a spelling means this: what must stand near.', snippet: '\n  near: [$1]' },
  { name: 'not', what: 'Other meanings of the same letters that have no note.', snippet: ' ["$1"]' },
  { name: 'related', what: 'Ids of other notes.', snippet: ' [$1]' },
  { name: 'simulator', what: 'What to run: the id of a simulator.', snippet: ' $1' },
  { name: 'scenarios', what: 'Its scenarios; the first is the one when nothing decides.', snippet: '\n  - id: $1' },
  { name: 'since', what: 'The kernel version in which it came, in quotes: YAML reads 6.10 as 6.1.', snippet: ' "$1"' },
  {
    name: 'changed',
    what: 'What changed later, each with its kernel version in quotes.',
    snippet: '\n  - version: "$1"\n    what: $2',
  },
  {
    name: 'sources',
    what: `File, function and version, or message and date: a line for each fact. ${must}`,
    snippet: ` ["${stop(1, toFill.source)}"]`,
  },
];

/** The keys of the maps in a head, by the key that holds the map. */
export const innerKeys: Readonly<Record<string, readonly HeadKey[]>> = {
  scope: [
    {
      name: 'near',
      what: 'Words in the paragraph, the subject or the paths that speak for this meaning.',
      snippet: ' [$1]',
    },
    { name: 'needsNear', what: 'true: without one of these words there is no hover.', snippet: ' true' },
    {
      name: 'ordinary',
      what: 'Spellings that are plain words too: a word of "near" must stand in the same paragraph.',
      snippet: ' [$1]',
    },
  ],
  scenarios: [
    { name: 'id', what: 'The id of a scenario of the simulator.', snippet: ' $1' },
    { name: 'near', what: 'Phrases that speak for this scenario.', snippet: ' ["$1"]' },
  ],
  changed: [
    { name: 'version', what: 'The kernel version, in quotes.', snippet: ' "$1"' },
    { name: 'what', what: 'What changed, one clause.', snippet: ' $1' },
  ],
};
